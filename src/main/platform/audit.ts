import type { audit } from '#contract/platform/audit';
import type { HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { writeCsv } from '#main/files/csvWriter';
import { type AuditQuery, type AuditView, listAudit, verifyAudit } from '#main/store/platform/audit';
import type { Reader } from '#main/store/tx';

const exportPage = 1_000;

/** Every row of a query, a page at a time. */
function* allAudit(reader: Reader, query: AuditQuery): Generator<AuditView> {
  for (let offset = 0; ; offset += exportPage) {
    const { items } = listAudit(reader, query, { limit: exportPage, offset });
    yield* items;
    if (items.length < exportPage) return;
  }
}

export function auditHandlers(parts: HandlerParts): HandlersOf<typeof audit> {
  return {
    'platform.audit.list': ({ limit, offset = 0, after, ...query }, context) => {
      const from = after === undefined ? offset : Number(after);
      const { items, total } = listAudit(context.store, query, { limit, offset: Number.isFinite(from) ? from : 0 });
      const next = from + items.length;
      return { items, total, totalIsExact: true, nextKey: next < total ? String(next) : null };
    },

    'platform.audit.verify': (_input, context) => verifyAudit(context.store),

    'platform.audit.export': async ({ path, ...query }, context) => {
      const target = parts.files.target('audit.csv', path, context);
      // As of now: what is added meanwhile is left for the next export.
      const until = { ...query, to: query.to ?? context.now() + 1 };
      const { total } = listAudit(context.store, until, { limit: 1, offset: 0 });
      let rows = 0;
      const lines = function* (): Generator<(string | number | null)[]> {
        for (const row of allAudit(context.store, until)) {
          rows += 1;
          context.checkpoint(rows, total, 'Writing');
          yield [
            row.sequence,
            new Date(row.at).toISOString(),
            row.actorName,
            row.actorId,
            row.door,
            row.action,
            row.resource,
            row.outcome,
            row.targetIds.join(' '),
            JSON.stringify(row.details),
            row.hash,
          ];
        }
      };
      const header = ['sequence', 'at', 'who', 'actor id', 'door', 'action', 'resource', 'outcome', 'targets', 'details', 'hash'];
      const bytes = await writeCsv(target.path, header, lines(), context.signal);
      context.transact((_writer, notes) => {
        notes.detail('rows', rows);
      });
      return { downloadId: target.downloadId, name: target.name, rows, bytes, path: target.shownPath };
    },
  };
}
