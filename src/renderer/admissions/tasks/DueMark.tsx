import { AlarmClock, CalendarClock } from 'lucide-react';
import { useFormats } from '#renderer/data/format';
import { useNow } from '#renderer/data/useNow';
import { useWords } from '#renderer/data/words';
import { classes } from '#renderer/kit/classes';
import { useSignedIn } from '#renderer/shell/session';

/** When something is due, by the workspace's clock; what is overdue says so by icon, word and colour. */
export function DueMark({ at, compact = false }: { readonly at: number; readonly compact?: boolean }) {
  const { t } = useWords();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const overdue = at < useNow();
  const said = t(overdue ? 'tasks.overdue' : 'tasks.due', { day: formats.near(at) });
  const Icon = overdue ? AlarmClock : CalendarClock;
  return (
    <span title={formats.moment(at)} className={classes('tabular inline-flex items-center gap-1 text-xs', overdue ? 'font-medium text-critical' : 'text-faint')}>
      <Icon size={12} aria-hidden />
      {compact ? <span className="sr-only">{said}</span> : said}
    </span>
  );
}
