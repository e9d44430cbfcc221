import { defineConfig } from '@playwright/test';

// The real Electron with its window. Where its binary cannot be had, every test reports itself skipped, with the reason.
export default defineConfig({
  testDir: 'test/electron/real',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/electron',
  // Each shows a window; two of them fight for the focus.
  workers: 1,
  retries: 0,
  timeout: 90_000,
});
