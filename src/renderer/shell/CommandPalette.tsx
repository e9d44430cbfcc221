import { Command } from 'cmdk';
import { Keyboard, MessageCircleQuestion, Moon, User } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { usePreferences } from '#renderer/data/preferences';
import { places } from './places';
import { useMayUseLeads, useSignedIn } from './session';

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onGo: (path: string) => void;
  readonly onKeys: () => void;
}

const item = 'flex h-9 cursor-pointer items-center gap-2.5 rounded px-2 data-[selected=true]:bg-sunken';

function Item({ value, onSelect, icon, children, hint }: { readonly value: string; readonly onSelect: () => void; readonly icon: ReactNode; readonly children: ReactNode; readonly hint?: string | undefined }) {
  return (
    <Command.Item value={value} onSelect={onSelect} className={item}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint !== undefined && <span className="text-xs text-faint">{hint}</span>}
    </Command.Item>
  );
}

/** Go anywhere, find anybody, do anything, by a few letters. */
export function CommandPalette({ open, onClose, onGo, onKeys }: PaletteProps) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const mayUseLeads = useMayUseLeads();
  const found = useEntry('admissions.leads.list', { search, limit: 8 }, { enabled: open && mayUseLeads && search.length >= 2, keep: true });
  const { theme, set } = usePreferences();
  const close = (then: () => void) => (): void => {
    onClose();
    setText('');
    then();
  };
  const people = search.length >= 2 ? (found.data?.items ?? []) : [];
  return (
    <Radix.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content aria-describedby={undefined} className="appear fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-md border border-line bg-raised shadow-float">
          <Radix.Title className="sr-only">{t('palette.title')}</Radix.Title>
          <Command label={t('palette.title')} loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder={t(mayUseLeads ? 'palette.placeholder' : 'palette.placeholderPlaces')}
              className="h-12 w-full border-b border-line bg-transparent px-4 outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-80 overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint">
              <Command.Empty className="px-2 py-6 text-center text-muted">{t(mayUseLeads ? 'palette.nothing' : 'palette.nothingPlaces')}</Command.Empty>
              {people.length > 0 && (
                <Command.Group heading={t('palette.leads')}>
                  {people.map((lead) => (
                    <Item
                      key={lead.id}
                      value={`${lead.name} ${lead.email ?? ''} ${lead.externalId ?? ''} ${search} ${lead.id}`}
                      icon={<User size={14} aria-hidden className="text-faint" />}
                      hint={lead.score === null ? undefined : String(Math.round(lead.score))}
                      onSelect={close(() => { onGo(`/leads/${lead.id}`); })}
                    >
                      {lead.name}
                    </Item>
                  ))}
                </Command.Group>
              )}
              <Command.Group heading={t('palette.go')}>
                {places
                  .filter((place) => place.may(session))
                  .map(({ path, name, icon: Icon }) => (
                    <Item key={path} value={t(name)} icon={<Icon size={14} aria-hidden className="text-faint" />} onSelect={close(() => { onGo(path); })}>
                      {t(name)}
                    </Item>
                  ))}
              </Command.Group>
              <Command.Group heading={t('palette.do')}>
                {mayUseLeads && search.length >= 2 && (
                  <Item value={`${t('places.ask')} ${search}`} icon={<MessageCircleQuestion size={14} aria-hidden className="text-faint" />} onSelect={close(() => { onGo(`/ask?${new URLSearchParams({ q: search }).toString()}`); })}>
                    {t('palette.ask', { question: search })}
                  </Item>
                )}
                <Item value={t('palette.theme')} icon={<Moon size={14} aria-hidden className="text-faint" />} onSelect={close(() => { set({ theme: theme === 'dark' ? 'light' : 'dark' }); })}>
                  {t('palette.theme')}
                </Item>
                <Item value={t('keys.list')} icon={<Keyboard size={14} aria-hidden className="text-faint" />} hint="?" onSelect={close(onKeys)}>
                  {t('keys.list')}
                </Item>
              </Command.Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
