import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { Button } from '#renderer/kit/Button';
import { Tag } from '#renderer/kit/Marks';
import { FormProblem } from '#renderer/platform/forms/FormProblem';

export const sectionIds = ['workspace', 'appearance', 'passPhrase', 'weights', 'rules', 'forecast', 'courses', 'calendar', 'learning', 'backups', 'about'] as const;
export type SectionId = (typeof sectionIds)[number];

interface Unsaved {
  readonly sections: ReadonlySet<SectionId>;
  readonly set: (id: SectionId, unsaved: boolean) => void;
}

/** Which sections hold what is not saved yet. */
export const useUnsaved = create<Unsaved>((set) => ({
  sections: new Set(),
  set: (id, unsaved) => {
    set(({ sections }) => {
      if (sections.has(id) === unsaved) return { sections };
      const changed = new Set(sections);
      if (unsaved) changed.add(id);
      else changed.delete(id);
      return { sections: changed };
    });
  },
}));

interface SectionProps {
  readonly id: SectionId;
  readonly detail?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the settings, which can be linked to. */
export function Section({ id, detail, children }: SectionProps) {
  const { t } = useTranslation();
  const unsaved = useUnsaved(({ sections }) => sections.has(id));
  return (
    <section id={id} aria-labelledby={`${id}-title`} tabIndex={-1} className="scroll-mt-4 rounded-md border border-line bg-surface outline-none">
      <header className="border-b border-line px-4 py-3 sm:px-5">
        <div className="flex items-center gap-2">
          <h2 id={`${id}-title`} className="font-semibold">
            {t(`settings.sections.${id}`)}
          </h2>
          {unsaved && <Tag tone="warn">{t('settings.unsaved')}</Tag>}
        </div>
        {detail !== undefined && <p className="mt-0.5 max-w-prose text-sm text-muted">{detail}</p>}
      </header>
      <div className="flex flex-col gap-5 p-4 sm:p-5">{children}</div>
    </section>
  );
}

interface SectionFormProps {
  readonly id: SectionId;
  readonly unsaved: boolean;
  readonly busy: boolean;
  readonly problem: string | undefined;
  /** False where the person may look and not change. */
  readonly mayEdit: boolean;
  readonly saveLabel?: string;
  readonly onSubmit: (event: React.SyntheticEvent) => void;
  readonly onDiscard: () => void;
  readonly children: ReactNode;
}

/** The fields of a section, saved or dropped together. */
export function SectionForm({ id, unsaved, busy, problem, mayEdit, saveLabel, onSubmit, onDiscard, children }: SectionFormProps) {
  const { t } = useTranslation();
  const set = useUnsaved((state) => state.set);
  useEffect(() => {
    set(id, unsaved);
    return () => {
      set(id, false);
    };
  }, [set, id, unsaved]);
  return (
    <form noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
      <fieldset disabled={!mayEdit} className="flex min-w-0 flex-col gap-5">
        {children}
      </fieldset>
      <FormProblem message={problem} />
      {mayEdit ? (
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          <Button type="submit" look="primary" disabled={!unsaved} busy={busy}>
            {saveLabel ?? t('settings.save')}
          </Button>
          {unsaved && (
            <Button look="quiet" disabled={busy} onClick={onDiscard}>
              {t('settings.discard')}
            </Button>
          )}
        </div>
      ) : (
        <p className="text-sm text-muted">{t('settings.mayNotEdit')}</p>
      )}
    </form>
  );
}
