import { engagementProblems, defaultEngagementConfiguration, type EngagementConfiguration } from '#domain/admissions/engagement/configuration';
import type { Verdict } from '#domain/admissions/engagement/events';
import { type EngagementColumns, lacksFields, momentFormat, proposeEngagementColumns } from '#domain/admissions/engagement/files';
import { engagementTotals } from '#domain/admissions/engagement/totals';
import { Refusal } from '#contract/errors';
import type { engagement, EngagementFacts } from '#contract/admissions/engagement';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import type { TableChoice } from '#main/files/openTable';
import { engagementConfiguration, eventsOf, findEvents, findFile, heldVerdict, insertEngagementConfiguration, insertEvent, leadsWithEvents, listFiles, overrule, verdictsOfFile } from '#main/store/admissions/engagement';
import { readLeadState } from '#main/store/admissions/leadWrites';
import { scoreVersions } from '#main/store/admissions/scores';
import type { Reader } from '#main/store/tx';
import { currentJudge, openingOf, recountLead } from './engagementCounting';
import { importEvents, recountLeads, removeFile } from './engagementFiles';
import { requireKeys, requireLead } from './leadView';
import { rescoreLead } from './scoring';
import { scoreMove } from './touchpoints';

/** An event may lie a little ahead of a clock that is slow. */
const slackMilliseconds = 24 * 3_600_000;

interface FileInput {
  readonly path?: string | undefined;
  readonly fileId?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: TableChoice['encoding'];
  readonly sheet?: string | undefined;
}

/** How many of some events each verdict has. */
function verdictsOf(reader: Reader, leadKeys: readonly number[], isMeant: (key: number) => boolean): Record<Verdict, number> {
  const counts = { human: 0, machine: 0, unsure: 0 };
  for (const leadKey of leadKeys) {
    for (const event of eventsOf(reader, leadKey)) {
      const verdict = heldVerdict(event);
      if (verdict !== null && isMeant(event.key)) counts[verdict] += 1;
    }
  }
  return counts;
}

function factsOfLead(context: CallContext, leadId: string, limit: number): EngagementFacts {
  const { store } = context;
  const { key } = requireLead(context, leadId);
  const events = eventsOf(store, key);
  const state = readLeadState(store, key);
  const opening = state === null ? {} : openingOf(state);
  const { delivered, opens, clicks } = engagementTotals(events.map((event) => ({ kind: event.kind, at: event.at, verdict: heldVerdict(event) })));
  return {
    events: events.slice(0, limit).map((event) => ({
      id: event.id,
      kind: event.kind,
      at: event.at,
      message: event.message,
      link: event.link,
      agent: event.agent,
      address: event.address,
      verdict: heldVerdict(event),
      reason: event.reason === null ? null : say(event.reason),
      rules: event.verdict,
      overruled: event.overruled === null ? null : { by: event.overruled.by, at: event.overruled.at },
    })),
    total: events.length,
    delivered,
    opens,
    clicks,
    opening: { opens: opening.emailOpens ?? null, clicks: opening.emailClicks ?? null },
  };
}

/** How the moments of a file are written, by its first rows. */
function formatOf(columns: EngagementColumns, rows: readonly (readonly string[])[], timeZone: string): string | null {
  const { at } = columns;
  return at === undefined ? null : momentFormat(rows.map((cells) => cells[at] ?? ''), timeZone);
}

const wanted: Readonly<Record<'email' | 'externalId' | 'kind' | 'at' | 'message' | 'link' | 'agent' | 'address', string>> = {
  email: 'an e-mail address or an external id of the lead',
  externalId: 'an external id of the lead',
  kind: 'what happened, such as “open” or “click”',
  at: 'when it happened',
  message: 'the message',
  link: 'the link',
  agent: 'the user agent',
  address: 'the IP address',
};

