import { millisecondsPerDay } from '#domain/kernel/clock';
import { type Rng, seededRng } from '#domain/kernel/rng';
import { fold } from '#domain/kernel/text';
import type { TouchpointKind, TouchpointOutcome } from '../leads/touchpoints';

// People who do not exist, at addresses and numbers that are set aside for such use: example.com and its kin (RFC 2606), and the
// telephone numbers that Ofcom keeps for drama.

const givenNames = ['Amara', 'Ben', 'Chloe', 'Dmitri', 'Elif', 'Farah', 'George', 'Hana', 'Isaac', 'Jasmine', 'Kofi', 'Leila', 'Mateo', 'Nia', 'Oscar', 'Priya', 'Quentin', 'Rosa', 'Sanjay', 'Tamsin', 'Uma', 'Viktor', 'Wen', 'Xanthe', 'Yusuf', 'Zara', 'Zoë', 'Siân', 'Owen', 'Maya'];
const familyNames = ['Adeyemi', 'Brown', 'Chen', 'Davies', 'Evans', 'Fernandes', 'Green', 'Hughes', 'Iqbal', 'Jones', 'Kaur', 'Lewis', 'Mensah', 'Novak', "O'Brien", 'Patel', 'Quinn', 'Rossi', 'Singh', 'Taylor', 'Usman', 'van der Berg', 'Walker', 'Xu', 'Yilmaz', 'Zhang', 'Müller', 'García'];
const courses = ['Computer Science', 'Nursing', 'Music Production', 'Business Management', 'Law', 'Graphic Design'] as const;
const campuses = ['London', 'Leeds', 'Bristol'];
const countries = ['United Kingdom', 'United Kingdom', 'United Kingdom', 'India', 'Nigeria', 'China', 'Ireland', 'Germany'];
const cities = ['London', 'Leeds', 'Bristol', 'Manchester', 'Cardiff', 'Lagos', 'Mumbai', 'Dublin'];

/** Sources with how many leads they bring, and how warm those are. */
const sources = [
  { name: 'UCAS', share: 0.24, warmth: 0.55 },
  { name: 'Website', share: 0.22, warmth: 0.4 },
  { name: 'Open day', share: 0.14, warmth: 0.7 },
  { name: 'Referral', share: 0.1, warmth: 0.8 },
  { name: 'Paid social', share: 0.16, warmth: 0.2 },
  { name: 'Education fair', share: 0.09, warmth: 0.35 },
  { name: 'Unknown', share: 0.05, warmth: 0.15 },
] as const;

/** Places of the sample's courses: one is full, one nearly. */
export const samplePlaces: Readonly<Record<(typeof courses)[number], number | null>> = {
  'Computer Science': 90,
  Nursing: 5,
  'Music Production': 25,
  'Business Management': 120,
  Law: 12,
  'Graphic Design': null,
};

export interface SampleTouchpoint {
  readonly externalId: string;
  readonly kind: TouchpointKind;
  readonly direction: 'inbound' | 'outbound';
  readonly outcome: TouchpointOutcome;
  readonly at: number;
  readonly note: string | null;
}

export interface SampleTask {
  readonly externalId: string;
  readonly title: string;
  readonly dueAt: number;
}

export interface Sample {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly touchpoints: readonly SampleTouchpoint[];
  readonly tasks: readonly SampleTask[];
}

const header = ['Lead ID', 'First name', 'Last name', 'Email', 'Phone', 'Lead source', 'Course', 'Campus', 'Country', 'City', 'Enquiry date', 'Last activity date', 'Stage', 'Email opens', 'Email clicks', 'Web visits', 'Events attended', 'Marketing consent', 'Entry year', 'Current study'];

const warmStages = ['contacted', 'qualified', 'applied', 'offered', 'accepted', 'enrolled'] as const;

function pick<Item>(items: readonly Item[], rng: Rng): Item {
  const item = items[Math.floor(rng() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

function pickSource(rng: Rng): (typeof sources)[number] {
  let rest = rng();
  for (const source of sources) {
    rest -= source.share;
    if (rest <= 0) return source;
  }
  return sources[0];
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * Made-up leads of a school, alike on every machine but for the dates, which end today.
 *
 * @param now UTC milliseconds
 */
export function generateSample(now: number, count = 420): Sample {
  const rng = seededRng(20_260_101);
  const rows: string[][] = [];
  const touchpoints: SampleTouchpoint[] = [];
  const tasks: SampleTask[] = [];
  for (let number = 1; number <= count; number += 1) {
    const externalId = `S-${String(number).padStart(4, '0')}`;
    const source = pickSource(rng);
    const given = pick(givenNames, rng);
    const family = pick(familyNames, rng);
    const warmth = Math.min(1, Math.max(0, source.warmth + (rng() - 0.5) * 0.7));
    const age = Math.floor(rng() ** 1.5 * 150);
    const idle = Math.floor(age * rng() ** (1 + 2 * warmth));
    const progress = Math.min(1, warmth * 1.25) * Math.min(1, age / 45);
    const reached = Math.floor(rng() ** 0.8 * (1 + progress * 6));
    const stage = rng() < 0.1 ? 'lost' : rng() < progress ? (warmStages[Math.min(reached, warmStages.length - 1)] ?? 'contacted') : 'enquiry';
    const mailbox = fold(`${given}.${family}`).replace(/[^a-z.]/g, '');
    const hasPhone = rng() < 0.78;
    const hasEmail = rng() < 0.94;
    const consent = rng();
    rows.push([
      externalId,
      given,
      family,
      hasEmail ? `${mailbox}${String(number % 97)}@example.${pick(['com', 'org', 'net'], rng)}` : '',
      hasPhone ? `07700 900${String(number % 1_000).padStart(3, '0')}` : '',
      source.name,
      rng() < 0.9 ? pick(courses, rng) : '',
      pick(campuses, rng),
      pick(countries, rng),
      pick(cities, rng),
      isoDay(now - age * millisecondsPerDay),
      isoDay(now - idle * millisecondsPerDay),
      stage,
      String(Math.floor(warmth * 9 * rng())),
      String(Math.floor(warmth * 5 * rng())),
      String(Math.floor(warmth * 14 * rng())),
      rng() < warmth * 0.4 ? '1' : '0',
      consent < 0.72 ? 'yes' : consent < 0.8 ? 'no' : '',
      pick(['2026', '2027'], rng),
      pick(['A levels', 'BTEC', 'Access course', 'Working', 'Other degree'], rng),
    ]);
    if (stage !== 'enquiry' && rng() < 0.6) {
      const reached = rng() < 0.6;
      touchpoints.push({
        externalId,
        kind: pick(['call', 'email', 'meeting'] as const, rng),
        direction: 'outbound',
        outcome: reached ? 'reached' : 'no_answer',
        at: now - Math.max(4, idle) * millisecondsPerDay,
        note: reached ? pick(['Asked about fees and part-time study.', 'Wants to visit the campus.', 'Waiting for exam results.', 'Compares us with one other school.'], rng) : null,
      });
    }
    if (stage !== 'lost' && stage !== 'enrolled' && tasks.length < 14 && rng() < 0.06) {
      tasks.push({
        externalId,
        title: pick(['Send the course guide', 'Call back about housing', 'Check the transcript', 'Invite to the next open day'], rng),
        dueAt: now + Math.floor(rng() * 9 - 2) * millisecondsPerDay,
      });
    }
  }
  return { header, rows, touchpoints, tasks };
}
