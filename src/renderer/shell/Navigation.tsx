import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useEntry } from '#renderer/data/hooks';
import { useFormats } from '#renderer/data/format';
import { usePreferences } from '#renderer/data/preferences';
import { IconButton } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { intoView } from '#renderer/kit/intoView';
import { Mark } from './Mark';
import { type Place, places } from './places';
import { useMayUseLeads, useSignedIn } from './session';

function isAt(path: string, place: Place): boolean {
  return place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`);
}

/** Where one can go. Under 900 px it is icons, under 600 px a bar at the bottom. */
export function Navigation() {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [path] = useLocation();
  const { navigationFolded, set } = usePreferences();
  const formats = useFormats();
  const mayUseLeads = useMayUseLeads();
  const queue = useEntry('admissions.triage.queue', { limit: 1 }, { enabled: mayUseLeads, keep: true });
  const alerts = useEntry('admissions.alerts.list', { limit: 1 }, { enabled: mayUseLeads, keep: true });
  const shown = places.filter((place) => place.may(session));
  const lists: Readonly<Record<string, { readonly total: number; readonly totalIsExact: boolean } | undefined>> = { '/': queue.data, '/alerts': alerts.data };
  const count = ({ path: at }: Place): string | null => {
    const list = lists[at];
    return list === undefined ? null : `${formats.number(list.total)}${list.totalIsExact ? '' : '+'}`;
  };
  const wide = navigationFolded ? 'hidden' : 'max-[56.25rem]:hidden';
  return (
    <nav
      aria-label={t('frame.navigation')}
      data-no-print
      className={classes(
        'flex shrink-0 border-line bg-surface max-sm:h-14 max-sm:justify-between max-sm:overflow-x-auto max-sm:border-t sm:flex-col sm:overflow-y-auto sm:border-r sm:p-2',
        navigationFolded ? 'sm:w-14' : 'sm:w-14 min-[56.25rem]:w-52',
      )}
    >
      <div className="flex h-10 shrink-0 items-center gap-2 px-2 max-sm:hidden">
        <Mark />
        <span className={classes('font-semibold', wide)}>Ivy</span>
      </div>
      {shown.map((place, index) => {
        const Icon = place.icon;
        const at = isAt(path, place);
        const name = t(place.name);
        const first = index > 0 && shown[index - 1]?.group !== place.group;
        return (
          <div key={place.path} className={classes('shrink-0 max-sm:flex max-sm:items-center', first && 'sm:mt-2 sm:border-t sm:border-line sm:pt-2')}>
            <Link
              ref={at ? intoView : undefined}
              href={place.path}
              aria-current={at ? 'page' : undefined}
              title={name}
              className={classes(
                'relative flex h-8 items-center gap-2.5 rounded-md px-2.5 max-sm:h-12 max-sm:w-12 max-sm:justify-center',
                at ? 'bg-sunken font-medium text-text' : 'text-muted hover:bg-sunken hover:text-text',
              )}
            >
              {at && <span aria-hidden className="absolute rounded-full bg-brand max-sm:inset-x-2 max-sm:top-0 max-sm:h-0.5 sm:inset-y-2 sm:left-0 sm:w-0.5" />}
              <Icon size={16} aria-hidden className={classes('shrink-0', at && 'text-brand')} />
              <span className={classes('flex-1 truncate max-sm:sr-only', wide)}>{name}</span>
              {count(place) !== null && <span className={classes('tabular text-xs text-muted max-sm:hidden', wide)}>{count(place)}</span>}
            </Link>
          </div>
        );
      })}
      <div className="mt-auto max-[56.25rem]:hidden">
        <IconButton
          label={navigationFolded ? t('frame.unfold') : t('frame.fold')}
          onClick={() => {
            set({ navigationFolded: !navigationFolded });
          }}
        >
          {navigationFolded ? <PanelLeftOpen size={16} aria-hidden /> : <PanelLeftClose size={16} aria-hidden />}
        </IconButton>
      </div>
    </nav>
  );
}
