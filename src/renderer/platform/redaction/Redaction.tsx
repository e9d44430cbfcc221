import { Copy, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestText } from '#contract/platform/redaction';
import { type RedactionLevel, redactionLevels } from '#domain/platform/redaction/redact';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { useRested } from '#renderer/data/useRested';
import { Button } from '#renderer/kit/Button';
import { copyText } from '#renderer/kit/copyText';
import { TextArea } from '#renderer/kit/Field';
import { Segments } from '#renderer/kit/Segments';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';

/** A text without its personal data, before it is handed on: what was found, and what stands in its place. Nothing of it is kept. */
export function Redaction() {
  const { t } = useTranslation();
  const formats = useFormats();
  useScreenTitle(t('places.redaction'));
  const mayRedact = useMay('pii_redact');
  const [text, setText] = useState('');
  const [level, setLevel] = useState<RedactionLevel>('full');
  const rested = useRested(text, 250);
  const some = rested.trim() !== '';
  const found = useEntry('platform.redaction.detect', { text: rested }, { enabled: some, keep: some });
  const redacted = useEntry('platform.redaction.redact', { text: rested, level }, { enabled: some && mayRedact, keep: some });
  const matches = some ? (found.data?.matches ?? []) : [];
  useStatus(some && found.data !== undefined ? t('redaction.found', { count: matches.length }) : '');
  const error = found.error ?? redacted.error;
  if (error !== null) return <Failure error={error} onRetry={() => { void found.refetch(); void redacted.refetch(); }} />;
  const result = some ? (redacted.data?.text ?? '') : '';
  return (
    <div className="relative h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 p-4 sm:p-6">
        <p className="max-w-prose text-sm text-muted">{t('redaction.detail')}</p>
        <div className="grid gap-4 md:grid-cols-2">
          <TextArea
            label={t('redaction.text')}
            rows={12}
            maxLength={longestText}
            autoFocus
            value={text}
            placeholder={t('redaction.placeholder')}
            onChange={(event) => { setText(event.target.value); }}
          />
          {mayRedact && (
            <div className="flex flex-col gap-2">
              <TextArea label={t('redaction.result')} rows={12} readOnly value={result} placeholder={t('redaction.resultPlaceholder')} />
              <div className="flex flex-wrap items-center justify-between gap-2">
                <Segments label={t('redaction.level')} value={level} segments={redactionLevels.map((value) => ({ value, label: t(`redaction.levels.${value}`) }))} onChange={setLevel} />
                <Button
                  look="primary"
                  icon={<Copy size={14} aria-hidden />}
                  disabled={result === ''}
                  onClick={() => { if (copyText(result)) toast({ title: t('redaction.copied') }); }}
                >
                  {t('redaction.copy')}
                </Button>
              </div>
              <p className="text-sm text-muted">{t(`redaction.levelDetails.${level}`)}</p>
            </div>
          )}
        </div>
        {some && found.data !== undefined && matches.length === 0 && (
          <p role="status" className="flex items-center gap-2 text-sm text-muted">
            <EyeOff size={16} aria-hidden className="shrink-0" />
            {t('redaction.none')}
          </p>
        )}
        {matches.length > 0 && (
          <div className="overflow-hidden rounded-md border border-line bg-surface">
            <Sheet className="[&>tbody>tr:last-child>td]:border-b-0" caption={t('redaction.matches')}>
              <thead>
                <tr>
                  <Head>{t('redaction.what')}</Head>
                  <Head>{t('redaction.value')}</Head>
                  <Head className="max-sm:hidden">{t('redaction.around')}</Head>
                  <Head number>{t('redaction.sure')}</Head>
                </tr>
              </thead>
              <tbody>
                {matches.map((match) => (
                  <tr key={`${String(match.start)} ${match.type}`}>
                    <Cell className="whitespace-nowrap font-medium">{t(`redaction.types.${match.type}`)}</Cell>
                    <Cell className="break-words">{match.value}</Cell>
                    <Cell className="text-sm text-muted max-sm:hidden">{match.context}</Cell>
                    <Cell number>{formats.percent(match.confidence)}</Cell>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          </div>
        )}
      </div>
    </div>
  );
}
