import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import type { Figure } from '#bench/report';
import { root } from '#scripts/prepare';

function zipped(file: string): number {
  const content = readFileSync(file);
  // A font is compressed in itself and is sent as it is.
  return file.endsWith('.woff2') ? content.length : gzipSync(content, { level: constants.Z_BEST_COMPRESSION }).length;
}

/** What a browser must have before it can paint: the page, its scripts and their preloads, its styles, the bridge and the Latin font. */
export function benchBundle(): Figure[] {
  const folder = join(root, 'out', 'renderer');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const linked = [...page.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '');
  const font = readdirSync(join(folder, 'assets')).filter((name) => /^inter-latin-wght-normal-.*\.woff2$/.test(name)).map((name) => `assets/${name}`);
  const files = ['index.html', 'bridge.js', ...linked, ...font];
  const bytes = files.reduce((sum, file) => sum + zipped(join(folder, file)), 0);
  return [
    {
      name: 'first paint',
      value: bytes / 1_000,
      unit: 'kB',
      target: 400,
      note: `gzip -9 of the page, ${String(linked.length)} scripts and styles it names, the bridge; and the Latin font as it is`,
    },
  ];
}
