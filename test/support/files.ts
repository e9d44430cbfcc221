import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './app';

/** Writes a file of its own folder and answers its path. */
export function fileWith(content: string | Uint8Array, name = 'leads.csv'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** A small file as a school's own list might be. */
export const smallCsv = `Lead ID,First name,Last name,Email,Phone,Source,Course,Created,Last activity date,Web visits,Converted,Occupation
A-1,Zara,Patel,zara.patel@example.com,07700 900001,UCAS,Computer Science,2026-09-01,2026-10-04,12,no,Student
A-2,Zoë,O'Brien,zoe@example.org,,ucas,Law,2026-08-15,2026-08-20,1,no,Select
A-3,Jan,van der Berg,,07700 900003,Referral,Computer Science,2026-09-20,,0,yes,Student
A-4,,,,,Unknown,,,,,no,
`;
