import { useTranslation } from 'react-i18next';
import { Dialog } from '#renderer/kit/Dialog';
import { Key } from '#renderer/kit/Marks';
import { useActiveShortcuts } from '#renderer/kit/useShortcuts';

const isMac = navigator.platform.startsWith('Mac');

function shown(keys: string): string[] {
  return keys.split('+').map((key) => (key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key));
}

/** Every key that does something here. */
export function ShortcutList({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const shortcuts = useActiveShortcuts();
  // Two keys for one thing, such as J and the arrow, are told once: by the first.
  const unique = [...new Map(shortcuts.toReversed().map((shortcut) => [shortcut.label, shortcut])).values()].toReversed();
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.list')} closeLabel={t('common.close')}>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2">
        {unique.map(({ keys, label }) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {shown(keys).map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
