import { setImmediate as breathe } from 'node:timers/promises';
import { unpackReach } from '#domain/admissions/leads/reach';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { factors, type TriageConfiguration } from '#domain/admissions/triage/configuration';
import { plainValues, standIn } from '#domain/admissions/triage/factors';
import type { Baseline, LeadFacts, SourceOutcomes } from '#domain/admissions/triage/facts';
import type { RefitRows } from '#domain/models/leads/weightRefit';
import { millisecondsPerDay } from '#domain/kernel/clock';
import { recentActivity, totalsAt } from '#domain/models/leads/moments';
import { type KeyedLeads, outcomesOf } from '#domain/models/leads/table';
import type { Settings } from '#contract/platform/settings';
import { systemScope } from '#main/app/scope';
import { namesByKey } from '#main/store/admissions/catalogue';
import { insertProposal, latestProposal, type StoredProposal, wasDismissed } from '#main/store/admissions/weightProposals';
import { readLeadTable } from '#main/store/models/leadTable';
import type { Store } from '#main/store/open';
import type { Pool } from '#main/worker/pool';
import { currentSetting } from './scoring';

/** Leads that are learned from at most, the newest first. */
const mostLeads = 20_000;
/** Leads whose factors are worked out before others get a turn. */
const leadsPerTurn = 1_000;

/** Outcomes without those of one lead: its own must not tell for it. */
function without({ converted, known }: SourceOutcomes, label: number): SourceOutcomes {
  return { converted: Math.max(0, converted - label), known: Math.max(0, known - 1) };
}

function withoutOwn(baseline: Baseline, sourceKey: string | null, label: number): Baseline {
  const own = sourceKey === null ? undefined : baseline.sources[sourceKey];
  return { ...baseline, outcomes: without(baseline.outcomes, label), sources: own === undefined || sourceKey === null ? {} : { [sourceKey]: without(own, label) } };
}

/** The factors of each lead with a known outcome, as they were at its moment. */
async function refitRows(store: Store, table: KeyedLeads, outcomes: Uint8Array, baseline: Baseline, configuration: TriageConfiguration): Promise<RefitRows> {
  const totals = totalsAt(table);
  const { daysSinceActivity } = recentActivity(table.ids.length, table.activities, table.moments);
  const sources = new Map([...namesByKey(store, 'sources')].map(([key, name]) => [name, String(key)]));
  const values: number[] = [];
  const labels: number[] = [];
  for (let row = 0; row < outcomes.length; row += 1) {
    if (row % leadsPerTurn === 0) await breathe();
    const label = outcomes[row] ?? 2;
    if (label === 2) continue;
    const at = table.moments.at[row] ?? 0;
    const [source, course, days] = [table.texts.source[row] ?? null, table.texts.course[row] ?? null, daysSinceActivity[row] ?? Number.NaN];
    const sourceKey = source === null ? null : (sources.get(source) ?? null);
    const facts: LeadFacts = {
      leadId: '',
      stage: 'enquiry',
      ...unpackReach(table.reach[row] ?? 0),
      converted: null,
      source: source === null ? null : { key: sourceKey ?? source, name: source },
      signals: Object.fromEntries(signals.flatMap((signal: Signal) => (Number.isFinite(totals[signal][row]) ? [[signal, totals[signal][row] ?? 0]] : []))),
      lastActivityAt: Number.isFinite(days) ? at - days * millisecondsPerDay : null,
      // How full a course was then is not kept.
      course: course === null ? null : { name: course, capacity: null, taken: 0 },
    };
    const own = withoutOwn(baseline, sourceKey, label);
    const found = plainValues(facts, own, configuration, at);
    for (const factor of factors) values.push(found[factor] ?? standIn(factor, own, configuration));
    labels.push(label);
  }
  return { values: Float64Array.from(values), labels: Uint8Array.from(labels) };
}

export interface RefitParts {
  readonly store: Store;
  readonly pool: Pool;
  readonly settings: Settings;
  readonly now: number;
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

/** Looks whether other weights would do better and keeps what came of it; answers it. Weights that were not wanted before are not proposed again. */
export async function lookAtWeights({ store, pool, settings, now, newId, signal }: RefitParts): Promise<StoredProposal> {
  const { setting, versions } = currentSetting(store, settings, now);
  const table = readLeadTable(store, systemScope, { most: mostLeads, now, learnUntil: settings.convertedStage });
  const rows = await refitRows(store, table, outcomesOf(table, settings.convertedStage), setting.baseline, setting.configuration);
  const found = await pool.run('triage.refit', { rows, weights: setting.weights }, { signal });
  const refit = found.verdict === 'proposal' && wasDismissed(store, versions.weightsKey, found) ? { ...found, verdict: 'not_better' as const } : found;
  store.transaction((writer) => { insertProposal(writer, { id: newId(), weightsKey: versions.weightsKey, refit }, now); });
  const kept = latestProposal(store);
  if (kept === null) throw new Error('What was just kept is gone.');
  return kept;
}