export function engagementHandlers(parts: HandlerParts): HandlersOf<typeof engagement> {
  const { workspace, pool, newId, now } = parts;

  const tableOf = (input: FileInput, context: CallContext): TableChoice => {
    const file = parts.files.chosen(input, context);
    const { maximumImportMegabytes } = workspace.settings();
    const { delimiter, encoding, sheet } = input;
    return { path: file.path, name: file.name, delimiter, encoding, sheet, maximumBytes: maximumImportMegabytes * 1_048_576 };
  };

  /** The file of an id, where its actor may take it back. */
  const requireFile = (context: CallContext, fileId: string) => {
    const file = findFile(context.store, fileId);
    if (file === null) throw new Refusal('not_found', 'That file of opens and clicks does not exist.');
    const { scope, actor } = context;
    const mine = scope.kind === 'all' || (scope.kind === 'team' && scope.teamKey === file.teamKey) || (scope.kind === 'department' && actor?.teamKey === file.teamKey);
    if (!mine) throw new Refusal('out_of_scope', 'Somebody of another team brought that file in. Ask them, or an administrator.');
    if (file.state === 'undone') throw new Refusal('conflict', 'That file was taken back already.');
    if (file.state === 'staging') throw new Refusal('conflict', 'That file is still coming in. Wait until it has ended.');
    return file;
  };

  return {
    'admissions.engagement.list': ({ leadId, limit }, context) => factsOfLead(context, leadId, limit),

    'admissions.engagement.create': ({ events }, context) => {
      const { userKey } = actorOf(context);
      const ids = [...new Set(events.map(({ leadId }) => leadId))];
      const keys = requireKeys(context, ids);
      const keyOf = new Map(ids.map((leadId, index) => [leadId, keys[index] ?? 0]));
      if (events.some(({ at }) => at > now() + slackMilliseconds)) throw new Refusal('invalid_input', 'An open or a click cannot lie in the future. Give its moment in UTC milliseconds.');
      const judge = currentJudge(context.store);
      const newIds = new Set<string>();
      context.transact((writer, notes) => {
        for (const { leadId, kind, at, message, link, agent, address } of events) {
          const id = newId();
          const event = { id, leadKey: keyOf.get(leadId) ?? 0, fileKey: null, userKey, kind, at, message: message ?? null, link: link ?? null, agent: agent ?? null, address: address ?? null };
          if (insertEvent(writer, event, now())) newIds.add(id);
        }
        for (const key of keys) if (recountLead(writer, key, judge, now())) rescoreLead(writer, key, workspace.settings(), now());
        notes.target(...ids);
        notes.detail('added', newIds.size);
      });
      context.changed('leads', ids);
      const added = new Set(findEvents(context.store, context.scope, [...newIds]).map(({ key }) => key));
      return { added: newIds.size, known: events.length - newIds.size, ...verdictsOf(context.store, keys, (key) => added.has(key)) };
    },

    'admissions.engagement.judge': ({ verdicts }, context) => {
      const { store, scope } = context;
      const { userKey } = actorOf(context);
      const found = new Map(findEvents(store, scope, verdicts.map(({ id }) => id)).map((event) => [event.id, event]));
      const absent = verdicts.find(({ id }) => !found.has(id));
      if (absent !== undefined) throw new Refusal('not_found', 'That open or click is gone, or its lead belongs to another team.', { id: absent.id });
      if ([...found.values()].some(({ kind }) => kind === 'delivered')) throw new Refusal('invalid_input', 'A delivery is the mail server’s word: there is no verdict to overrule.');
      const keys = [...new Set([...found.values()].map(({ leadKey }) => leadKey))];
      const held = new Map(keys.flatMap((key) => eventsOf(store, key)).map((event) => [event.id, event.overruled?.verdict ?? null]));
      const judge = currentJudge(store);
      const before = new Map(keys.map((key) => [key, scoreVersions(store, key, 1)[0]]));
      const judged = context.transact((writer, notes) => {
        for (const { id, verdict } of verdicts) {
          overrule(writer, found.get(id)?.key ?? 0, verdict, userKey, now());
          notes.target(id);
        }
        notes.detail('verdicts', verdicts.map(({ verdict }) => verdict ?? 'rules').join(' '));
        return keys.map((key) => {
          recountLead(writer, key, judge, now());
          return { key, lead: rescoreLead(writer, key, workspace.settings(), now()) };
        });
      });
      context.changed('leads', judged.map(({ lead }) => lead.facts.leadId));
      const was = (id: string): 'human' | 'machine' | null => {
        const verdict = held.get(id) ?? null;
        return verdict === 'unsure' ? null : verdict;
      };
      return {
        previous: verdicts.map(({ id }) => ({ id, verdict: was(id) })),
        scores: judged.map(({ key, lead }) => ({ leadId: lead.facts.leadId, score: scoreMove(before.get(key), lead) })),
      };
    },

    'admissions.engagement.columns': async (input, context) => {
      const table = tableOf(input, context);
      const { timeZone } = workspace.settings();
      const seen = await pool.run('imports.preview', { table, timeZone }, { signal: context.signal });
      const headers = seen.columns.map(({ header }) => header);
      const columns = proposeEngagementColumns(headers);
      return { fileName: table.name, headers, columns, format: formatOf(columns, seen.rows, timeZone), rows: seen.rows.map((row) => [...row]), lacks: lacksFields(columns) };
    },

    'admissions.engagement.import': async (input, context) => {
      const started = performance.now();
      const table = tableOf(input, context);
      const { timeZone } = workspace.settings();
      context.checkpoint(0, 100, 'Looking into the file');
      const seen = await pool.run('imports.preview', { table, timeZone }, { signal: context.signal });
      const columns: EngagementColumns = input.columns ?? proposeEngagementColumns(seen.columns.map(({ header }) => header));
      const lacks = lacksFields(columns);
      if (lacks.length > 0) throw new Refusal('invalid_input', `Say which column holds ${lacks.map((field) => wanted[field]).join(' and ')}.`, { lacks });
      if (Object.values(columns).some((index) => index >= seen.columns.length)) throw new Refusal('invalid_input', 'The mapping names a column that the file does not have.');
      const format = input.format ?? formatOf(columns, seen.rows, timeZone);
      if (format === null) throw new Refusal('invalid_input', 'The column of moments holds none that can be read. Choose another column, or name the format, such as d/M/yyyy H:mm.', { lacks: ['at'] });
      const fileId = newId();
      const done = await importEvents(parts, context, fileId, { table, columns, format, timeZone, now: now() });
      context.changed('leads');
      parts.files.release(input.fileId);
      const { fileKey, problems, ...counts } = done;
      return { fileId, ...counts, ...verdictsOfFile(context.store, fileKey), problems: problems.map(({ line, reason }) => ({ line, reason: say(reason) })), milliseconds: Math.round(performance.now() - started) };
    },

    'admissions.engagement.undo': async ({ fileId }, context) => {
      const file = requireFile(context, fileId);
      const done = await removeFile(parts, context.store, file.key, context.signal, (removed, total) => {
        // From here on there is no way back, so a cancel comes too late.
        if (!context.signal.aborted) context.checkpoint(removed, total, 'Taking the file back');
      });
      context.transact((_writer, notes) => {
        notes.target(fileId);
        notes.detail('removed', done.removed);
      });
      context.changed('leads');
      return done;
    },

    'admissions.engagement.files': ({ limit, offset = 0, after }, context) => {
      const from = after === undefined ? offset : Number(after) || 0;
      const { items, total } = listFiles(context.store, limit, from);
      const next = from + items.length;
      return {
        items: items.flatMap(({ key: _key, teamKey: _team, state, ...file }) => (state === 'staging' ? [] : [{ ...file, state }])),
        total,
        totalIsExact: true,
        nextKey: next < total ? String(next) : null,
      };
    },

    'admissions.engagement.config.get': (_input, context) => ({ configuration: engagementConfiguration(context.store), defaults: defaultEngagementConfiguration }),

    'admissions.engagement.config.update': ({ configuration: changed }, context) => {
      const named = JSON.parse(JSON.stringify(changed)) as Partial<EngagementConfiguration>;
      const configuration: EngagementConfiguration = { ...engagementConfiguration(context.store), ...named };
      const problems = engagementProblems(configuration);
      if (problems.length > 0) throw new Refusal('invalid_input', problems.join(' '), { problems });
      context.transact((writer, notes) => {
        insertEngagementConfiguration(writer, configuration, actorOf(context).userKey, now());
        notes.detail('configuration', Object.keys(named).join(' '));
      });
      return { configuration, rejudgeJobId: parts.startJob('admissions.engagement.rejudge', {}, context) };
    },

    'admissions.engagement.rejudge': async (_input, context) => {
      const { store } = context;
      const keys: number[] = [];
      for (let after = 0; ; ) {
        const piece = leadsWithEvents(store, after, 5_000);
        const last = piece.at(-1);
        if (last === undefined) break;
        keys.push(...piece);
        after = last;
      }
      const changed = await recountLeads(parts, store, keys, context.signal, (done) => {
        context.checkpoint(done, keys.length, 'Judging opens and clicks');
      });
      context.transact((_writer, notes) => {
        notes.detail('leads', keys.length);
        notes.detail('changed', changed);
      });
      if (changed > 0) context.changed('leads');
      return { leads: keys.length, changed };
    },
  };
}
