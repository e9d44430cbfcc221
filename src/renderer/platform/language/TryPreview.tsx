import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { useRested } from '#renderer/data/useRested';
import { TextArea } from '#renderer/kit/Field';
import { Failure } from '#renderer/shell/Failure';
import { Panel } from './Panel';
import { Replaced } from './Replaced';

/** A text as it would leave: the same replacements as for a question, and nothing leaves. */
export function TryPreview() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const rested = useRested(text, 250);
  const some = rested.trim() !== '';
  const preview = useEntry('platform.language.preview', { text: rested }, { enabled: some, keep: some });
  if (preview.error !== null) return <Failure error={preview.error} onRetry={() => void preview.refetch()} />;
  return (
    <Panel title={t('language.preview.title')} detail={t('language.preview.detail')}>
      <div className="grid gap-4 md:grid-cols-2">
        <TextArea label={t('language.preview.text')} rows={10} maxLength={50_000} value={text} placeholder={t('language.preview.placeholder')} onChange={(event) => { setText(event.target.value); }} />
        <TextArea label={t('language.preview.result')} rows={10} readOnly value={some ? (preview.data?.text ?? '') : ''} />
      </div>
      {some && preview.data !== undefined && <div role="status"><Replaced counts={preview.data.redactions} /></div>}
    </Panel>
  );
}
