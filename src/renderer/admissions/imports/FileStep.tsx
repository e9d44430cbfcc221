import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { EventFiles } from './EventFiles';
import { History } from './History';
import { chooseFile, useImportDraft } from './importDraft';

const extensions = ['csv', 'tsv', 'txt', 'xlsx'];

/** Which file, and what was imported before. */
export function FileStep() {
  const { t } = useTranslation();
  const busy = useImportDraft(({ busy: what }) => what);
  const [over, setOver] = useState(false);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 p-4 sm:p-6">
      <div
        className={classes('flex flex-col items-center gap-2 rounded-md border-2 border-dashed px-6 py-12 text-center', over ? 'border-focus bg-selected' : 'border-line-strong/60 bg-surface')}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => { setOver(false); }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file !== undefined) void chooseFile(() => window.ivy.addFile(file));
        }}
      >
        <FileUp size={28} aria-hidden className="text-faint" />
        <h2 className="text-lg font-semibold">{t('import.drop')}</h2>
        <p className="max-w-md text-muted">{t('import.dropDetail')}</p>
        <Button look="primary" className="mt-2" autoFocus busy={busy === 'reading'} onClick={() => void chooseFile(() => window.ivy.chooseFile({ title: t('import.choose'), extensions }))}>
          {t(busy === 'reading' ? 'import.reading' : 'import.choose')}
        </Button>
      </div>
      <History />
      <EventFiles />
    </div>
  );
}
