import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '#renderer/data/client';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { SkeletonRows } from '#renderer/kit/Face';
import { TextField } from '#renderer/kit/Field';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { AddCourse } from './AddCourse';
import { Section, SectionForm } from './Section';

/** A course as it is being changed; words, because a field may be empty or wrong meanwhile. */
interface Edit {
  readonly name: string;
  readonly places: string;
}

/** From so many courses on one searches for them. */
const manyCourses = 12;
const mostShown = 100;

const placesOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));
const isPlaces = (text: string): boolean => {
  const places = placesOf(text);
  return places === null || (Number.isInteger(places) && places >= 0 && places <= 1_000_000);
};

/** How many places each course has: a lead of a full one is worth less today. */
export function Courses() {
  const { t } = useTranslation();
  const formats = useFormats();
  const mayEdit = useMay('ai_analytics');
  const courses = useEntry('admissions.courses.list', {});
  const update = useCommand('admissions.courses.update');
  const [edits, setEdits] = useState<Readonly<Record<string, Edit>>>({});
  const [problem, setProblem] = useState<string>();
  const [search, setSearch] = useState('');
  const items = courses.data?.items ?? [];
  const changed = items.filter(({ id, name, places }) => {
    const edit = edits[id];
    return edit !== undefined && (edit.name !== name || placesOf(edit.places) !== places);
  });
  const wrong = changed.some(({ id }) => !isPlaces(edits[id]?.places ?? '') || edits[id]?.name.trim() === '');
  const save = async (): Promise<void> => {
    setProblem(undefined);
    try {
      for (const { id, name, places } of changed) {
        const edit = edits[id];
        if (edit === undefined) continue;
        const next = placesOf(edit.places);
        await update.mutateAsync({ id, ...(edit.name === name ? {} : { name: edit.name }), ...(next === places ? {} : { places: next }) });
        setEdits(({ [id]: _saved, ...others }) => others);
      }
      toast({ title: t('settings.courses.saved') });
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const wanted = search.trim().toLowerCase();
  const fitting = items.filter(({ name }) => name.toLowerCase().includes(wanted));
  const shown = fitting.slice(0, mostShown);
  return (
    <Section id="courses" detail={t('settings.courses.detail')}>
      {courses.error !== null ? (
        <Failure error={courses.error} onRetry={() => void courses.refetch()} />
      ) : courses.data === undefined ? (
        <SkeletonRows rows={5} label={t('common.loading')} />
      ) : (
        <>
          {items.length === 0 ? (
            <p className="text-muted">{t('settings.courses.none')}</p>
          ) : (
            <SectionForm
              id="courses"
              unsaved={changed.length > 0}
              busy={update.isPending}
              problem={problem}
              mayEdit={mayEdit}
              saveLabel={t('settings.saveAndScore')}
              onSubmit={(event) => {
                event.preventDefault();
                if (wrong) setProblem(t('settings.courses.wrong'));
                else void save();
              }}
              onDiscard={() => {
                setEdits({});
                setProblem(undefined);
              }}
            >
              {items.length > manyCourses && <TextField className="max-w-sm" label={t('settings.courses.search')} labelHidden placeholder={t('settings.courses.search')} type="search" value={search} onChange={(event) => { setSearch(event.target.value); }} />}
              <Sheet className="[&_td]:align-top" caption={t('settings.sections.courses')}>
                <thead>
                  <tr>
                    <Head className="pl-0">{t('settings.courses.course')}</Head>
                    <Head number className="max-sm:hidden">{t('settings.courses.leads')}</Head>
                    <Head number>{t('settings.courses.taken')}</Head>
                    <Head className="pr-0">{t('settings.courses.places')}</Head>
                  </tr>
                </thead>
                <tbody>
                  {shown.map(({ id, name, leads, places, taken }) => {
                    const edit = edits[id] ?? { name, places: places === null ? '' : String(places) };
                    const set = (changes: Partial<Edit>): void => {
                      setEdits((before) => ({ ...before, [id]: { ...edit, ...changes } }));
                    };
                    return (
                      <tr key={id}>
                        <Cell className="min-w-36 pl-0">
                          <TextField label={t('settings.courses.nameOf', { name })} labelHidden maxLength={500} error={edit.name.trim() === '' ? t('settings.courses.nameMissing') : undefined} value={edit.name} onChange={(event) => { set({ name: event.target.value }); }} />
                        </Cell>
                        <Cell number className="leading-8 max-sm:hidden">{formats.number(leads)}</Cell>
                        <Cell number className="leading-8">
                          {places !== null && taken >= places && <Tag tone="bad">{t('settings.courses.full')}</Tag>} {formats.number(taken)}
                        </Cell>
                        <Cell className="w-28 pr-0">
                          <TextField
                            label={t('settings.courses.placesOf', { name })}
                            labelHidden
                            inputMode="numeric"
                            placeholder={t('settings.courses.unknown')}
                            error={isPlaces(edit.places) ? undefined : t('settings.courses.placesWrong')}
                            value={edit.places}
                            onChange={(event) => { set({ places: event.target.value }); }}
                          />
                        </Cell>
                      </tr>
                    );
                  })}
                </tbody>
              </Sheet>
              {shown.length < fitting.length && <p className="text-sm text-muted">{t('settings.courses.more', { shown: formats.number(shown.length), total: formats.number(fitting.length) })}</p>}
              {fitting.length === 0 && <p className="text-sm text-muted">{t('settings.courses.nothing')}</p>}
            </SectionForm>
          )}
          {mayEdit && <AddCourse />}
        </>
      )}
    </Section>
  );
}
