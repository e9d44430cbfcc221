import { CircleUser, Keyboard, Lock, LogOut, Monitor, Moon, Search, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { useLocation } from 'wouter';
import { ChatButton } from '#renderer/admissions/chat/ChatButton';
import { useCommand } from '#renderer/data/hooks';
import { type Theme, usePreferences } from '#renderer/data/preferences';
import { IconButton } from '#renderer/kit/Button';
import { Key } from '#renderer/kit/Marks';
import { Menu, MenuItem, MenuLabel } from '#renderer/kit/Menu';
import { mayChatAt } from './places';
import { useMayUseLeads, useSignedIn } from './session';
import { tellFailure } from './tellFailure';

interface Title {
  readonly text: string;
  readonly set: (text: string) => void;
}

/** The title of the screen of the moment. */
export const useTitle = create<Title>((set) => ({
  text: '',
  set: (text) => {
    document.title = text === '' ? 'Ivy' : `${text} · Ivy`;
    set({ text });
  },
}));

const nextTheme: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const themeIcons = { system: Monitor, light: Sun, dark: Moon } as const;

const isMac = navigator.platform.startsWith('Mac');

/** Title left; search, theme and oneself right. */
export function Header({ onPalette, onKeys }: { readonly onPalette: () => void; readonly onKeys: () => void }) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const mayUseLeads = useMayUseLeads();
  const [path] = useLocation();
  const title = useTitle(({ text }) => text);
  const { theme, set } = usePreferences();
  const signOut = useCommand('platform.sessions.signOut');
  const lock = useCommand('platform.sessions.lock');
  const ThemeIcon = themeIcons[theme];
  return (
    <header data-no-print className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4">
      <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</h1>
      <button
        type="button"
        onClick={onPalette}
        className="flex h-8 items-center gap-2 rounded-md border border-line bg-bg px-2.5 text-sm text-faint hover:border-line-strong sm:w-64"
      >
        <Search size={14} aria-hidden />
        <span className="min-w-0 flex-1 truncate text-left max-sm:sr-only">{t(mayUseLeads ? 'frame.search' : 'frame.searchPlaces')}</span>
        <span className="max-sm:hidden">
          <Key>{isMac ? '⌘K' : 'Ctrl K'}</Key>
        </span>
      </button>
      {mayChatAt(session, path) && <ChatButton />}
      <IconButton
        label={t(`theme.${theme}`)}
        onClick={() => {
          set({ theme: nextTheme[theme] });
        }}
      >
        <ThemeIcon size={16} aria-hidden />
      </IconButton>
      <Menu
        trigger={
          <IconButton label={t('frame.you', { name: session.user.name })}>
            <CircleUser size={18} aria-hidden />
          </IconButton>
        }
      >
        <MenuLabel>
          {session.user.name} · {t(`roles.${session.user.role}`)}
        </MenuLabel>
        <MenuItem icon={<Keyboard size={14} aria-hidden />} hint="?" onSelect={onKeys}>
          {t('keys.list')}
        </MenuItem>
        {session.user.hasPassPhrase && (
          <MenuItem icon={<Lock size={14} aria-hidden />} onSelect={() => { lock.mutate({}, { onError: tellFailure }); }}>
            {t('frame.lock')}
          </MenuItem>
        )}
        <MenuItem icon={<LogOut size={14} aria-hidden />} onSelect={() => { signOut.mutate({}, { onError: tellFailure, onSuccess: () => { window.location.assign('/'); } }); }}>
          {t('frame.signOut')}
        </MenuItem>
      </Menu>
    </header>
  );
}
