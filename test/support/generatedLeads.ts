import { writeFileSync } from 'node:fs';
import { generateLeadFile } from '#bench/generate';

const seed = 20_261_005;

/** Writes a made-up file of the shape of the public lead file. */
export function writeGeneratedLeadFile(path: string): void {
  writeFileSync(path, `${[...generateLeadFile(seed).lines()].join('\n')}\n`);
}
