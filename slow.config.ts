import base from './playwright.config';
export default { ...base, expect: { timeout: 60_000 }, timeout: 500_000, workers: 2, outputDir: 'test-results/slow' };
