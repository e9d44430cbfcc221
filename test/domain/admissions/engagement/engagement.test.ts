import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultEngagementConfiguration, engagementProblems } from '#domain/admissions/engagement/configuration';
import type { EngagementEvent, EngagementKind } from '#domain/admissions/engagement/events';
import { engagementRowReader, isEngagementFile, kindOf, lacksFields, momentFormat, proposeEngagementColumns } from '#domain/admissions/engagement/files';
import { inGoes } from '#domain/admissions/engagement/goes';
import { engagementJudge } from '#domain/admissions/engagement/judge';
import { engagementTotals, withLeftOut } from '#domain/admissions/engagement/totals';
import { judgeLead } from '#domain/admissions/triage/judge';
import { facts, setting } from '#test/support/triage';

const judge = engagementJudge(defaultEngagementConfiguration);
const noon = Date.UTC(2026, 9, 1, 12);

/** An event so many seconds after noon. */
function event(kind: EngagementKind, seconds: number, rest: Partial<EngagementEvent> = {}): EngagementEvent {
  return { kind, at: noon + seconds * 1_000, message: 'open day', link: kind === 'clicked' ? 'https://school.example/a' : null, agent: chrome, address: null, ...rest };
}

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const said = (events: readonly EngagementEvent[]): (string | null)[] => judge(events).map((judged) => (judged === null ? null : `${judged.verdict} ${judged.reason.key.split('.').at(-1) ?? ''}`));

