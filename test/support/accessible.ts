import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** A look of axe at the page. There are no frames of other origins, and without them it needs no second page to do its sums in. */
const axe = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true);

/** A theme is nothing but colours, so the dark one is asked for its contrasts alone. */
const looks = { dark: (page: Page) => axe(page).withRules(['color-contrast']), light: axe } as const;

/** Finds nothing that shuts anybody out, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate((given) => {
      document.documentElement.dataset.theme = given;
    }, theme);
    // Colours that are still on their way from one theme to the other are nobody's to see.
    await page.evaluate(() => Promise.all(document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity).map((animation) => animation.finished.catch(() => undefined))));
    const { violations } = await looks[theme](page).analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
}
