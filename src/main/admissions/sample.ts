import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateSample, type Sample, samplePlaces } from '#domain/admissions/sample/generate';
import { isContact } from '#domain/admissions/leads/touchpoints';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { writeCsv } from '#main/files/csvWriter';
import { findNamed, setCoursePlaces } from '#main/store/admissions/catalogue';
import { findExternalAnywhere } from '#main/store/admissions/imports';
import { readLeadState, updateLead } from '#main/store/admissions/leadWrites';
import { insertTask } from '#main/store/admissions/tasks';
import { insertTouchpoint } from '#main/store/admissions/touchpoints';
import { rescoreAll } from './scoring';

/** Writes made-up leads to a file of the profile, which then travels the way of every import. Answers its id. */
export async function writeSample(parts: HandlerParts, context: CallContext): Promise<{ readonly fileId: string; readonly sample: Sample }> {
  const sample = generateSample(parts.now());
  mkdirSync(parts.profile.uploadsFolder, { recursive: true, mode: 0o700 });
  const fileId = parts.newId();
  const path = join(parts.profile.uploadsFolder, fileId);
  await writeCsv(path, sample.header, sample.rows, context.signal);
  parts.files.register(fileId, { path, name: 'Sample leads.csv', userId: actorOf(context).userId, temporary: true });
  return { fileId, sample };
}

/** Adds what a file of leads cannot bring: places of courses, contacts that were made, and tasks. */
export async function fillSample(parts: HandlerParts, context: CallContext, sample: Sample): Promise<void> {
  const { newId, workspace } = parts;
  const { userKey } = actorOf(context);
  const at = parts.now();
  context.store.transaction((writer) => {
    for (const [name, places] of Object.entries(samplePlaces)) {
      const course = findNamed(writer, 'courses', name);
      if (course !== null) setCoursePlaces(writer, course, places, newId, at);
    }
    for (const { externalId, ...touchpoint } of sample.touchpoints) {
      const key = findExternalAnywhere(writer, externalId);
      const state = key === null ? null : readLeadState(writer, key);
      if (state === null) continue;
      insertTouchpoint(writer, { ...touchpoint, id: newId(), leadKey: state.key, userKey, effects: null }, touchpoint.at);
      if (isContact(touchpoint)) updateLead(writer, state, { lead: { last_contacted_at: touchpoint.at }, person: {} }, false, at);
    }
    for (const { externalId, title, dueAt } of sample.tasks) {
      const leadKey = findExternalAnywhere(writer, externalId);
      insertTask(writer, { id: newId(), leadKey, title, dueAt, assigneeKey: userKey, createdBy: userKey }, at);
    }
  });
  await rescoreAll({ store: context.store, pool: parts.pool, settings: workspace.settings(), now: at, signal: context.signal, checkpoint: context.checkpoint });
}
