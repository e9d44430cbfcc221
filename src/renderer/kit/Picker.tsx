import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';

export interface Pick {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly chosen?: boolean;
}

interface PickerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What is said when nothing fits the letters. */
  readonly nothing: string;
  readonly picks: readonly Pick[];
  readonly onPick: (value: string) => void;
  /** Where the picks are found elsewhere by what is typed: they are shown as they come. */
  readonly onSearch?: (letters: string) => void;
}

/** One of a list, by a few letters and Enter: for whom, until when, which stage. */
export function Picker({ open, onClose, title, nothing, picks, onPick, onSearch }: PickerProps) {
  const [text, setText] = useState('');
  const type = (letters: string): void => {
    setText(letters);
    onSearch?.(letters);
  };
  const close = (): void => {
    type('');
    onClose();
  };
  return (
    <Radix.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content aria-describedby={undefined} className="appear fixed top-[16vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-md -translate-x-1/2 overflow-hidden rounded-md border border-line bg-raised shadow-float">
          <Radix.Title className="px-4 pt-3 text-sm font-semibold">{title}</Radix.Title>
          <Command label={title} loop shouldFilter={onSearch === undefined}>
            <Command.Input value={text} onValueChange={type} className="h-10 w-full border-b border-line bg-transparent px-4 outline-none" aria-label={title} />
            <Command.List className="max-h-80 overflow-y-auto p-2">
              <Command.Empty className="px-2 py-6 text-center text-muted">{nothing}</Command.Empty>
              {picks.map(({ value, label, hint, icon, chosen }) => (
                <Command.Item
                  key={value}
                  value={`${label} ${value}`}
                  onSelect={() => {
                    close();
                    onPick(value);
                  }}
                  className="flex h-9 cursor-pointer items-center gap-2.5 rounded px-2 data-[selected=true]:bg-sunken"
                >
                  {icon}
                  <span className="min-w-0 flex-1 truncate">{label}</span>
                  {hint !== undefined && <span className="tabular text-xs text-faint">{hint}</span>}
                  {chosen === true && <Check size={14} aria-hidden className="text-good" />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
