import { BellRing, BookOpen, BrainCircuit, CalendarRange, ClipboardList, Combine, EyeOff, FileUp, Gauge, GraduationCap, Layers, ListTodo, type LucideIcon, MessageCircleQuestion, MessageSquareText, Package, PencilLine, ScrollText, Settings, SquareTerminal, Target, Timer, Users } from 'lucide-react';
import type { Session } from '#contract/platform/sessions';
import { accessScope, hasPermission, roleGrants } from '#domain/platform/roles';
import type { catalogue } from './catalogue';

/** A place that one can go to. */
export interface Place {
  readonly path: string;
  /** Key of its name in the catalogue. */
  readonly name: `places.${keyof (typeof catalogue)['places']}`;
  readonly icon: LucideIcon;
  readonly group: 'work' | 'learn' | 'admin';
  readonly may: (session: Session) => boolean;
}

const usesLeads = ({ user, workspace }: Session): boolean => workspace.kind !== 'learning' && roleGrants[user.role].resources.lead_data !== undefined;

/** Any user may study where the workspace is for it; a student always may. */
const usesCourses = ({ user, workspace }: Session): boolean => workspace.kind !== 'admissions' || user.role === 'student';

/** The navigation, in its order. It shows only what the person may use. */
export const places: readonly Place[] = [
  { path: '/', name: 'places.today', icon: ListTodo, group: 'work', may: usesLeads },
  { path: '/alerts', name: 'places.alerts', icon: BellRing, group: 'work', may: usesLeads },
  { path: '/leads', name: 'places.leads', icon: ClipboardList, group: 'work', may: usesLeads },
  { path: '/ask', name: 'places.ask', icon: MessageCircleQuestion, group: 'work', may: usesLeads },
  { path: '/summaries', name: 'places.summaries', icon: CalendarRange, group: 'work', may: usesLeads },
  { path: '/import', name: 'places.import', icon: FileUp, group: 'work', may: usesLeads },
  { path: '/duplicates', name: 'places.duplicates', icon: Combine, group: 'work', may: usesLeads },
  { path: '/models', name: 'places.models', icon: BrainCircuit, group: 'work', may: (session) => usesLeads(session) && accessScope(session.user.role, 'ai_models', 'view') !== null },
  { path: '/learn', name: 'places.learn', icon: GraduationCap, group: 'learn', may: usesCourses },
  { path: '/practice', name: 'places.practice', icon: PencilLine, group: 'learn', may: usesCourses },
  { path: '/flashcards', name: 'places.flashcards', icon: Layers, group: 'learn', may: usesCourses },
  { path: '/exams', name: 'places.exams', icon: Timer, group: 'learn', may: usesCourses },
  { path: '/tutor', name: 'places.tutor', icon: MessageCircleQuestion, group: 'learn', may: usesCourses },
  { path: '/labs', name: 'places.labs', icon: SquareTerminal, group: 'learn', may: usesCourses },
  { path: '/goal', name: 'places.goal', icon: Target, group: 'learn', may: usesCourses },
  { path: '/standing', name: 'places.standing', icon: Gauge, group: 'learn', may: usesCourses },
  { path: '/library', name: 'places.library', icon: BookOpen, group: 'learn', may: usesCourses },
  { path: '/packs', name: 'places.packs', icon: Package, group: 'learn', may: usesCourses },
  { path: '/redaction', name: 'places.redaction', icon: EyeOff, group: 'admin', may: ({ user }) => hasPermission(user.role, 'pii_detect') },
  { path: '/language', name: 'places.language', icon: MessageSquareText, group: 'admin', may: ({ user }) => hasPermission(user.role, 'ai_chat') },
  { path: '/users', name: 'places.users', icon: Users, group: 'admin', may: ({ user }) => hasPermission(user.role, 'user_view') },
  { path: '/audit', name: 'places.audit', icon: ScrollText, group: 'admin', may: ({ user }) => hasPermission(user.role, 'audit_logs') && accessScope(user.role, 'audit_logs', 'view') !== null },
  { path: '/settings', name: 'places.settings', icon: Settings, group: 'admin', may: () => true },
];

/** Whether the chat about leads can be opened here: on every screen of admissions, by whoever may see leads. */
export function mayChatAt(session: Session, path: string): boolean {
  const at = places.find((place) => place.path === `/${path.split('/')[1] ?? ''}`);
  return at?.group === 'work' && at.may(session) && hasPermission(session.user.role, 'ai_chat');
}
