import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { EngineFigures } from '#bench/models/figures';
import type { Figure } from '#bench/report';
import { root } from '#scripts/prepare';

const shared = resolve(root, process.env.IVY_SHARED ?? '../shared');
const yardstick = join(shared, 'reference/sklearn_reference.py');
const python = '/usr/bin/python3';

/** What scikit-learn reaches on the same folds, to be reached less .002 (AUC) or plus .002 (Brier). */
const references: Readonly<Record<string, { readonly auc: number; readonly brier: number | null }>> = {
  leads: { auc: 0.9038, brier: 0.1196 },
  'leads without last activity': { auc: 0.8725, brier: 0.1364 },
  'outcomes at day 60': { auc: 0.8249, brier: 0.163 },
  'next answer': { auc: 0.747, brier: null },
};

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

/** Seconds of scikit-learn on the same rows, or why there are none. */
function yardstickSpeed(file: string): { readonly why: string } | { readonly boosting: number; readonly boostingPredict: number; readonly forest: number; readonly forestPredict: number } {
  if (!existsSync(yardstick)) return { why: 'no yardstick in the folder of real data' };
  if (spawnSync(python, ['-c', 'import sklearn, pandas']).status !== 0) return { why: 'python3-sklearn and python3-pandas are not installed' };
  const text = run(python, [yardstick, 'speed', file]);
  const of = (model: string): [number, number] => {
    const found = new RegExp(`${model}\\s+fit ([\\d.]+) s\\s+predict ([\\d.]+) s`).exec(text);
    return [Number(found?.[1]), Number(found?.[2])];
  };
  const [boosting, boostingPredict] = of('HGB100');
  const [forest, forestPredict] = of('RF100');
  return { boosting, boostingPredict, forest, forestPredict };
}

/** Quality, coverage, speed and memory of the model engines, built as they ship, beside scikit-learn. */
export async function benchModels(folder: string, rows: number, repeats: number): Promise<Figure[]> {
  const built = join(root, 'out', 'bench');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: built,
      emptyOutDir: true,
      rollupOptions: { input: { engines: join(root, 'bench/models/engines.ts'), engineThread: join(root, 'src/main/engineThread.ts') }, output: { entryFileNames: '[name].js' } },
    },
  });
  const output = join(folder, 'engines.json');
  const synthetic = join(folder, 'synthetic.csv');
  const hasData = existsSync(join(shared, 'data/leads/Leads.csv'));
  run(process.execPath, ['--expose-gc', join(built, 'engines.js'), output, hasData ? shared : '', join(root, 'test/domain/models/golden/folds.json'), synthetic, String(rows), String(repeats)]);
  const { speed, memory, quality, coverage } = JSON.parse(readFileSync(output, 'utf8')) as EngineFigures;
  const reference = yardstickSpeed(synthetic);
  const beside = (name: string, own: number, theirs: (known: Exclude<typeof reference, { why: string }>) => number, factor: number): Figure => {
    if ('why' in reference) return { name, value: own, unit: 's', target: null, note: `scikit-learn beside it: ${reference.why}` };
    const other = theirs(reference);
    return { name, value: own, unit: 's', target: Math.round(other * factor * 1_000) / 1_000, note: `scikit-learn ${other.toFixed(2)} s, ${(own / other).toFixed(2)} × of it, in the same run; ${String(speed.threads)} threads` };
  };
  const size = `${rows.toLocaleString('en')} × 30, 100 trees`;
  return [
    beside(`boosting, ${size}`, speed.boostingFit, ({ boosting }) => boosting, 2),
    beside('… prediction of all rows', speed.boostingPredict, ({ boostingPredict }) => boostingPredict, 1),
    beside(`random forest, ${size}`, speed.forestFit, ({ forest }) => forest, 0.5),
    beside('… prediction of all rows', speed.forestPredict, ({ forestPredict }) => forestPredict, 1),
    { name: '… memory of boosting above its rows', value: memory, unit: '×', target: 4, note: 'of the binned data, which is in it' },
    ...(hasData ? [] : [{ name: 'quality and coverage', value: 0, unit: '' as const, target: null, note: `not measured: no real data in ${process.env.IVY_SHARED ?? '../shared'}` }]),
    ...quality.flatMap(({ data, model, auc, brier, seconds }): Figure[] => {
      const known = model === 'gradient_boosting' ? references[data] : undefined;
      return [
        { name: `AUC, ${data}: ${model}`, value: auc, unit: '', target: known === undefined ? null : Math.round((known.auc - 0.002) * 1e4) / 1e4, atLeast: true, note: `five folds in ${seconds.toFixed(1)} s${known === undefined ? '' : `; scikit-learn’s HistGradientBoosting ${String(known.auc)}`}` },
        { name: '… Brier', value: brier, unit: '', target: known === undefined || known.brier === null ? null : Math.round((known.brier + 0.002) * 1e4) / 1e4, note: known === undefined || known.brier === null ? '' : `scikit-learn ${String(known.brier)}` },
      ];
    }),
    ...coverage.flatMap(({ data, share, groups, repeats: times }): Figure[] => [
      { name: `80 % intervals hold, ${data}`, value: 100 * share, unit: '%', target: 77, atLeast: true, note: `of ${String(groups)} groups of fifty or more, over ${String(times)} splits; wanted 77 to 83 %` },
    ]),
  ];
}
