import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ConfigurationPreview } from '#contract/admissions/preview';
import type { InputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { useRested } from '#renderer/data/useRested';
import { Skeleton } from '#renderer/kit/Face';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';

type PreviewEntry = 'admissions.triage.config.preview' | 'admissions.forecast.config.preview';

interface RulesPreviewProps<Name extends PreviewEntry> {
  readonly entry: Name;
  readonly input: InputOf<Name>;
  /** False where something is typed that is no number yet. */
  readonly valid: boolean;
}

/** How long the typing rests before all leads are judged. */
const restMilliseconds = 300;

/** What a change would do to the leads, before it is saved; nothing is written by looking. */
export function RulesPreview<Name extends PreviewEntry>({ entry, input, valid }: RulesPreviewProps<Name>) {
  const { t } = useTranslation();
  const given = JSON.stringify(input);
  const rested = useRested(given, restMilliseconds);
  const preview = useEntry<PreviewEntry>(entry, JSON.parse(rested) as InputOf<PreviewEntry>, { enabled: valid, keep: true });
  const title = t('settings.preview.title');
  return (
    <section aria-label={title} aria-busy={preview.isFetching || rested !== given} className="min-w-0 rounded-md border border-line bg-bg">
      <h3 className="px-3 pt-3 text-sm font-medium">{title}</h3>
      {!valid ? (
        <p className="p-3 text-sm text-muted">{t('settings.preview.invalid')}</p>
      ) : preview.error !== null ? (
        <p role="alert" className="p-3 text-sm text-critical">
          {preview.error.message}
        </p>
      ) : preview.data === undefined ? (
        <div className="p-3">
          <Skeleton className="h-40" />
        </div>
      ) : (
        <Told preview={preview.data} />
      )}
    </section>
  );
}

function Told({ preview }: { readonly preview: ConfigurationPreview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { measure, leads, rise, fall, bandChanges, expected, dated } = preview;
  const blocked = preview.blockers.filter(({ before, after }) => before !== after);
  if (leads === 0) return <p className="p-3 text-sm text-muted">{t('settings.preview.nobody')}</p>;
  return (
    <div className="flex flex-col gap-4 p-3">
      <p role="status" className="tabular text-sm">
        {t(`settings.preview.moves.${measure}`, { leads: formats.number(leads), rise: formats.number(rise), fall: formats.number(fall) })}{' '}
        {measure === 'score' ? t('settings.preview.bandChanges', { count: bandChanges }) : t('settings.preview.expected', { before: formats.number(expected.before), after: formats.number(expected.after) })}
      </p>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Counts
          title={t('settings.preview.counts')}
          rows={[
            ...(measure === 'score' ? preview.bands.map(({ band, before, after }) => ({ name: t('settings.preview.inBand', { band: t(`words.values.${band}`) }), before, after })) : [{ name: t('settings.preview.dated'), ...dated }]),
            ...blocked.map(({ type, before, after }) => ({ name: t('settings.preview.blocked', { blocker: t(`words.values.${type}`) }), before, after })),
          ]}
        />
        <Queue preview={preview} />
        <Movers title={t('settings.preview.risers')} nobody={t('settings.preview.noRisers')} movers={preview.risers} measure={measure} />
        <Movers title={t('settings.preview.fallers')} nobody={t('settings.preview.noFallers')} movers={preview.fallers} measure={measure} />
      </div>
    </div>
  );
}

const sheet = '[&_td]:h-8 [&_td]:px-2 [&_td]:py-1 [&_th]:h-8 [&_th]:px-2 [&>tbody>tr:last-child>td]:border-b-0';

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className="min-w-0 rounded-md border border-line bg-surface">
      <h4 className="px-2 pt-2 text-sm font-medium">{title}</h4>
      {children}
    </div>
  );
}

function Counts({ title, rows }: { readonly title: string; readonly rows: readonly { readonly name: string; readonly before: number; readonly after: number }[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Part title={title}>
      <Sheet caption={title} className={sheet}>
        <NowThen first={t('settings.preview.what')} />
        <tbody>
          {rows.map(({ name, before, after }) => (
            <tr key={name}>
              <Cell>{name}</Cell>
              <Cell number className="text-muted">{formats.number(before)}</Cell>
              <Cell number className="font-medium">{formats.number(after)}</Cell>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </Part>
  );
}

function NowThen({ first }: { readonly first: string }) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <Head>{first}</Head>
        <Head number>{t('settings.preview.now')}</Head>
        <Head number>{t('settings.preview.then')}</Head>
      </tr>
    </thead>
  );
}

interface MoversProps {
  readonly title: string;
  readonly nobody: string;
  readonly movers: ConfigurationPreview['risers'];
  readonly measure: ConfigurationPreview['measure'];
}

function Name({ lead }: { readonly lead: ConfigurationPreview['risers'][number]['lead'] }) {
  return (
    <Cell className="w-full max-w-0 truncate" title={lead.name}>
      <Link href={`/leads/${lead.id}`} className="underline-offset-2 hover:underline">
        {lead.name}
      </Link>
    </Cell>
  );
}

function Movers({ title, nobody, movers, measure }: MoversProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const show = (value: number): string => (measure === 'score' ? value.toFixed(1) : formats.percent(value));
  return (
    <Part title={title}>
      {movers.length === 0 ? (
        <p className="p-2 text-sm text-muted">{nobody}</p>
      ) : (
        <Sheet caption={title} className={sheet}>
          <NowThen first={t('settings.preview.lead')} />
          <tbody>
            {movers.map(({ lead, before, after }) => (
              <tr key={lead.id}>
                <Name lead={lead} />
                <Cell number className="whitespace-nowrap text-muted">{show(before)}</Cell>
                <Cell number className="font-medium whitespace-nowrap">{show(after)}</Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </Part>
  );
}

/** The first ten of the queue as they would be, with the places they have now. */
function Queue({ preview: { queue, leaving } }: { readonly preview: ConfigurationPreview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const title = t('settings.preview.queue');
  const unmoved = leaving.length === 0 && queue.every(({ place, placeBefore }) => place === placeBefore);
  return (
    <Part title={title}>
      {unmoved ? (
        <p className="p-2 text-sm text-muted">{t('settings.preview.queueStays')}</p>
      ) : (
        <>
          <Sheet caption={title} className={sheet}>
            <NowThen first={t('settings.preview.lead')} />
            <tbody>
              {queue.map(({ lead, place, placeBefore }) => (
                <tr key={lead.id}>
                  <Name lead={lead} />
                  <Cell number className="whitespace-nowrap text-muted">{formats.number(placeBefore)}</Cell>
                  <Cell number className="font-medium whitespace-nowrap">
                    {formats.number(place)} <span aria-hidden>{place < placeBefore ? '↑' : place > placeBefore ? '↓' : '='}</span>
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Sheet>
          {leaving.length > 0 && (
            <p className="p-2 text-sm text-muted">{t('settings.preview.leaving', { who: leaving.map(({ lead, place }) => t('settings.preview.leaves', { name: lead.name, place: formats.number(place) })).join(', ') })}</p>
          )}
        </>
      )}
    </Part>
  );
}
