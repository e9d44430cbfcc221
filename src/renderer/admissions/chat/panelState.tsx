import { create } from 'zustand';

/** The panel in the page: the keyboard is in the chat while it is within. */
export const chatPanelId = 'chat-panel';

interface ChatPanelState {
  readonly open: boolean;
  /** The chat that is shown; null before its first question. */
  readonly id: string | null;
  /** Stops the answer under way; null where there is none. */
  readonly stop: (() => void) | null;
  readonly setOpen: (open: boolean) => void;
  readonly show: (id: string | null) => void;
  readonly setStop: (stop: (() => void) | null) => void;
}

/** Whether the chat stands beside the screen, and which one: it stays while one goes from screen to screen. */
export const useChatPanel = create<ChatPanelState>((set) => ({
  open: false,
  id: null,
  stop: null,
  setOpen: (open) => { set({ open }); },
  show: (id) => { set({ id }); },
  setStop: (stop) => { set({ stop }); },
}));
