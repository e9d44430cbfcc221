// The whole test run: installs what tests need, then types, lint and boundaries, unit and store tests, and browser tests.
// Ends with one line that adds up every runner. Runs on Node 20; what it starts runs on Ivy's own.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { build, environment, install, node, root, say } from './prepare.mjs';

const tools = join(root, 'node_modules');
const reports = mkdtempSync(join(tmpdir(), 'ivy-tests-'));
const only = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();

/** Runs a tool of the project on Ivy's Node, its output to the person. */
function tool(script, args, env = {}) {
  const done = spawnSync(node, [join(tools, script), ...args], { cwd: root, stdio: ['ignore', 1, 2], env: { ...environment, ...env } });
  return done.status === 0;
}

function report(name, { passed, failed, skipped = 0 }, since) {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  say(`[${name}] ${passed} passed, ${failed} failed${rest} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
}

function wanted(name) {
  return only.length === 0 || only.includes(name);
}

/** A tool that says yes or no counts as one test. What it says comes in one piece, because another one runs beside it. */
function check(name, script, args) {
  if (!wanted(name)) return Promise.resolve();
  const since = Date.now();
  return new Promise((done) => {
    const child = spawn(node, [join(tools, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece));
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      report(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }, since);
      done();
    });
  });
}

/** Beside each other: there are two cores. Types and lint are one tool and one reading of the project. */
async function checks() {
  await Promise.all([
    check('types and lint', 'oxlint/bin/oxlint', ['--max-warnings', '0']),
    check('boundaries', 'dependency-cruiser/bin/dependency-cruise.mjs', ['src', '--config', '.dependency-cruiser.cjs']),
  ]);
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function unitTests() {
  if (!wanted('unit')) return;
  const since = Date.now();
  const file = join(reports, 'unit.json');
  const good = tool('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const result = readReport(file);
  const passed = result?.numPassedTests ?? 0;
  const failed = Math.max(result?.numFailedTests ?? 1, good ? 0 : 1);
  report('unit', { passed, failed: passed === 0 ? Math.max(1, failed) : failed, skipped: result?.numPendingTests ?? 0 }, since);
}

/** Where Chromium is: on the path, else installed by the system's packages, else Playwright's own. */
function chromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const find = () =>
    (process.env.PATH ?? '')
      .split(delimiter)
      .flatMap((folder) => names.map((name) => join(folder, name)))
      .find((path) => existsSync(path));
  const found = find();
  if (found !== undefined) return found;
  const root = process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (root) {
    say('Installing Chromium for the browser tests.');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 2], env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: ['ignore', 'ignore', 2], env });
    const installed = find();
    if (installed !== undefined) return installed;
  }
  say('Installing Playwright’s Chromium for the browser tests.');
  tool('@playwright/test/cli.js', ['install', 'chromium']);
  return undefined;
}

function countSpecs(suite, counts) {
  for (const inner of suite.suites ?? []) countSpecs(inner, counts);
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      if (test.status === 'skipped') counts.skipped += 1;
      else if (test.status === 'expected') counts.passed += 1;
      else counts.failed += 1;
    }
  }
  return counts;
}

function browserTests(name, config, env = {}) {
  if (!wanted(name) || !existsSync(join(root, config))) return;
  const path = chromium();
  const since = Date.now();
  const file = join(reports, `${name}.json`);
  const good = tool('@playwright/test/cli.js', ['test', '--config', config, '--reporter=list,json'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    ...(path === undefined ? {} : { IVY_CHROMIUM: path }),
  });
  const result = readReport(file);
  const counts = (result?.suites ?? []).reduce((sum, suite) => countSpecs(suite, sum), { passed: 0, failed: 0, skipped: 0 });
  if (!good && counts.failed === 0) counts.failed = 1;
  report(name, counts, since);
}

install();
build();
await checks();
unitTests();
browserTests('browser', 'playwright.config.ts');
browserTests('electron', 'playwright.electron.config.ts');
rmSync(reports, { recursive: true, force: true });

if (totals.passed + totals.failed === 0) {
  say('No test was run: that proves nothing.');
  totals.failed = 1;
}
if (totals.skipped > 0) say(`${totals.skipped} skipped`);
say(`All in ${Math.round((Date.now() - started) / 1000)} s.`);
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed === 0 ? 0 : 1);