describe('a verdict', () => {
  it('is a person’s where nothing speaks against it, and says where little was told', () => {
    expect(said([event('delivered', 0), event('opened', 3_600), event('clicked', 3_640)])).toEqual([null, 'human plain', 'human plain']);
    expect(said([event('opened', 0, { agent: null })])).toEqual(['human byTime']);
  });

  it('is the machine’s before the delivery and within a second of it, and a person’s after that', () => {
    expect(said([event('delivered', 10), event('opened', 9), event('opened', 11), event('opened', 11.5), event('opened', 12, { message: 'another' })])).toEqual([null, 'machine beforeDelivery', 'machine atDelivery', 'human plain', 'human plain']);
  });

  it('is the machine’s where every link of a message is clicked within seconds, and so is the open beside it', () => {
    const links = ['a', 'b', 'c'].map((name, index) => event('clicked', 100 + index * 4, { link: `https://school.example/${name}` }));
    // Three links in 8 seconds; the fourth click, a minute later, is somebody's; the open at 99 s stands 1 s before the sweep.
    expect(said([event('opened', 99), ...links, event('clicked', 170)])).toEqual(['machine withSweep', 'machine sweep', 'machine sweep', 'machine sweep', 'human plain']);
    // The same links over 11 seconds: a person may.
    expect(said([0, 5.5, 11].map((seconds, index) => event('clicked', seconds, { link: String(index) })))).toEqual(['human plain', 'human plain', 'human plain']);
    // Two of a message that has two: within one second no hand is so fast.
    expect(said([event('clicked', 0, { link: 'a' }), event('clicked', 1, { link: 'b' })])).toEqual(['machine fast', 'machine fast']);
    expect(said([event('clicked', 0, { link: 'a' }), event('clicked', 2, { link: 'b' })])).toEqual(['human plain', 'human plain']);
    // One link clicked three times is an impatient person.
    expect(said([0, 1, 2].map((seconds) => event('clicked', seconds)))).toEqual(['human plain', 'human plain', 'human plain']);
  });

  it('is the machine’s where message after message is opened within seconds', () => {
    expect(said(['a', 'b', 'c'].map((message, index) => event('opened', index * 5, { message })))).toEqual(['machine burst', 'machine burst', 'machine burst']);
    expect(said(['a', 'b', 'c'].map((message, index) => event('opened', index * 6, { message })))).toEqual(['human plain', 'human plain', 'human plain']);
  });

  it('knows scanners by their name and by their network, in IPv4, IPv6 and the one within the other', () => {
    expect(said([event('clicked', 0, { agent: 'BarracudaCentral/1.0' })])).toEqual(['machine scanner']);
    expect(judge([event('opened', 0, { address: '148.163.130.7' })])[0]!.reason).toEqual({ key: 'engagement.machine.scanner', params: { name: 'Proofpoint' } });
    expect(said([event('opened', 0, { address: '::ffff:148.163.130.7' }), event('opened', 0, { address: '148.163.160.1' }), event('opened', 0, { address: 'no address' })])).toEqual(['machine scanner', 'human plain', 'human plain']);
    const six = engagementJudge({ ...defaultEngagementConfiguration, scanners: [{ name: 'Ours', agents: [], ranges: ['2001:db8::/32'] }] });
    expect(six([event('opened', 0, { address: '2001:db8::1' }), event('opened', 0, { address: '2001:db9::1' })]).map((each) => each?.verdict)).toEqual(['machine', 'human']);
  });

  it('leaves open what a proxy fetched, but not what somebody clicked through it', () => {
    expect(said([event('opened', 0, { agent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)' })])).toEqual(['unsure proxy']);
    // Apple's proxy calls itself Mozilla/5.0 and nothing else.
    expect(said([event('opened', 0, { agent: 'Mozilla/5.0' }), event('clicked', 60)])).toEqual(['unsure proxy', 'human plain']);
  });

  it('takes a click of a program without a window for the machine’s, and for unsure after a person’s open', () => {
    expect(said([event('clicked', 60, { agent: 'python-requests/2.31' })])).toEqual(['machine headless']);
    expect(said([event('opened', 0), event('clicked', 60, { agent: 'curl/8.5.0' })])).toEqual(['human plain', 'unsure headless']);
    expect(said([event('opened', 0, { agent: 'Mimecast' }), event('clicked', 60, { agent: 'curl/8.5.0' })])).toEqual(['machine scanner', 'machine headless']);
  });

  const anyEvent = fc.record<EngagementEvent>({
    kind: fc.constantFrom('delivered', 'opened', 'clicked'),
    at: fc.integer({ min: 0, max: 40 }).map((seconds) => noon + seconds * 500),
    message: fc.constantFrom(null, 'a', 'b', 'c', 'd'),
    link: fc.constantFrom(null, '1', '2', '3'),
    agent: fc.constantFrom(null, chrome, 'Mozilla/5.0', 'GoogleImageProxy', 'barracuda', 'curl/8'),
    address: fc.constantFrom(null, '148.163.130.7', '203.0.113.9'),
  });

  it('does not depend on the order of events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), fc.integer(), (events, seed) => {
        const order = events.map((_each, index) => index).sort((a, b) => ((a * 7919 + seed) % 13) - ((b * 7919 + seed) % 13));
        const shuffled = judge(order.map((index) => events[index]!));
        expect(order.map((_each, place) => shuffled[place])).toEqual(order.map((index) => judge(events)[index]));
      }),
      { numRuns: 200 },
    );
  });

  it('never makes a score rise by what a machine did', () => {
    const total = (events: readonly EngagementEvent[]) => engagementTotals(events.map((each, index) => ({ ...each, verdict: judge(events)[index]?.verdict ?? null })));
    const scoreOf = (events: readonly EngagementEvent[]): number => {
      const { opens, clicks, lastHumanAt } = total(events);
      return judgeLead(facts({ signals: { ...(opens.human > 0 ? { emailOpens: opens.human } : { emailOpens: 0 }), emailClicks: clicks.human }, lastActivityAt: lastHumanAt ?? noon - 86_400_000 }), setting()).score.score;
    };
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), fc.array(anyEvent, { maxLength: 4 }), (events, more) => {
        const together = [...events, ...more];
        const verdicts = judge(together);
        fc.pre(more.every((_each, index) => verdicts[events.length + index]?.verdict === 'machine'));
        expect(scoreOf(together)).toBeLessThanOrEqual(scoreOf(events));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is left out', () => {
  it('is added up apart, and shown with the score that it would make', () => {
    const events = [event('delivered', 0), event('opened', 1), event('opened', 4_000), event('clicked', 4_100, { agent: 'proofpoint' })];
    const totals = engagementTotals(events.map((each, index) => ({ ...each, verdict: judge(events)[index]?.verdict ?? null })));
    expect(totals).toEqual({ delivered: 1, opens: { human: 1, machine: 1, unsure: 0 }, clicks: { human: 0, machine: 1, unsure: 0 }, lastHumanAt: noon + 4_000_000, lastAt: noon + 4_100_000 });
    const lead = facts({ signals: { emailOpens: 1 }, lastActivityAt: noon });
    expect(withLeftOut(lead, { opens: 1, clicks: 1, lastAt: noon + 5 })).toMatchObject({ signals: { emailOpens: 2, emailClicks: 1 }, lastActivityAt: noon + 5 });
    expect(withLeftOut(lead, { opens: 0, clicks: 0, lastAt: null })).toEqual(lead);
  });

  it('is told in goes: a scanner’s clicks are one line', () => {
    const clicks = [0, 2, 4, 200].map((seconds) => ({ ...event('clicked', seconds), verdict: 'machine' as const }));
    expect(inGoes(clicks).map((go) => go.length)).toEqual([1, 3]);
  });
});

describe('the lists', () => {
  it('are refused where a range cannot be read or a part would be found everywhere', () => {
    expect(engagementProblems(defaultEngagementConfiguration)).toEqual([]);
    expect(engagementProblems({ ...defaultEngagementConfiguration, scanners: [{ name: 'Ours', agents: ['/'], ranges: ['10.0.0.0/99'] }] })).toHaveLength(2);
  });
});

describe('a file of a mailer', () => {
  it('is known by its columns and its rows', () => {
    const headers = ['email', 'event', 'timestamp', 'url', 'useragent', 'ip', 'sg_message_id'];
    expect(proposeEngagementColumns(headers)).toEqual({ email: 0, kind: 1, at: 2, message: 6, link: 3, agent: 4, address: 5 });
    expect(isEngagementFile(headers, [['a@example.org', 'open', '1790000000', '', '', '', '']])).toBe(true);
    expect(isEngagementFile(['Email', 'Type', 'Created'], [['a@example.org', 'Undergraduate', '2026-09-01']])).toBe(false);
    expect(isEngagementFile(['Email', 'First name'], [['a@example.org', 'Ann']])).toBe(false);
    expect(lacksFields({})).toEqual(['email', 'kind', 'at']);
    expect(['Open', 'email_opened', 'Click', 'Email link clicked', 'delivered', 'Delivery', 'bounce', 'unopenable'].map(kindOf)).toEqual(['opened', 'opened', 'clicked', 'clicked', 'delivered', 'delivered', null, null]);
  });

  it('is read row by row: seconds since 1970 and written moments, what is no event, and what cannot be read', () => {
    expect(momentFormat(['1790000000', '1790000001.5'], 'Europe/London')).toBe('epoch');
    expect(momentFormat(['2026-09-21T14:13:20Z'], 'Europe/London')).toBe('iso');
    const columns = { email: 0, kind: 1, at: 2 };
    const read = engagementRowReader({ columns, format: 'epoch', timeZone: 'Europe/London', now: noon });
    expect(read(['Ann <ANN@example.org>', 'open', '1790000000'], 2)).toMatchObject({ kind: 'event', row: { line: 2, email: 'ann@example.org', kind: 'opened', at: 1_790_000_000_000, message: null } });
    expect(read(['ann@example.org', 'bounce', '1790000000'], 3)).toEqual({ kind: 'ignored' });
    expect(read(['ann@example.org', 'open', 'soon'], 4)).toMatchObject({ kind: 'rejected', reason: { key: 'engagement.problems.noMoment' } });
    expect(read(['nobody', 'open', '1790000000'], 5)).toMatchObject({ kind: 'rejected', reason: { key: 'engagement.problems.nobody' } });
    expect(read(['ann@example.org', 'open', '1999999999'], 6)).toMatchObject({ kind: 'rejected', reason: { key: 'engagement.problems.future' } });
  });
});
