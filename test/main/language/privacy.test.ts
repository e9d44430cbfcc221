import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';
import { askAs, connectLanguage, messagesServer, says } from '#test/support/language';
import { hasLeadFile, leadFile } from '#test/support/realData';
import { answer, useTools } from '#test/doubles/messagesServer';

const rows = 400;

interface Made {
  readonly given: string;
  readonly family: string;
  readonly email: string;
  readonly phone: string;
  readonly id: string;
}

/** People whose names are on no list: syllables, with the hyphens, apostrophes and particles that names have. */
function makePeople(count: number): Made[] {
  const next = seededRng(20_261_127);
  const pick = <Item>(from: readonly Item[]): Item => from[Math.floor(next() * from.length)]!;
  const word = (length: number): string => {
    const text = Array.from({ length }, () => pick(['ka', 'zu', 'vel', 'tor', 'qui', 'ñe', 'bra', 'öl', 'mir', 'dax', 'wyn', 'sho'])).join('');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return Array.from({ length: count }, (_, index) => ({
    given: pick([word(2), word(3), `${word(2)} ${word(1)}`, `${word(2)}-${word(2)}`, word(1)]),
    family: pick([word(2), word(3), `van der ${word(2)}`, `O'${word(2)}`, `${word(2)}-${word(2)}`, 'Field', 'Law']),
    email: `${word(2).toLowerCase()}.${String(index)}@${pick(['mail', 'post', 'school'])}-${word(1).toLowerCase()}.example`.normalize('NFKD').replace(/\p{M}/gu, ''),
    phone: `0${String(7_700_900_000 + index)}`,
    id: `PR-${String(66_000 + index * 7)}`,
  }));
}

/** The published file of leads, or one of its shape, with people in it. */
function fileWithPeople(people: readonly Made[]): string {
  const lines = hasLeadFile ? readFileSync(leadFile, 'utf8').split('\n') : ['Prospect ID,Lead Source,City,Tags', ...people.map(() => 'x,Google,London,Busy')];
  const [header, ...rest] = lines;
  const quoted = (text: string): string => `"${text}"`;
  return [`Lead ID,First name,Last name,Email,Phone,${header!.replace('Prospect ID', 'Prospect').replace('Lead Number', 'Number')}`, ...people.map((person, index) => [person.id, person.given, person.family, person.email, person.phone].map(quoted).join(',') + `,${rest[index]!}`)].join('\n');
}

/** Everything of a person that points at them and nobody else, in the ways in which it is written. */
const identifiersOf = ({ given, family, email, phone, id }: Made): string[] => [
  `${given} ${family}`, `${family}, ${given}`, `${family} ${given}`, email, phone, phone.slice(1), `${phone.slice(0, 5)} ${phone.slice(5)}`, `+44${phone.slice(1)}`, id,
];

describe('what leaves the machine', () => {
  it('holds no direct identifier of any lead or student, whichever way it got into a question', async () => {
    const people = makePeople(rows);
    const test = await workspaceApp();
    const { owner } = test;
    await owner.call('admissions.imports.run', { path: fileWith(fileWithPeople(people)) });
    const leads = (await owner.call('admissions.leads.list', { limit: 500 })).items;
    expect(leads.length).toBeGreaterThan(rows * 0.95);
    await owner.call('platform.users.create', { name: 'Quiñevel Tordaxwyn', email: 'learner@school.example', role: 'student', passPhrase: 'four ordinary words' });
    const server = await messagesServer();
    server.pieceLength = 2_000;
    await connectLanguage(owner, server);
    server.next(useTools({ name: 'admissions__leads__list', input: { limit: 500 } }, { name: 'admissions__leads__get', input: { id: leads[3]!.id } }), answer('Done.'));
    const written = people.slice(0, 120).map((person, index) => [
      `Please ask ${person.given} ${person.family} about the deposit.`,
      `${person.family}, ${person.given} - ${person.email}; ring ${person.phone.slice(0, 5)} ${person.phone.slice(5)} or +44${person.phone.slice(1)}`,
      `i spoke to ${person.given.toLowerCase()} ${person.family.toLowerCase()} (file ${person.id}) yesterday`,
      `${person.given.toUpperCase()} ${person.family.toUpperCase()}’S FORM, number ${person.phone}`,
    ][index % 4]!);
    const got = await askAs(test, owner, {
      system: `You help ${people[200]!.given} ${people[200]!.family}.`,
      messages: [
        { role: 'user', content: written.slice(0, 40).join('\n') },
        { role: 'assistant', content: `I have looked at ${people[5]!.given} ${people[5]!.family}.` },
        { role: 'user', content: [written.slice(40).join('\n'), { data: leads.slice(0, 100), from: 'lead' }, 'And is Quiñevel Tordaxwyn, learner@school.example, doing well?'] },
      ],
      tools: ['admissions.leads.list', 'admissions.leads.get'],
    });
    expect(got).toMatchObject({ answered: true, tools: [{ outcome: 'succeeded' }, { outcome: 'succeeded' }] });
    expect(server.requests).toHaveLength(2);
    const sent = server.requests.map(({ body }) => JSON.stringify(body).normalize('NFKC').toLowerCase().replaceAll('’', "'")).join('\n');
    expect(sent.length).toBeGreaterThan(50_000);
    const told = [...people.flatMap(identifiersOf), 'Quiñevel Tordaxwyn', 'learner@school.example', 'Ada Lovelace'].filter((identifier) => sent.includes(identifier.normalize('NFKC').toLowerCase()));
    expect(told).toEqual([]);
    // And the same text is readable here again.
    const { redactions } = (await owner.call('platform.language.calls')).items[0]!;
    expect(redactions.name).toBeGreaterThan(600);
    expect(redactions.email).toBeGreaterThan(400);
  });

  it('lets kinds pass that point at nobody alone where that is allowed, and no others', async () => {
    const test = await workspaceApp();
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    const text = 'Maria Garcia of SW1A 1AA, born 12/03/2004';
    await askAs(test, test.owner, { messages: says(text) });
    await test.owner.call('platform.language.update', { mayLeave: ['postcode', 'date_of_birth'] });
    await askAs(test, test.owner, { messages: says(text) });
    expect(server.requests[0]!.raw).not.toMatch(/SW1A|2004|Garcia/);
    expect(server.requests[1]!.raw).toMatch(/PERSON_[0-9A-F]{8} of SW1A 1AA, born 12\/03\/2004/);
  });
});
