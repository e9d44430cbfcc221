import { defineConfig } from '@playwright/test';

const asRoot = process.getuid?.() === 0;
const chromium = process.env.IVY_CHROMIUM;

// The app in a real browser, behind the built web host.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  workers: 2,
  retries: 0,
  timeout: 120_000,
  // A busy machine is slow, not wrong.
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  use: {
    browserName: 'chromium',
    // What cannot be clicked or filled says so before the whole test has run out of time.
    actionTimeout: 30_000,
    launchOptions: {
      ...(chromium === undefined || chromium === '' ? {} : { executablePath: chromium }),
      args: [
        // Chromium refuses to run as root with its sandbox.
        ...(asRoot ? ['--no-sandbox'] : []),
        // It is to reach this machine and nothing else.
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    // The page as it was at each step costs an eighth of the time, so it is kept where somebody looks for what went wrong.
    trace: process.env.IVY_TRACE === '1' ? { mode: 'retain-on-failure', screenshots: false } : 'off',
  },
});
