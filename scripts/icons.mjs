// Renders resources/icons/icon.svg to the sizes that packages want, with the Chromium named by IVY_CHROMIUM. Run by hand after the drawing
// has changed; its results are committed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const { chromium } = await import('@playwright/test');
const folder = join(root, 'resources', 'icons');
const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8');
const asRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath: process.env.IVY_CHROMIUM, args: asRoot ? ['--no-sandbox'] : [] });
for (const size of [16, 32, 48, 64, 128, 256, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
  await page.screenshot({ path: join(folder, `${size}x${size}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
