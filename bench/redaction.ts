import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPersonalData } from '#domain/platform/redaction/detect';
import type { NameKnowledge } from '#domain/platform/redaction/types';
import { nameKnowledge } from '#main/language/nameLists';
import type { Figure } from '#bench/report';

interface LabelledText {
  readonly full_text: string;
  readonly spans: readonly { readonly entity_type: string; readonly start_position: number; readonly end_position: number }[];
}

/** What the labels of the texts are to Ivy; docs/privacy.md tells why the others are left out. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  PERSON: ['name'],
  EMAIL_ADDRESS: ['email'],
  PHONE_NUMBER: ['phone'],
  ADDRESS: ['address', 'postcode'],
  CREDIT_CARD: ['financial'],
  IBAN_CODE: ['financial'],
  US_SSN: ['national_id'],
  US_DRIVER_LICENSE: ['national_id'],
};

/** How well personal data is found in labelled texts, by spans that overlap, over the types that both know. */
export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly labels: number;
  readonly megabytes: number;
  /** Of the processor, so that other programs do not count. */
  readonly seconds: number;
}

export function agreementOn(file: string, knowledge: NameKnowledge): Agreement {
  const texts = JSON.parse(readFileSync(file, 'utf8')) as readonly LabelledText[];
  const sums = { right: 0, finds: 0, told: 0, labels: 0, bytes: 0, milliseconds: 0 };
  for (const { full_text: text, spans } of texts) {
    const known = spans.filter(({ entity_type: label }) => typesOf[label] !== undefined);
    const began = process.cpuUsage();
    const all = findPersonalData(text, knowledge);
    const { user, system } = process.cpuUsage(began);
    sums.milliseconds += (user + system) / 1_000;
    const finds = all.filter(({ type }) => Object.values(typesOf).some((types) => types.includes(type)));
    const agree = (label: (typeof known)[number], find: (typeof finds)[number]): boolean =>
      (typesOf[label.entity_type] ?? []).includes(find.type) && label.start_position < find.end && find.start < label.end_position;
    sums.bytes += Buffer.byteLength(text);
    sums.finds += finds.length;
    sums.labels += known.length;
    sums.right += finds.filter((find) => known.some((label) => agree(label, find))).length;
    sums.told += known.filter((label) => finds.some((find) => agree(label, find))).length;
  }
  return { precision: sums.right / sums.finds, recall: sums.told / sums.labels, labels: sums.labels, megabytes: sums.bytes / 1e6, seconds: sums.milliseconds / 1_000 };
}

/** Redaction: how fast, and how well on texts that others have labelled. */
export function benchRedaction(shared: string): Figure[] {
  const file = join(shared, 'data/pii/presidio_generated_large.json');
  if (!existsSync(file)) return [];
  const knowledge = nameKnowledge(() => false);
  // The first pass reads the lists of names and warms the engine.
  agreementOn(file, knowledge);
  const { precision, recall, labels, megabytes, seconds } = agreementOn(file, knowledge);
  const note = `${String(labels)} labels in ${megabytes.toFixed(2)} MB of the Presidio research set, by spans that overlap`;
  return [
    { name: 'redaction: speed', value: megabytes / seconds, unit: 'MB/s', target: 0.4, atLeast: true, note: 'One thread, by its own time on the processor; texts of a few lines each' },
    { name: 'redaction: precision', value: precision, unit: '', target: 0.88, atLeast: true, note },
    { name: 'redaction: recall', value: recall, unit: '', target: 0.88, atLeast: true, note },
  ];
}
