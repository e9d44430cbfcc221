import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useChatPanel } from '#renderer/admissions/chat/panelState';
import { usePreferences } from '#renderer/data/preferences';
import { SkeletonRows } from '#renderer/kit/Face';
import { runNewestAction } from '#renderer/kit/toasts';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { CommandPalette } from './CommandPalette';
import { ErrorBoundary } from './ErrorBoundary';
import { Header } from './Header';
import { Navigation } from './Navigation';
import { mayChatAt, places } from './places';
import { SampleBanner } from './SampleBanner';
import { useSignedIn } from './session';
import { ShortcutList } from './ShortcutList';
import { StatusLine } from './StatusLine';
import { useIdleLock } from './useIdleLock';

const Today = lazy(() => import('#renderer/admissions/today/Today').then((module) => ({ default: module.Today })));
const Alerts = lazy(() => import('#renderer/admissions/alerts/Alerts').then((module) => ({ default: module.Alerts })));
const Leads = lazy(() => import('#renderer/admissions/leads/Leads').then((module) => ({ default: module.Leads })));
const Lead = lazy(() => import('#renderer/admissions/lead/Lead').then((module) => ({ default: module.Lead })));
const Ask = lazy(() => import('#renderer/admissions/ask/Ask').then((module) => ({ default: module.Ask })));
const Summaries = lazy(() => import('#renderer/admissions/summaries/Summaries').then((module) => ({ default: module.Summaries })));
const ChatPanel = lazy(() => import('#renderer/admissions/chat/ChatPanel').then((module) => ({ default: module.ChatPanel })));
const Imports = lazy(() => import('#renderer/admissions/imports/Imports').then((module) => ({ default: module.Imports })));
const Duplicates = lazy(() => import('#renderer/admissions/duplicates/Duplicates').then((module) => ({ default: module.Duplicates })));
const Models = lazy(() => import('#renderer/models/Models').then((module) => ({ default: module.Models })));
const Library = lazy(() => import('#renderer/learning/library/Library').then((module) => ({ default: module.Library })));
const SectionPage = lazy(() => import('#renderer/learning/library/Reading').then((module) => ({ default: module.SectionPage })));
const QuestionPage = lazy(() => import('#renderer/learning/library/Reading').then((module) => ({ default: module.QuestionPage })));
const TopicPage = lazy(() => import('#renderer/learning/library/Reading').then((module) => ({ default: module.TopicPage })));
const FlashcardsPage = lazy(() => import('#renderer/learning/library/Reading').then((module) => ({ default: module.FlashcardsPage })));
const Courses = lazy(() => import('#renderer/learning/courses/Courses').then((module) => ({ default: module.Courses })));
const CoursePage = lazy(() => import('#renderer/learning/courses/CoursePage').then((module) => ({ default: module.CoursePage })));
const ImportCourse = lazy(() => import('#renderer/learning/courses/ImportCourse').then((module) => ({ default: module.ImportCourse })));
const Learn = lazy(() => import('#renderer/learning/learn/Learn').then((module) => ({ default: module.Learn })));
const Practice = lazy(() => import('#renderer/learning/practice/Practice').then((module) => ({ default: module.Practice })));
const Sitting = lazy(() => import('#renderer/learning/practice/Sitting').then((module) => ({ default: module.Sitting })));
const Flashcards = lazy(() => import('#renderer/learning/practice/Flashcards').then((module) => ({ default: module.Flashcards })));
const Exams = lazy(() => import('#renderer/learning/exams/Exams').then((module) => ({ default: module.Exams })));
const Exam = lazy(() => import('#renderer/learning/exams/Exam').then((module) => ({ default: module.Exam })));
const ExamReview = lazy(() => import('#renderer/learning/exams/ExamReview').then((module) => ({ default: module.ExamReview })));
const Labs = lazy(() => import('#renderer/learning/labs/Labs').then((module) => ({ default: module.Labs })));
const Lab = lazy(() => import('#renderer/learning/labs/Lab').then((module) => ({ default: module.Lab })));
const Tutor = lazy(() => import('#renderer/learning/tutor/Tutor').then((module) => ({ default: module.Tutor })));
const Goal = lazy(() => import('#renderer/learning/goal/Goal').then((module) => ({ default: module.Goal })));
const Standing = lazy(() => import('#renderer/learning/standing/Standing').then((module) => ({ default: module.Standing })));
const Users = lazy(() => import('#renderer/platform/users/Users').then((module) => ({ default: module.Users })));
const Redaction = lazy(() => import('#renderer/platform/redaction/Redaction').then((module) => ({ default: module.Redaction })));
const Language = lazy(() => import('#renderer/platform/language/Language').then((module) => ({ default: module.Language })));
const LanguageHolds = lazy(() => import('#renderer/platform/language/LanguageHolds').then((module) => ({ default: module.LanguageHolds })));
const Audit = lazy(() => import('#renderer/platform/audit/Audit').then((module) => ({ default: module.Audit })));
const Settings = lazy(() => import('#renderer/platform/settings/Settings').then((module) => ({ default: module.Settings })));

