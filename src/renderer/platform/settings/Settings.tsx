import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '#renderer/kit/classes';
import { toast } from '#renderer/kit/toasts';
import { useMay, useMayUseLeads, useSignedIn } from '#renderer/shell/session';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { About } from './About';
import { AcademicCalendar } from './AcademicCalendar';
import { Appearance } from './Appearance';
import { Backups } from './Backups';
import { Courses } from './Courses';
import { ForecastSettings } from './ForecastSettings';
import { LearningSettings } from './LearningSettings';
import { OwnPassPhrase } from './OwnPassPhrase';
import { ScoringRules } from './ScoringRules';
import { type SectionId, useUnsaved } from './Section';
import { TriageWeights } from './TriageWeights';
import { WorkspaceSettings } from './WorkspaceSettings';

/** Goes to the section that the address names, also where one is on this screen already. */
function useAnchor(): void {
  useEffect(() => {
    const go = (): void => {
      const section = document.getElementById(window.location.hash.slice(1));
      section?.scrollIntoView({ block: 'start' });
      section?.focus({ preventScroll: true });
    };
    go();
    // Sections above grow when their data comes.
    const timer = setTimeout(go, 400);
    // The router announces its own moves under the first of these names.
    const moves = ['pushState', 'hashchange'];
    for (const move of moves) window.addEventListener(move, go);
    return () => {
      clearTimeout(timer);
      for (const move of moves) window.removeEventListener(move, go);
    };
  }, []);
}

/** Says what was dropped when somebody leaves with changes that were not saved; a browser asks before its tab closes. */
function useLeaving(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (useUnsaved.getState().sections.size > 0 && window.ivy.door === 'web') event.preventDefault();
    };
    // Told before the sections go, which is when the router draws the next screen.
    const left = (): void => {
      const { sections } = useUnsaved.getState();
      if (window.location.pathname === '/settings' || sections.size === 0) return;
      toast({ title: t('settings.left', { sections: [...sections].map((id) => t(`settings.sections.${id}`)).join(', ') }) });
    };
    window.addEventListener('beforeunload', warn);
    window.addEventListener('pushState', left);
    window.addEventListener('popstate', left);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('pushState', left);
      window.removeEventListener('popstate', left);
    };
  }, [t]);
}

/** Everything that can be set, by section; each is saved on its own. Only what the person may see is here. */
export function Settings() {
  const { t } = useTranslation();
  useScreenTitle(t('places.settings'));
  useAnchor();
  useLeaving();
  const { workspace } = useSignedIn();
  const unsaved = useUnsaved(({ sections }) => sections);
  const leads = useMayUseLeads();
  const learning = useMay('system_config') && workspace.kind !== 'admissions';
  const backups = useMay('backup_restore');
  const sections: readonly (readonly [SectionId, ReactNode, boolean])[] = [
    ['workspace', <WorkspaceSettings key="workspace" />, true],
    ['appearance', <Appearance key="appearance" />, true],
    ['passPhrase', <OwnPassPhrase key="passPhrase" />, true],
    ['weights', <TriageWeights key="weights" />, leads],
    ['rules', <ScoringRules key="rules" />, leads],
    ['forecast', <ForecastSettings key="forecast" />, leads],
    ['courses', <Courses key="courses" />, leads],
    ['calendar', <AcademicCalendar key="calendar" />, leads],
    ['learning', <LearningSettings key="learning" />, learning],
    ['backups', <Backups key="backups" />, backups],
    ['about', <About key="about" />, true],
  ];
  const shown = sections.filter(([, , may]) => may);
  return (
    <div className="relative h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-6 p-4 sm:p-6 lg:flex-row">
        <nav aria-label={t('settings.contents')} className="shrink-0 lg:sticky lg:top-6 lg:w-48 lg:self-start">
          <ul className="flex flex-wrap gap-1 lg:flex-col">
            {shown.map(([id]) => (
              <li key={id}>
                <a href={`#${id}`} className={classes('flex h-8 items-center gap-2 rounded-md px-2.5 text-muted hover:bg-sunken hover:text-text max-lg:border max-lg:border-line')}>
                  {t(`settings.sections.${id}`)}
                  {unsaved.has(id) && <span role="img" aria-label={t('settings.unsaved')} className="size-1.5 rounded-full bg-medium" />}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 flex-1 flex-col gap-6">{shown.map(([, section]) => section)}</div>
      </div>
    </div>
  );
}
