import { useTranslation } from 'react-i18next';
import { DropZone } from '#renderer/kit/DropZone';
import { EventFiles } from './EventFiles';
import { History } from './History';
import { chooseFile, useImportDraft } from './importDraft';

const extensions = ['csv', 'tsv', 'txt', 'xlsx'];

/** Which file, and what was imported before. */
export function FileStep() {
  const { t } = useTranslation();
  const busy = useImportDraft(({ busy: what }) => what);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 p-4 sm:p-6">
      <DropZone
        title={t('import.drop')}
        detail={t('import.dropDetail')}
        action={t(busy === 'reading' ? 'import.reading' : 'import.choose')}
        busy={busy === 'reading'}
        onChoose={() => void chooseFile(() => window.ivy.chooseFile({ title: t('import.choose'), extensions }))}
        onDrop={(file) => void chooseFile(() => window.ivy.addFile(file))}
      />
      <History />
      <EventFiles />
    </div>
  );
}
