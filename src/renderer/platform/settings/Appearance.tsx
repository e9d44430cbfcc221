import { useTranslation } from 'react-i18next';
import { usePreferences } from '#renderer/data/preferences';
import { Segments } from '#renderer/kit/Segments';
import { Section } from './Section';

/** How Ivy looks for this person on this machine; it holds at once. */
export function Appearance() {
  const { t } = useTranslation();
  const { theme, density, set } = usePreferences();
  return (
    <Section id="appearance" detail={t('settings.appearance.detail')}>
      <div className="flex flex-wrap gap-x-8 gap-y-4">
        <div className="flex flex-col gap-1">
          <span aria-hidden className="text-sm font-medium">{t('settings.appearance.theme')}</span>
          <Segments
            label={t('settings.appearance.theme')}
            value={theme}
            segments={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.appearance.themes.${value}`) }))}
            onChange={(value) => { set({ theme: value }); }}
          />
        </div>
        <div className="flex flex-col gap-1">
          <span aria-hidden className="text-sm font-medium">{t('settings.appearance.density')}</span>
          <Segments
            label={t('settings.appearance.density')}
            value={density}
            segments={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`settings.appearance.densities.${value}`) }))}
            onChange={(value) => { set({ density: value }); }}
          />
        </div>
      </div>
    </Section>
  );
}
