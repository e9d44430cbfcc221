import { DateTime } from 'luxon';
import { passedWarnings, spendingLevel, type SpendingLevel } from '#domain/platform/language/money';
import { hasPermission } from '#domain/platform/roles';
import type { LanguageLimit, LanguageSettings } from '#contract/platform/language';
import type { Events } from '#main/app/events';
import type { Actor } from '#main/app/scope';
import type { Workspace } from '#main/app/workspace';
import { spentSince } from '#main/store/platform/language';
import { listUsers } from '#main/store/platform/users';

/** Money of the running month, as the workspace counts months. */
export interface Budget {
  /** In millionths; null where no call had a price. */
  spent(): number | null;
  spending(settings: LanguageSettings): { readonly currency: string; readonly spent: number | null; readonly limit: number | null; readonly level: SpendingLevel };
  /** Sets money aside for a request; null where it would pass a limit. What is answered gives it back. */
  reserve(settings: LanguageSettings, limit: LanguageLimit, actor: Actor, micros: number): (() => void) | null;
  /** Tells administrators of each warning that was passed since a spending. */
  warn(settings: LanguageSettings, before: number | null): void;
}

/** When a month of the workspace begins, as UTC milliseconds. */
export function monthBounds(month: string | null, timeZone: string, now: number): { readonly month: string; readonly from: number; readonly to: number } {
  const start = (month === null ? DateTime.fromMillis(now, { zone: timeZone }) : DateTime.fromISO(`${month}-01`, { zone: timeZone })).startOf('month');
  return { month: start.toFormat('yyyy-MM'), from: start.toMillis(), to: start.plus({ months: 1 }).toMillis() };
}

export function createBudget({ workspace, events, now }: { readonly workspace: Workspace; readonly events: Events; readonly now: () => number }): Budget {
  const reserved = new Map<string, number>();
  const since = (): number => monthBounds(null, workspace.settings().timeZone, now()).from;
  const spent = (userKey?: number): number | null => spentSince(workspace.store(), since(), userKey === undefined ? {} : { userKey });

  return {
    spent: () => spent(),
    spending({ currency, monthlyMoney, warnAt, prices }) {
      const micros = spent();
      return { currency, spent: micros === null ? null : micros / 1_000_000, limit: monthlyMoney, level: spendingLevel(prices === null ? micros : (micros ?? 0), monthlyMoney, warnAt) };
    },
    reserve({ monthlyMoney, prices }, limit, actor, micros) {
      const all = [...reserved.values()].reduce((sum, each) => sum + each, 0);
      const own = reserved.get(actor.userId) ?? 0;
      if (prices !== null) {
        if (monthlyMoney !== null && (spent() ?? 0) + all + micros > monthlyMoney * 1_000_000) return null;
        if (limit.monthlyMoney !== null && (spent(actor.userKey) ?? 0) + own + micros > limit.monthlyMoney * 1_000_000) return null;
      }
      reserved.set(actor.userId, own + micros);
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        const left = (reserved.get(actor.userId) ?? 0) - micros;
        if (left > 0) reserved.set(actor.userId, left);
        else reserved.delete(actor.userId);
      };
    },
    warn({ monthlyMoney, warnAt, currency }, before) {
      const after = spent() ?? 0;
      const passed = passedWarnings(before ?? 0, after, monthlyMoney, warnAt).at(-1);
      if (passed === undefined || monthlyMoney === null) return;
      const money = (value: number): string => new Intl.NumberFormat('en', { style: 'currency', currency }).format(value);
      const body =
        passed >= 1
          ? `${money(after / 1_000_000)} of ${money(monthlyMoney)} are spent. Ivy answers from what is on the machine until the month ends or the budget is raised.`
          : `${money(after / 1_000_000)} of ${money(monthlyMoney)} are spent this month.`;
      for (const { id, role } of listUsers(workspace.store(), false)) {
        if (hasPermission(role, 'system_config')) events.toUser(id, { kind: 'notice', notice: { title: 'The model’s budget', body, path: '/language/usage' } });
      }
    },
  };
}