/** Navigation, header, the screen of the moment, and the status line. */
export function Frame() {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [path, go] = useLocation();
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const { navigationFolded, set } = usePreferences();
  const chatting = useChatPanel(({ open }) => open) && mayChatAt(session, path);
  useIdleLock(session);
  useShortcuts([
    { keys: 'mod+k', label: t('keys.palette'), inFields: true, run: () => { setPalette((open) => !open); } },
    { keys: '?', label: t('keys.list'), run: () => { setKeys(true); } },
    { keys: '[', label: t('keys.fold'), run: () => { set({ navigationFolded: !navigationFolded }); } },
    { keys: 'u', label: t('keys.undo'), run: () => { runNewestAction(); } },
    { keys: 'mod+z', label: t('keys.undo'), run: () => { runNewestAction(); } },
  ]);
  const home = places.find((place) => place.may(session))?.path ?? '/settings';
  const allowed = (at: string): boolean => places.find((place) => place.path === at)?.may(session) === true;
  return (
    <div className="flex h-full flex-col-reverse sm:flex-row print:block print:h-auto">
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-action focus:px-3 focus:py-1.5 focus:text-on-action">
        {t('frame.skip')}
      </a>
      <Navigation />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col print:block">
        {session.workspace.sample && <SampleBanner name={session.workspace.name} />}
        <Header onPalette={() => { setPalette(true); }} onKeys={() => { setKeys(true); }} />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-hidden outline-none print:overflow-visible">
          <ErrorBoundary place={path}>
            <Suspense fallback={<SkeletonRows label={t('common.loading')} />}>
              <Switch>
                {allowed('/') && <Route path="/" component={Today} />}
                {allowed('/alerts') && <Route path="/alerts" component={Alerts} />}
                {allowed('/leads') && <Route path="/leads" component={Leads} />}
                {allowed('/leads') && <Route path="/leads/:id">{({ id }) => <Lead key={id} id={id} />}</Route>}
                {allowed('/ask') && <Route path="/ask" component={Ask} />}
                {allowed('/summaries') && <Route path="/summaries/:tab?">{({ tab }) => <Summaries tab={tab} />}</Route>}
                {allowed('/import') && <Route path="/import" component={Imports} />}
                {allowed('/duplicates') && <Route path="/duplicates" component={Duplicates} />}
                {allowed('/models') && <Route path="/models/:tab?">{({ tab }) => <Models tab={tab} />}</Route>}
                {allowed('/models') && <Route path="/models/registry/:id">{({ id }) => <Models tab="registry" id={id} />}</Route>}
                {allowed('/library') && <Route path="/library" component={Library} />}
                {allowed('/library') && <Route path="/library/sections/:id">{({ id }) => <SectionPage key={id} id={id} />}</Route>}
                {allowed('/library') && <Route path="/library/questions/:id">{({ id }) => <QuestionPage key={id} id={id} />}</Route>}
                {allowed('/library') && <Route path="/library/topics/:courseId/:topic">{({ courseId, topic }) => <TopicPage key={topic} courseId={courseId} topic={decodeURIComponent(topic)} />}</Route>}
                {allowed('/library') && <Route path="/library/flashcards/:courseId">{({ courseId }) => <FlashcardsPage key={courseId} courseId={courseId} />}</Route>}
                {allowed('/packs') && <Route path="/packs" component={Courses} />}
                {allowed('/packs') && <Route path="/packs/import" component={ImportCourse} />}
                {allowed('/packs') && <Route path="/packs/:id">{({ id }) => <CoursePage key={id} id={id} />}</Route>}
                {allowed('/learn') && <Route path="/learn" component={Learn} />}
                {allowed('/practice') && <Route path="/practice" component={Practice} />}
                {allowed('/practice') && <Route path="/practice/:id">{({ id }) => <Sitting key={id} id={id} />}</Route>}
                {allowed('/flashcards') && <Route path="/flashcards" component={Flashcards} />}
                {allowed('/exams') && <Route path="/exams" component={Exams} />}
                {allowed('/exams') && <Route path="/exams/:id">{({ id }) => <Exam key={id} id={id} />}</Route>}
                {allowed('/exams') && <Route path="/exams/:id/review">{({ id }) => <ExamReview key={id} id={id} />}</Route>}
                {allowed('/labs') && <Route path="/labs" component={Labs} />}
                {allowed('/labs') && <Route path="/labs/:id">{({ id }) => <Lab key={id} id={id} />}</Route>}
                {allowed('/tutor') && <Route path="/tutor" component={Tutor} />}
                {allowed('/goal') && <Route path="/goal" component={Goal} />}
                {allowed('/standing') && <Route path="/standing/:tab?">{({ tab }) => <Standing tab={tab} />}</Route>}
                {allowed('/users') && <Route path="/users" component={Users} />}
                {allowed('/redaction') && <Route path="/redaction" component={Redaction} />}
                {allowed('/language') && <Route path="/language/:tab?">{({ tab }) => <Language tab={tab} />}</Route>}
                {allowed('/audit') && <Route path="/audit" component={Audit} />}
                <Route path="/settings" component={Settings} />
                <Redirect to={home} replace />
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </main>
        <StatusLine />
      </div>
      {chatting && (
        <Suspense fallback={null}>
          <ChatPanel />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <LanguageHolds />
      </Suspense>
      <CommandPalette open={palette} onClose={() => { setPalette(false); }} onGo={go} onKeys={() => { setKeys(true); }} />
      <ShortcutList open={keys} onClose={() => { setKeys(false); }} />
    </div>
  );
}
