import { useTranslation } from 'react-i18next';
import { version } from '#manifest';
import { Section } from './Section';

const system = navigator.platform.startsWith('Mac') ? 'mac' : navigator.platform.startsWith('Win') ? 'windows' : 'linux';

/** Which Ivy this is, and where the data lies. */
export function About() {
  const { t } = useTranslation();
  return (
    <Section id="about">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[9rem_1fr]">
        <dt className="text-muted">{t('settings.about.version')}</dt>
        <dd className="tabular">Ivy {version}</dd>
        <dt className="text-muted">{t('settings.about.data')}</dt>
        <dd className="max-w-prose">
          <p>{t('settings.about.dataDetail')}</p>
          <p className="mt-1 rounded bg-sunken px-2 py-1 font-mono text-sm break-all">{t(`settings.about.folders.${system}`)}</p>
          <p className="mt-1 text-sm text-muted">{t('settings.about.folderHint')}</p>
        </dd>
        <dt className="text-muted">{t('settings.about.network')}</dt>
        <dd className="max-w-prose">{t('settings.about.networkDetail')}</dd>
        <dt className="text-muted">{t('settings.about.commandLine')}</dt>
        <dd className="max-w-prose">{t('settings.about.commandLineDetail')}</dd>
      </dl>
    </Section>
  );
}
