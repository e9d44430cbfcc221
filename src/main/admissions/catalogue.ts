import { sourceRate, workspaceRate } from '#domain/admissions/sources/rates';
import { stages } from '#domain/admissions/leads/stages';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import { round } from '#domain/kernel/stats';
import type { attributes, courses, sources } from '#contract/admissions/catalogue';
import { Refusal } from '#contract/errors';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { ensureNamed, findAttributeById, findNamed, listAttributes, listNamed, renameCourse, setCoursePlaces, updateAttribute } from '#main/store/admissions/catalogue';
import { currentConfiguration } from '#main/store/admissions/configuration';
import { readLeads } from '#main/store/admissions/leadColumns';
import { type CourseTally, courseTallies, sourceOutcomes } from '#main/store/admissions/tallies';
import { startRescore } from './triage';

export function sourcesHandlers({ workspace }: HandlerParts): HandlersOf<typeof sources> {
  return {
    'admissions.sources.list': async (_input, context) => {
      const { store } = context;
      await readLeads(store);
      const prior = currentConfiguration<TriageConfiguration>(store, 'triage').value.source;
      const byKey = sourceOutcomes(store, stages.indexOf(workspace.settings().convertedStage), null);
      const all = [...byKey.values()].reduce((sum, row) => ({ converted: sum.converted + row.converted, known: sum.known + row.known }), { converted: 0, known: 0 });
      const items = listNamed(store, 'sources').map(({ key, id, name }) => {
        const { leads = 0, known = 0, converted = 0 } = byKey.get(key) ?? {};
        return { id, name, leads, known, converted, rate: round(sourceRate({ known, converted }, all, prior), 4) };
      });
      return { items, workspaceRate: round(workspaceRate(all, prior), 4) };
    },
  };
}

function view({ key: _key, ...course }: CourseTally) {
  return course;
}

export function coursesHandlers(parts: HandlerParts): HandlersOf<typeof courses> {
  const { newId, now } = parts;
  const find = (context: CallContext, id: string): CourseTally => {
    const found = courseTallies(context.store).find((course) => course.id === id);
    if (found === undefined) throw new Refusal('not_found', 'That course does not exist any more.');
    return found;
  };
  return {
    'admissions.courses.list': async (_input, context) => {
      await readLeads(context.store);
      return { items: courseTallies(context.store).map(view) };
    },

    'admissions.courses.create': async ({ name, places = null }, context) => {
      await readLeads(context.store);
      if (findNamed(context.store, 'courses', name) !== null) throw new Refusal('conflict', `There is a course ${name} already.`);
      const key = context.transact((writer, notes) => {
        const made = ensureNamed(writer, 'courses', name, newId, now());
        setCoursePlaces(writer, made, places, newId, now());
        notes.detail('course', made);
        return made;
      });
      const made = courseTallies(context.store).find((course) => course.key === key);
      if (made === undefined) throw new Error('A course that was just made is gone.');
      return view(made);
    },

    'admissions.courses.update': async ({ id, name, places }, context) => {
      await readLeads(context.store);
      const course = find(context, id);
      const other = name === undefined ? null : findNamed(context.store, 'courses', name);
      if (other !== null && other !== course.key) throw new Refusal('conflict', `There is a course ${name ?? ''} already.`);
      context.transact((writer, notes) => {
        if (name !== undefined) renameCourse(writer, course.key, name);
        if (places !== undefined) setCoursePlaces(writer, course.key, places, newId, now());
        notes.target(id);
      });
      if (places !== undefined && places !== course.places) startRescore(parts, context);
      return view(find(context, id));
    },
  };
}

export function attributesHandlers(_parts: HandlerParts): HandlersOf<typeof attributes> {
  return {
    'admissions.attributes.list': (_input, context) => ({
      items: listAttributes(context.store).map(({ key: _key, ...attribute }) => attribute),
    }),
    'admissions.attributes.update': ({ id, label, knownWhen }, context) => {
      const found = findAttributeById(context.store, id);
      if (found === null) throw new Refusal('not_found', 'That attribute does not exist any more.');
      context.transact((writer, notes) => {
        updateAttribute(writer, found.key, { label, knownWhen });
        notes.target(id);
      });
      return { id };
    },
  };
}
