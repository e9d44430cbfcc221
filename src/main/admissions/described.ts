import { normaliseEmail, normalisePhone } from '#domain/admissions/leads/normalise';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import type { LeadFacts } from '#domain/admissions/triage/facts';
import type { DescribedLead } from '#contract/admissions/triage';
import type { Settings } from '#contract/platform/settings';
import { findNamed } from '#main/store/admissions/catalogue';
import { courseFacts } from '#main/store/admissions/facts';
import type { Reader } from '#main/store/tx';

function momentOf(at: DescribedLead['lastActivityAt']): number | null {
  if (at === undefined || at === null) return null;
  const parsed = typeof at === 'number' ? at : Date.parse(at);
  return Number.isNaN(parsed) ? null : parsed;
}

/** The facts of a lead that a caller describes. Its source and course are looked up by name; what is left out is unknown. */
export function factsOfDescribed(reader: Reader, lead: DescribedLead, settings: Settings): LeadFacts {
  const totals: Partial<Record<Signal, number>> = {};
  for (const signal of signals) {
    const total = lead[signal] ?? lead.engagementData?.[signal];
    if (total !== undefined) totals[signal] = total;
  }
  const email = lead.email === undefined || lead.email === null ? null : normaliseEmail(lead.email);
  const phone = lead.phone === undefined || lead.phone === null ? null : normalisePhone(lead.phone, settings.defaultCountry);
  const source = lead.source === undefined || lead.source === null || lead.source.trim() === '' ? null : lead.source;
  const course = lead.course ?? lead.courseDeclared ?? null;
  const courseKey = course === null ? null : findNamed(reader, 'courses', course);
  return {
    leadId: lead.id,
    stage: lead.stage ?? 'enquiry',
    converted: lead.converted ?? null,
    hasEmail: lead.hasEmail ?? email !== null,
    hasPhone: lead.hasPhone ?? phone !== null,
    mayEmail: lead.mayEmail ?? lead.gdprConsent !== false,
    mayPhone: lead.mayPhone ?? lead.gdprConsent !== false,
    consentRecorded: lead.gdprConsent !== undefined || lead.mayEmail !== undefined || lead.mayPhone !== undefined,
    source: source === null ? null : { key: String(findNamed(reader, 'sources', source) ?? `new ${source}`), name: source },
    signals: totals,
    lastActivityAt: momentOf(lead.lastActivityAt),
    course: course === null ? null : courseKey === null ? { name: course, capacity: null, taken: 0 } : courseFacts(reader, courseKey),
  };
}

