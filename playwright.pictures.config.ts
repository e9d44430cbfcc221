import { defineConfig } from '@playwright/test';
import browser from './playwright.config';

// Pictures of each screen, for docs/pictures. Not a test: `npm run pictures` after a change of how things look.
export default defineConfig(browser, {
  testDir: 'test/pictures',
  outputDir: 'test-results/pictures',
  workers: 1,
  timeout: 600_000,
  use: { viewport: { width: 1280, height: 800 }, trace: 'off' },
});
