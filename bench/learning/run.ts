import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchDrawing } from '#bench/learning/drawing';
import { traceOutcomes } from '#bench/learning/outcomes';
import { benchStanding } from '#bench/learning/standing';
import { traceKnowledge } from '#bench/learning/tracing';
import type { Figure } from '#bench/report';
import { benchYearCalibration } from '#bench/study';

/** What a figure of quality must keep to, where it must. */
function judged(value: number, { least, most }: { readonly least?: number; readonly most?: number }): string {
  const kept = (least === undefined || value >= least) && (most === undefined || value <= most);
  return `${value.toFixed(4)}${least === undefined && most === undefined ? '' : kept ? ' ok' : ' MISSED'}`;
}

/**
 * The figures of docs/learning-science.md: what the engines are worth on real data, whose files may be absent, and over a year of made students,
 * and what the screens of a large school cost. Fitted coefficients are printed too, so that they can be held against those in the sources.
 *
 * @param sharedFolder the folder of real data
 */
export async function benchLearning(sharedFolder: string, log: (line: string) => void): Promise<Figure[]> {
  log('Next answers, ASSISTments 2009-2010, five folds by student');
  const tracing = traceKnowledge(sharedFolder, log);
  if (tracing === null) log('skipped: the file is not there');
  for (const { model, auc, pooledAuc, brier, calibrationError } of tracing ?? []) {
    const bounds = model === 'withTopics' ? { least: 0.738, most: 0.77 } : { most: 0.77 };
    log(`${model.padEnd(12)} AUC ${judged(auc, bounds)}  pooled ${pooledAuc.toFixed(4)}  Brier ${brier.toFixed(4)}  calibration error ${calibrationError.toFixed(4)}`);
  }
  log('\nPassing, Open University 2013, five folds by student');
  const outcomes = traceOutcomes(sharedFolder, log);
  if (outcomes === null) log('skipped: the files are not there');
  for (const { model, students, auc, brier, calibrationError } of outcomes ?? []) {
    const yardstick = model === 'own outcomes';
    log(`${model.padEnd(16)} n ${String(students)}  AUC ${judged(auc, yardstick ? { least: 0.805 } : {})}  Brier ${judged(brier, yardstick ? { most: 0.174 } : {})}  calibration error ${calibrationError.toFixed(4)}`);
  }
  const calibration = await benchYearCalibration();
  const folder = mkdtempSync(join(tmpdir(), 'ivy-drawing-'));
  try {
    return [...calibration, ...(await benchDrawing(join(folder, 'profile'))), ...(await benchStanding())];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
