import { open, stat } from 'node:fs/promises';
import type { Encoding } from '#domain/admissions/imports/sniff';
import { Refusal } from '#contract/errors';
import { openCsv } from './csvReader';
import type { Table } from './table';
import { openXlsx } from './xlsxReader';

export interface TableChoice {
  readonly path: string;
  /** What the person calls the file; it stands in every message. */
  readonly name: string;
  readonly delimiter?: string | undefined;
  readonly encoding?: Encoding | undefined;
  readonly sheet?: string | undefined;
  readonly maximumBytes: number;
}

const zipMagic = [0x50, 0x4b, 0x03, 0x04];
const oldOfficeMagic = [0xd0, 0xcf, 0x11, 0xe0];

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function fileProblem(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOENT':
      return new Refusal('not_found', `${name} does not exist. Check the path, or choose the file again.`);
    case 'EACCES':
    case 'EPERM':
      return new Refusal('unreadable_file', `${name} may not be read. Change its permissions, or choose another file.`);
    case 'EISDIR':
      return new Refusal('unreadable_file', `${name} is a folder. Choose a CSV or Excel file in it.`);
    default:
      return error;
  }
}

/** Opens a table file by what it contains, whatever it is called. */
export async function openTable(choice: TableChoice): Promise<Table> {
  const { path, name } = choice;
  try {
    const about = await stat(path);
    if (!about.isFile()) throw new Refusal('unreadable_file', `${name} is not a file. Choose a CSV or Excel file.`);
    if (about.size === 0) throw new Refusal('unreadable_file', `${name} is empty. Choose another file.`);
    if (about.size > choice.maximumBytes) {
      throw new Refusal(
        'too_large',
        `${name} has ${String(Math.ceil(about.size / 1_048_576))} MB; the most is ${String(Math.floor(choice.maximumBytes / 1_048_576))} MB. Split it, or raise the limit in the settings.`,
      );
    }
    const first = new Uint8Array(4);
    const handle = await open(path, 'r');
    try {
      await handle.read(first, 0, 4, 0);
    } finally {
      await handle.close();
    }
    if (beginsWith(first, oldOfficeMagic)) {
      throw new Refusal('unreadable_file', `${name} is in the Excel format of before 2007. Save it as .xlsx or CSV and choose that.`);
    }
    return beginsWith(first, zipMagic) ? await openXlsx(path, name, about.size, choice.sheet) : await openCsv(path, name, about.size, choice);
  } catch (error) {
    throw fileProblem(error, name);
  }
}
