import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { create } from 'zustand';
import { Button, IconButton } from './Button';
import { classes } from './classes';

export interface ToastMessage {
  readonly title: string;
  readonly detail?: string;
  readonly tone?: 'plain' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Shown extends ToastMessage {
  readonly id: number;
}

interface Toasts {
  readonly shown: readonly Shown[];
  readonly show: (message: ToastMessage) => void;
  readonly close: (id: number) => void;
}

let next = 1;
const mostShown = 3;

export const useToasts = create<Toasts>((set) => ({
  shown: [],
  show: (message) => {
    next += 1;
    const toast = { ...message, id: next };
    set(({ shown }) => ({ shown: [...shown, toast].slice(-mostShown) }));
  },
  close: (id) => {
    set(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) }));
  },
}));

/** Shows a message for a while. */
export function toast(message: ToastMessage): void {
  useToasts.getState().show(message);
}

/** Does what the newest message offers, such as undo. Answers whether there was anything. */
export function runNewestAction(): boolean {
  const { shown, close } = useToasts.getState();
  const newest = shown.filter(({ action }) => action !== undefined).at(-1);
  newest?.action?.run();
  if (newest !== undefined) close(newest.id);
  return newest !== undefined;
}

/** Where messages appear. */
export function ToastPlace({ label, closeLabel }: { readonly label: string; readonly closeLabel: string }) {
  const { shown, close } = useToasts();
  return (
    <Toast.Provider label={label} duration={8_000} swipeDirection="right">
      {shown.map(({ id, title, detail, tone, action }) => (
        <Toast.Root
          key={id}
          type={tone === 'bad' ? 'foreground' : 'background'}
          duration={tone === 'bad' ? 20_000 : 8_000}
          onOpenChange={(open) => {
            if (!open) close(id);
          }}
          className={classes('appear flex items-start gap-3 rounded-md border bg-raised p-3 shadow-float', tone === 'bad' ? 'border-critical/60' : 'border-line')}
        >
          <div className="min-w-0 flex-1">
            <Toast.Title className="font-medium break-words">{title}</Toast.Title>
            {detail !== undefined && <Toast.Description className="mt-0.5 text-sm text-muted">{detail}</Toast.Description>}
          </div>
          {action !== undefined && (
            <Toast.Action altText={action.label} asChild>
              <Button size="small" onClick={action.run}>
                {action.label}
              </Button>
            </Toast.Action>
          )}
          <Toast.Close asChild>
            <IconButton label={closeLabel} className="size-7">
              <X size={14} aria-hidden />
            </IconButton>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport data-no-print className="fixed right-4 bottom-12 z-60 max-sm:bottom-24 flex w-96 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
    </Toast.Provider>
  );
}
