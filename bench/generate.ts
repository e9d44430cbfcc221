import { type Rng, seededRng } from '#domain/kernel/rng';

// Files of leads that nobody wrote, the same on every machine and in every run.

/** What a generated file holds, so that a run can be held against it. */
export interface GeneratedFile {
  readonly lines: () => Generator<string>;
  /** Rows below the header. */
  readonly rows: number;
  readonly columns: number;
  /** Rows that become leads. */
  readonly leads: number;
  /** Of those, exact copies of an earlier row without an id: two enquiries that look alike. */
  readonly duplicates: number;
  /** Exact copies of an earlier row with an id: one lead cannot come twice. */
  readonly rejected: number;
}

const givenNames = ['Ada', 'Amara', 'Ben', 'Chloé', 'Chen', 'Dmitri', 'Elif', 'Fatima', 'Giulia', 'Hassan', 'Ines', 'Jakub', 'Kofi', 'Lena', 'Mateo', 'Nadia', 'Oluwaseun', 'Priya', 'Rahul', 'Zoë'];
const familyNames = ['Adeyemi', 'Bauer', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Hughes', 'Ivanova', 'Jensen', 'Khan', 'Lopez', 'Müller', 'Nguyen', 'O’Brien', 'Patel', 'Rossi', 'Smith', 'Tanaka', 'van der Berg'];
const sources = ['Google', 'Direct Traffic', 'Organic Search', 'Referral', 'Open day', 'Facebook', 'Education fair', 'Partner school', 'Webinar', 'Newsletter'];
const courses = ['Business', 'Computing', 'Design', 'Engineering', 'Finance', 'Law', 'Marketing', 'Medicine', 'Nursing', 'Psychology'];
/** One lead in a hundred asks for it: what changes it changes few scores. */
export const rareCourse = 'Viola making';
const campuses = ['London', 'Leeds', 'Online'];
const countries = ['United Kingdom', 'India', 'Germany', 'Nigeria', 'France', 'Brazil', 'Pakistan', 'Italy'];
const cities = Array.from({ length: 200 }, (_none, index) => `Town ${String(index + 1)}`);
const stages = ['enquiry', 'enquiry', 'enquiry', 'contacted', 'contacted', 'qualified', 'applied', 'offered', 'enrolled', 'lost'];
const activities = ['Email opened', 'Page visited', 'Form submitted', 'Chat', 'Email link clicked', 'Phone conversation'];
const occupations = ['Unemployed', 'Student', 'Working professional', 'Parent', 'Other'];
const qualifications = ['A levels', 'Bachelor', 'Master', 'Diploma', 'None of these'];
const notes = ['Asked about fees', 'Wants to begin in autumn', 'Will call back', 'Interested in a scholarship', 'Prefers evenings'];

const header = [
  'Lead ID', 'First name', 'Last name', 'Email', 'Phone', 'Lead source', 'Course', 'Campus', 'Country', 'City', 'Stage', 'Converted',
  'Enquiry date', 'Last activity date', 'Last activity', 'Email opens', 'Email clicks', 'Events attended', 'Total visits',
  'Total time spent on website', 'Do not email', 'Occupation', 'Highest qualification', 'Budget', 'Notes',
];

const firstDay = Date.UTC(2025, 0, 1);
const dayMilliseconds = 86_400_000;

function oneOf(values: readonly string[], rng: Rng): string {
  return values[Math.floor(rng() * values.length)] ?? '';
}

/** A text in some rows, and nothing in the others. */
function sometimes(share: number, rng: Rng, make: () => string): string {
  return rng() < share ? make() : '';
}

function whole(most: number, rng: Rng): string {
  return String(Math.floor(rng() * (most + 1)));
}

/** A day as ISO writes it, so many days after the first. */
function day(number: number): string {
  return new Date(firstDay + number * dayMilliseconds).toISOString().slice(0, 10);
}

function row(number: number, id: string, rng: Rng): string {
  const given = oneOf(givenNames, rng);
  const family = oneOf(familyNames, rng);
  const enquired = Math.floor(rng() * 150);
  const stage = oneOf(stages, rng);
  return [
    id,
    given,
    family,
    sometimes(id === '' ? 1 : 0.9, rng, () => `lead${String(number)}@post${String(number % 50)}.example`),
    sometimes(0.7, rng, () => `+44 7${String(100_000_000 + number).replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2$3')}`),
    sometimes(0.95, rng, () => oneOf(sources, rng)),
    number % 100 === 50 ? rareCourse : oneOf(courses, rng),
    sometimes(0.8, rng, () => oneOf(campuses, rng)),
    sometimes(0.9, rng, () => oneOf(countries, rng)),
    sometimes(0.7, rng, () => oneOf(cities, rng)),
    stage,
    stage === 'enrolled' ? 'Yes' : stage === 'lost' ? 'No' : '',
    day(enquired),
    sometimes(0.8, rng, () => day(enquired + Math.floor(rng() * 30))),
    sometimes(0.8, rng, () => oneOf(activities, rng)),
    sometimes(0.7, rng, () => whole(12, rng)),
    sometimes(0.7, rng, () => whole(5, rng)),
    sometimes(0.4, rng, () => whole(3, rng)),
    sometimes(0.8, rng, () => whole(20, rng)),
    sometimes(0.8, rng, () => whole(2_000, rng)),
    rng() < 0.08 ? 'Yes' : 'No',
    sometimes(0.8, rng, () => oneOf(occupations, rng)),
    sometimes(0.8, rng, () => oneOf(qualifications, rng)),
    sometimes(0.5, rng, () => String(500 * Math.floor(rng() * 40))),
    sometimes(0.3, rng, () => oneOf(notes, rng)),
  ].join(',');
}

/** One row in so many has no id, and then always an e-mail address. */
const withoutId = 10;

/**
 * A file of leads with 25 columns. One row in a hundred is the exact copy of an earlier one without an id, and one in two hundred comes
 * on top of them as the exact copy of an earlier one with an id.
 *
 * @param leads a multiple of 200
 * @param before leads of an earlier file, with none of which one of this file shares an id, an address or a number
 */
export function generateLeads(leads: number, seed: number, before = 0): GeneratedFile {
  const duplicates = leads / 100;
  const rejected = leads / 200;
  return {
    rows: leads + rejected,
    columns: header.length,
    leads,
    duplicates,
    rejected,
    *lines() {
      const rng = seededRng(seed);
      yield header.join(',');
      let lastWithId = '';
      let lastWithoutId = '';
      for (let number = 1; number <= leads; number += 1) {
        if (number % 100 === 0) yield lastWithoutId;
        else if (number % withoutId === 1) yield (lastWithoutId = row(before + number, '', rng));
        else yield (lastWithId = row(before + number, `L-${String(before + number).padStart(7, '0')}`, rng));
        if (number % 200 === 0) yield lastWithId;
      }
    },
  };
}

/** As people write them: two spellings of one source. */
const leadFileSources = ['Google', 'Google', 'Google', 'google', 'Direct Traffic', 'Olark Chat', 'Organic Search', 'Reference', 'Welingak Website'];

const leadFileHeader = [
  'Prospect ID', 'Lead Number', 'Lead Origin', 'Lead Source', 'Do Not Email', 'Do Not Call', 'Converted', 'TotalVisits',
  'Total Time Spent on Website', 'Page Views Per Visit', 'Last Activity', 'Country', 'Specialization',
];

/** A file in the shape of the real lead file: 9,240 rows of 37 columns, most of them options that few have chosen. */
export function generateLeadFile(seed: number): GeneratedFile {
  const rows = 9_240;
  const options = Array.from({ length: 24 }, (_none, index) => `Question ${String(index + 1)}`);
  return {
    rows,
    columns: leadFileHeader.length + options.length,
    leads: rows,
    duplicates: 0,
    rejected: 0,
    *lines() {
      const rng = seededRng(seed);
      yield [...leadFileHeader, ...options].join(',');
      for (let number = 1; number <= rows; number += 1) {
        yield [
          `prospect-${String(number)}`,
          String(600_000 + number),
          oneOf(['API', 'Landing page', 'Form'], rng),
          oneOf(leadFileSources, rng),
          rng() < 0.08 ? 'Yes' : 'No',
          'No',
          rng() < 0.385 ? '1' : '0',
          whole(20, rng),
          whole(2_000, rng),
          (rng() * 8).toFixed(1),
          oneOf(activities, rng),
          sometimes(0.75, rng, () => oneOf(countries, rng)),
          rng() < 0.3 ? 'Select' : oneOf(courses, rng),
          ...options.map((_option, index) => (index % 2 === 0 ? 'No' : sometimes(0.7, rng, () => (rng() < 0.3 ? 'Select' : oneOf(qualifications, rng))))),
        ].join(',');
      }
    },
  };
}
