import { MessagesSquare } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#renderer/kit/Button';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { chatPanelId, useChatPanel } from './panelState';

/** Opens and closes the chat, from the header and by its key. */
export function ChatButton() {
  const { t } = useTranslation();
  const { open, setOpen } = useChatPanel();
  useShortcuts([{ keys: 'mod+j', label: t('chat.key'), inFields: true, run: () => { setOpen(!open); } }]);
  useEffect(() => {
    // Escape stops an answer wherever the keyboard is, and closes the panel from within; a dialog has it first. The header listens before
    // any screen does, whose Escape leads back.
    const press = (event: KeyboardEvent): void => {
      const state = useChatPanel.getState();
      if (event.key !== 'Escape' || !state.open || event.defaultPrevented || document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      if (state.stop === null && document.getElementById(chatPanelId)?.contains(document.activeElement) !== true) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (state.stop === null) state.setOpen(false);
      else state.stop();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => { window.removeEventListener('keydown', press, { capture: true }); };
  }, []);
  return (
    <IconButton label={t('chat.key')} aria-expanded={open} onClick={() => { setOpen(!open); }}>
      <MessagesSquare size={16} aria-hidden />
    </IconButton>
  );
}
