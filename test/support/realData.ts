import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of real data: what is absent there is reported as skipped. */
export const sharedFolder = resolve(process.env.IVY_SHARED ?? '../shared');
export const leadFile = join(sharedFolder, 'data/leads/Leads.csv');
export const hasLeadFile = existsSync(leadFile);
export const personalTextsFile = join(sharedFolder, 'data/pii/presidio_generated_large.json');
export const hasPersonalTexts = existsSync(personalTextsFile);
export const poolFile = join(sharedFolder, 'data/learning/ham_technician-2026-2030.csv');
export const hasPoolFile = existsSync(poolFile);
export const attacksFile = join(sharedFolder, 'data/security/prompt_injections.jsonl');
export const hasAttacks = existsSync(attacksFile);
