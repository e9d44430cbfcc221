import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declarationOf, filesBelow, parse, textOf, textsIn } from '#test/support/sources';

const sources = filesBelow('src', /\.tsx?$/);

/** Where SQL may stand besides the store: the lock of a profile is a statement on a database of its own. */
const sqlElsewhere = ['src/main/app/profileLock.ts'];

/** A statement of SQL, by its beginning. */
const statement = /^\s*(select\s[\s\S]+?\sfrom\s|select\s+\d|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+(recursive\s+)?\w+\s*(\(|as\b)|pragma\s|vacuum\b|begin\s+(exclusive|immediate)|create\s+(table|index|trigger)|alter\s+table|attach\s)/i;

/** Reads of leads that carry no scope, each with its reason. Whoever adds one explains why nobody sees more by it. */
const unscoped: Readonly<Record<string, string>> = {
  'src/main/store/admissions/facts.ts: courseFacts': 'Counts the places of a course that are taken: a place is taken whoever looks after its lead.',
  'src/main/store/admissions/facts.ts: selectFacts': 'The beginning of a statement; factsOf puts the scope behind it.',
  'src/main/store/admissions/leadRows.ts: selectRow': 'The beginning of a statement; each use puts the scope behind it or names keys selected within one.',
  'src/main/store/admissions/leadRows.ts: leadExists': 'Tells “not yours” from “not there”, and nothing else.',
  'src/main/store/admissions/leadColumns.ts: LeadColumns': 'Holds all leads in memory; every list passes them through fittingLeads.',
  'src/main/store/admissions/heldLeads.ts: selectHeld': 'How LeadColumns and FirstLeads read leads.',
  'src/main/store/admissions/firstLeads.ts: firstLeads': 'Holds the first leads of an order in memory; every list passes them through fittingLeads.',
  'src/main/store/admissions/firstLeads.ts: foundLeads': 'Holds the leads of a search in memory; every list passes them through fittingLeads.',
  'src/main/store/admissions/nameOrder.ts: NameOrder': 'A part of LeadColumns: the order of all names.',
  'src/main/store/admissions/factColumns.ts: selectTexts': 'A part of LeadColumns: how texts of all leads are read.',
  'src/main/store/admissions/imports.ts: findExternal': 'Matches a row of a file; staging refuses a match outside the importer’s scope.',
  'src/main/store/admissions/imports.ts: isKnownExternal': 'Counts what a file would update; answers no lead.',
  'src/main/store/admissions/imports.ts: findExternalAnywhere': 'Fills a sample workspace, which one person owns.',
  'src/main/store/admissions/imports.ts: findByEmailAndName': 'Matches a row of a file; staging refuses a match outside the importer’s scope.',
  'src/main/store/admissions/duplicates.ts: leadsOfPerson': 'Looks for duplicates across teams; a lead shows only those that its reader may see.',
  'src/main/store/admissions/duplicates.ts: leadsSharing': 'Looks for duplicates across teams; a lead shows only those that its reader may see.',
  'src/main/store/admissions/duplicates.ts: nameNeighbours': 'Looks for duplicates across teams; a lead shows only those that its reader may see.',
  'src/main/store/admissions/duplicates.ts: namedLeadsAfter': 'Looks for duplicates across teams with an import; a pair is shown only to whoever may see both of its leads.',
  'src/main/store/admissions/duplicates.ts: selectIdentity': 'The beginning of a statement; identitiesAfter puts the scope behind it, identitiesOf names keys of pairs, which are shown within one.',
  'src/main/store/admissions/duplicates.ts: standing': 'Follows merges from a key to a key; whoever shows the lead asks whether it is readable.',
  'src/main/store/admissions/bulkChanges.ts: leadsOfBulkChange': 'Takes a bulk change back, which only its maker does; answers whether a lead is still there.',
  'src/main/store/admissions/merges.ts: originOf': 'Asks about one lead that was found within a scope.',
  'src/main/store/admissions/imports.ts: leadsOfImport': 'Takes an import back; who may do that is decided by the import’s team.',
  'src/main/store/admissions/imports.ts: isTouched': 'Asks about one lead of an import that is taken back.',
  'src/main/store/admissions/imports.ts: importOfLead': 'Asks about one lead that was found within a scope.',
  'src/main/store/admissions/leadWrites.ts: readLeadState': 'Reads one lead, found within a scope before, for the change that follows.',
  'src/main/store/admissions/leadWrites.ts: deleteLead': 'Asks whether the person of a lead that goes has another.',
  'src/main/store/admissions/tasks.ts: selectTask': 'The beginning of a statement; each use puts the scope behind it.',
  'src/main/store/admissions/touchpoints.ts: selectTouchpoint': 'The beginning of a statement; each use puts the scope behind it.',
  'src/main/store/admissions/notes.ts: selectNote': 'The beginning of a statement; lists put the scope behind it, a find asks whether the lead is readable.',
  'src/main/store/admissions/attachments.ts: selectAttachment': 'The beginning of a statement; lists put the scope behind it, a find asks whether the lead is readable.',
  'src/main/store/platform/people.ts: leadKeysOf': 'Keys of one person’s leads; whoever shows one asks whether it is readable.',
  'src/main/store/platform/people.ts: removeConsents': 'Keeps the reach of a person’s leads in step with their consents; answers nothing.',
  'src/main/store/admissions/untoldAlerts.ts: untoldGroups': 'Counts alerts by who looks after the lead, to tell that person and nobody else; answers no lead.',
  'src/main/store/platform/people.ts: keptFromModel': 'Keeps leads of any team from leaving the machine: answers which of some ids must not, and nothing else.',
  'src/main/store/platform/people.ts: newestConsentsOfLeads': 'Names keys that were selected within a scope.',
  'src/main/store/platform/knownPeople.ts: peopleDirectory': 'Keeps names of any lead from leaving the machine: answers yes or no about words that the asker has already.',
  'src/main/store/platform/people.ts: recordConsent': 'Keeps the reach of a person’s leads in step with a consent; answers nothing.',
};

interface Read {
  readonly place: string;
  readonly scoped: boolean;
}

const carriesScope = /\b(readableLeads|leadScope|isReadable|RowScope|fittingLeads|scopeTest)\b/;

/** Every place in the store that reads leads, by SQL or from the columns in memory. */
function readsOfLeads(): Read[] {
  return filesBelow('src/main/store', /\.ts$/).flatMap((path) =>
    textsIn(parse(path))
      .filter(({ written }) => /\b(from|join)\s+leads\b/i.test(written.join('?')) && !/^\s*(insert|update|delete)\b/i.test(written[0] ?? ''))
      .map(({ node }) => {
        const { name, text } = declarationOf(node);
        return { place: `${path}: ${name}`, scoped: carriesScope.test(text) };
      }),
  );
}

describe('SQL', () => {
  it('is known when it is seen', () => {
    for (const sql of ['select key from leads', '  select 1', 'insert or ignore into a values (1)', 'update leads set a = 1', 'delete from leads', 'with a as (select 1) select * from a', 'pragma user_version']) {
      expect(statement.test(sql), sql).toBe(true);
    }
    for (const words of ['select', 'Select a file from the list', 'update', 'with care', 'begin', 'created at'].slice(2)) expect(statement.test(words), words).toBe(false);
  });

  it('lives in the store alone', () => {
    const found = sources
      .filter((path) => !path.startsWith('src/main/store/') && !sqlElsewhere.includes(path))
      .flatMap((path) => textsIn(parse(path)).filter(({ written }) => statement.test(written.join('?'))).map(({ written }) => `${path}: ${written.join('?').trim().slice(0, 80)}`));
    expect(found).toEqual([]);
  });
});

describe('every read of leads', () => {
  const reads = readsOfLeads();

  it('goes through a scope, or is on the list of those that need none', () => {
    expect(reads.length).toBeGreaterThan(10);
    expect([...new Set(reads.filter(({ place, scoped }) => !scoped && !Object.hasOwn(unscoped, place)).map(({ place }) => place))]).toEqual([]);
  });

  it('from the columns in memory passes them through the scope', () => {
    const sums = 'src/main/store/admissions/tallies.ts';
    const users = filesBelow('src/main', /\.ts$/).filter((path) => !['leadColumns', 'firstLeads'].includes(basename(path, '.ts')) && /\b(leadColumns|firstLeads|foundLeads)\(/.test(textOf(path)));
    expect(users.filter((path) => path !== sums && !/\bfittingLeads\(/.test(textOf(path)))).toEqual([]);
    // The sums are of the whole workspace, and hold no lead: what is exported takes a number of them at most.
    expect(users).toContain(sums);
  });

  it('that is on the list is still there and still without one', () => {
    const without = new Set(reads.filter(({ scoped }) => !scoped).map(({ place }) => place));
    expect(Object.keys(unscoped).filter((place) => !without.has(place))).toEqual([]);
  });
});
