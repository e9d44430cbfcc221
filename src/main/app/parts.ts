import type { PassPhraseCost } from '#main/store/keys';
import type { Pool } from '#main/worker/pool';
import type { SignInGuard } from './attempts';
import type { Dispatch } from './dispatch';
import type { Events } from './events';
import type { Files } from './files';
import type { Jobs } from './jobs';
import type { Log } from './log';
import type { Profile } from './profile';
import type { Sessions } from './sessions';
import type { CallContext } from './context';
import type { Workspace } from './workspace';
import type { Language } from '#main/language/gateway';
import type { EntryName } from '#contract/index';

/** What handlers are made with. */
export interface HandlerParts {
  readonly profile: Profile;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  readonly guard: SignInGuard;
  readonly events: Events;
  readonly files: Files;
  readonly pool: Pool;
  readonly log: Log;
  readonly passPhraseCost: PassPhraseCost;
  readonly jobs: () => Jobs;
  /** The one way to a model: `language().ask(…)`. */
  readonly language: () => Language;
  /** Asks another entry as whoever made a call: with their permission, scope and rates. */
  readonly callWithin: Dispatch['callWithin'];
  /** Starts a job on behalf of whoever made a call, whatever their role: work that follows from what they were allowed to do. */
  readonly startJob: (entry: EntryName, input: object, context: CallContext) => string;
  readonly newId: () => string;
  readonly now: () => number;
}
