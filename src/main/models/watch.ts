import { driftAt } from '#domain/models/drift';
import { phrase } from '#domain/kernel/phrase';
import { hasPermission } from '#domain/platform/roles';
import type { watch } from '#contract/models/watch';
import type { Settings } from '#contract/platform/settings';
import type { HandlersOf } from '#main/app/context';
import type { Events } from '#main/app/events';
import { say } from '#main/app/phrases';
import { systemScope } from '#main/app/scope';
import { findModel, listModels, servingOrder } from '#main/store/models/models';
import { insertLook, listLooks, type ModelLook } from '#main/store/models/watch';
import type { Store } from '#main/store/open';
import { listUsers } from '#main/store/platform/users';
import type { Reader } from '#main/store/tx';
import { modelHealth } from './health';
import { columnNames, createServing } from './serving';

const target = 'lead.conversion';

/** Since when a look after the other has proposed to train anew; null where the newest does not. */
function proposedSince(looks: readonly ModelLook[]): number | null {
  let since: number | null = null;
  for (const { at, retrain } of looks) {
    if (retrain.length === 0) break;
    since = at;
  }
  return since;
}

/**
 * Looks whether the model that serves still fits, keeps what it found, and tells those who may train once when it begins to be proposed.
 * Answers whether anything was found to tell.
 */
export function watchModel(store: Store, events: Pick<Events, 'listening' | 'toUser' | 'changed'>, settings: Settings, now: number): boolean {
  const { served } = createServing().active(store, target);
  if (served === null) return false;
  const before = listLooks(store, served.stored.key, 1)[0];
  const { drift, calibration, retrain } = modelHealth(store, systemScope, settings, served, now);
  const moved = drift.filter(({ stability }, index) => index === 0 || stability >= driftAt);
  store.transaction((writer) => { insertLook(writer, { modelKey: served.stored.key, at: now, drift: moved, calibration, retrain }); });
  events.changed('models');
  const [first] = retrain;
  if (first === undefined || (before !== undefined && before.retrain.length > 0)) return first !== undefined;
  const title = say(phrase('models.retrain.title'));
  for (const { id } of listUsers(store, false).filter((user) => hasPermission(user.role, 'ai_model_training') && events.listening(user.id))) {
    events.toUser(id, { kind: 'notice', notice: { title, body: retrain.map(say).join(' '), path: '/models/analysis' } });
  }
  return true;
}

export function watchHandlers(): HandlersOf<typeof watch> {
  const servingModel = (reader: Reader) => {
    const [key] = servingOrder(reader, target);
    return listModels(reader, target).find((model) => model.key === key) ?? null;
  };
  return {
    'models.registry.watch': ({ looks: most }, { store }) => {
      const model = servingModel(store);
      const looks = model === null ? [] : listLooks(store, model.key, 400);
      const nameOf = columnNames(store);
      return {
        modelId: model === null ? null : (findModel(store, model.id)?.id ?? null),
        version: model?.version ?? null,
        checkedAt: looks[0]?.at ?? null,
        retrain: (looks[0]?.retrain ?? []).map(say),
        retrainSince: proposedSince(looks),
        looks: looks.slice(0, most).map(({ at, drift: [furthest], calibration }) => ({
          at,
          largestStability: furthest?.stability ?? null,
          column: furthest === undefined ? null : nameOf(furthest.column),
          deviations: calibration?.deviations ?? null,
        })),
      };
    },
  };
}
