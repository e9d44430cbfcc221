import { rescoreAll } from '#main/admissions/scoring';
import type { ScheduledWork } from '#main/jobs/scheduler';
import type { Pool } from '#main/worker/pool';
import type { Background } from './background';
import type { Events } from './events';
import type { Preparation } from './preparation';
import type { Workspace } from './workspace';

export interface ScheduledParts {
  readonly workspace: Workspace;
  readonly pool: Pool;
  readonly events: Events;
  readonly background: Background;
  readonly preparation: Preparation;
  readonly now: () => number;
}

/** What is due by the clock. Scores hold for a day, so they age right after midnight. */
export function scheduledWorks({ workspace, pool, events, background, preparation, now }: ScheduledParts): ScheduledWork[] {
  return [
    {
      name: 'triage.age',
      pattern: '0 1 0 * * *',
      async run(store) {
        const { signal, checkpoint } = background;
        const { changed } = await rescoreAll({ store, pool, settings: workspace.settings(), now: now(), signal, checkpoint });
        if (changed > 0) events.changed('leads');
        preparation.start(store);
      },
    },
  ];
}
