import { ageAlerts, limitsOf } from '#main/admissions/alertKeeping';
import { tellOfAlerts } from '#main/admissions/alertNotices';
import { rescoreAll } from '#main/admissions/scoring';
import type { ScheduledWork } from '#main/jobs/scheduler';
import type { Language } from '#main/language/gateway';
import type { Pool } from '#main/worker/pool';
import type { Background } from './background';
import type { Events } from './events';
import type { Preparation } from './preparation';
import { systemScope } from './scope';
import type { Workspace } from './workspace';

export interface ScheduledParts {
  readonly workspace: Workspace;
  readonly pool: Pool;
  readonly events: Events;
  readonly background: Background;
  readonly preparation: Preparation;
  readonly language: () => Language;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What is due by the clock; what only a night needs is read then. Scores hold for a day, so they age right after midnight. */
export function scheduledWorks({ workspace, pool, events, background, preparation, language, now, newId }: ScheduledParts): ScheduledWork[] {
  return [
    {
      name: 'triage.age',
      pattern: '0 1 0 * * *',
      async run(store) {
        const { signal, checkpoint } = background;
        const { changed } = await rescoreAll({ store, pool, settings: workspace.settings(), now: now(), signal, checkpoint });
        if (changed > 0) {
          events.changed('leads');
          events.changed('alerts');
        }
        preparation.start(store);
      },
    },
    {
      // Also what gathers notices: whatever was raised meanwhile, were it 50,000 alerts, is told in one.
      name: 'alerts.age',
      pattern: '0 */5 * * * *',
      async run(store) {
        const settings = workspace.settings();
        const { woken, escalated } = await ageAlerts(store, limitsOf(settings), now(), background.checkpoint);
        if (woken + escalated > 0) events.changed('alerts');
        await tellOfAlerts(store, events, settings, now());
      },
    },
    {
      name: 'models.watch',
      pattern: '0 45 3 * * *',
      async run(store) {
        const { watchModel } = await import('#main/models/watch');
        watchModel(store, events, workspace.settings(), now());
      },
    },
    {
      name: 'language.retention',
      pattern: '0 30 3 * * *',
      run(store) {
        language().forgetOld(store);
        return Promise.resolve();
      },
    },
    {
      // Once a week, before it begins: outcomes come slowly.
      name: 'triage.refit',
      pattern: '0 30 3 * * 1',
      async run(store) {
        const [{ isEnough }, { outcomeCounts }, { lookAtWeights }] = await Promise.all([import('#domain/models/gate'), import('#main/store/models/leadTable'), import('#main/admissions/weightRefit')]);
        const settings = workspace.settings();
        // While there is nothing to learn from, there is nothing to tell.
        if (!isEnough(outcomeCounts(store, systemScope, settings.convertedStage))) return;
        await lookAtWeights({ store, pool, settings, now: now(), newId, signal: background.signal });
        events.changed('triage');
      },
    },
    {
      // Right after a study day has ended: days without study count too.
      name: 'learning.standing',
      pattern: '0 5 4 * * *',
      async run(store) {
        const [{ learnFromAnswers }, { refreshStanding }] = await Promise.all([import('#main/learning/learnt'), import('#main/learning/refresh')]);
        await learnFromAnswers({ store, pool, now: now(), checkpoint: background.checkpoint, signal: background.signal });
        const { students } = await refreshStanding({ store, scope: systemScope, timeZone: workspace.settings().timeZone, newId, now: now(), checkpoint: background.checkpoint, all: false });
        if (students > 0) events.changed('standing');
      },
    },
  ];
}
