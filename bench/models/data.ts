import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type Column, categoryColumn, type Examples, type Frame, numberColumn } from '#domain/models/frame';

// The real data that models are held against, as scikit-learn's yardstick reads it.

type Row = Readonly<Record<string, string>>;

/** Columns of the lead file that are filled in after somebody has spoken with the lead. */
export const afterContact = ['Tags', 'Lead Quality', 'Lead Profile', 'Asymmetrique Activity Index', 'Asymmetrique Profile Index', 'Asymmetrique Activity Score', 'Asymmetrique Profile Score'];
export const lastActivity = ['Last Activity', 'Last Notable Activity'];

function read(file: string): Row[] {
  return parse(readFileSync(file), { columns: true, skip_empty_lines: true, bom: true });
}

/** Numbers where all that is there is one, else texts. */
function columnOf(name: string, values: readonly string[], missing: ReadonlySet<string>): Column {
  const present = values.filter((value) => !missing.has(value));
  if (present.length > 0 && present.every((value) => Number.isFinite(Number(value)))) {
    return numberColumn(name, values.map((value) => (missing.has(value) ? Number.NaN : Number(value))));
  }
  return categoryColumn(name, values.map((value) => (missing.has(value) ? null : value)));
}

function frameOf(rows: readonly Row[], names: readonly string[], missing: ReadonlySet<string>): Frame {
  return { rows: rows.length, columns: names.map((name) => columnOf(name, rows.map((row) => row[name] ?? ''), missing)) };
}

/** The lead file: `Select` means "not answered". */
export function readLeads(folder: string): Examples {
  const rows = read(join(folder, 'data/leads/Leads.csv'));
  const names = Object.keys(rows[0] ?? {}).filter((name) => !['Prospect ID', 'Lead Number', 'Converted'].includes(name));
  return { frame: frameOf(rows, names, new Set(['', 'Select'])), labels: Uint8Array.from(rows, (row) => Number(row.Converted)) };
}

/** Students of 2013 who are still registered at day 60, with what is known of them by then, and whether they passed in the end. */
export function readOutcomes(folder: string): Examples & { readonly groups: readonly string[] } {
  const table = (name: string): Row[] => read(join(folder, `data/outcomes/oulad_2013_${name}.csv`));
  const key = (row: Row): string => `${row.code_module ?? ''}|${row.code_presentation ?? ''}|${row.id_student ?? ''}`;
  const assessments = new Map(table('assessments').map((row) => [row.id_assessment, row]));
  const early = new Map<string, { count: number; known: number; sum: number; last: number }>();
  for (const score of table('studentAssessment')) {
    const assessment = assessments.get(score.id_assessment);
    if (assessment === undefined || Number(score.date_submitted) > 60 || score.is_banked !== '0') continue;
    const of = key({ ...assessment, id_student: score.id_student ?? '' });
    const sums = early.get(of) ?? { count: 0, known: 0, sum: 0, last: Number.NEGATIVE_INFINITY };
    const value = score.score ?? '';
    // As the yardstick counts: an answer without a score is handed in, yet has none.
    early.set(of, {
      count: sums.count + 1,
      known: sums.known + Number(value !== ''),
      sum: sums.sum + Number(value),
      last: Math.max(sums.last, Number(score.date_submitted)),
    });
  }
  const registrations = new Map(table('studentRegistration').map((row) => [key(row), row]));
  const rows = table('studentInfo').flatMap((info): Row[] => {
    const registration = registrations.get(key(info));
    const left = registration?.date_unregistration ?? '';
    if (registration === undefined || (left !== '' && Number(left) <= 60)) return [];
    const sums = early.get(key(info));
    return [
      {
        ...info,
        date_registration: registration.date_registration ?? '',
        n: String(sums?.count ?? 0),
        mean: sums === undefined || sums.known === 0 ? '' : String(sums.sum / sums.known),
        last: sums === undefined ? '' : String(sums.last),
      },
    ];
  });
  const names = Object.keys(rows[0] ?? {}).filter((name) => !['final_result', 'id_student'].includes(name));
  return {
    frame: frameOf(rows, names, new Set([''])),
    labels: Uint8Array.from(rows, ({ final_result: result }) => Number(result === 'Pass' || result === 'Distinction')),
    groups: rows.map((row) => row.id_student ?? ''),
  };
}
