import { Clock, CornerDownLeft, Lightbulb, Star, Type } from 'lucide-react';
import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestQuestion } from '#contract/admissions/queries';
import { useEntry } from '#renderer/data/hooks';
import { useRested } from '#renderer/data/useRested';
import { Button } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';

interface QuestionFieldProps {
  readonly fieldRef: Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onAsk: (text: string) => void;
  readonly busy: boolean;
}

const icons = { history: Clock, saved: Star, word: Type, example: Lightbulb } as const;
/** How long the fingers rest before completions are looked for. */
const restMilliseconds = 80;

/** The question, with completions from the workspace's own words: arrows choose one, Enter asks, Escape closes the list. */
export function QuestionField({ fieldRef, value, onChange, onAsk, busy }: QuestionFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const letters = useRested(value, restMilliseconds);
  const found = useEntry('admissions.queries.suggest', { text: letters.slice(0, longestQuestion) }, { enabled: open, keep: true });
  const items = open ? (found.data?.items ?? []).filter(({ text }) => text !== value) : [];
  const listed = items.length > 0;
  const active = listed ? items[at] : undefined;
  const choose = (text: string, ask: boolean): void => {
    setAt(-1);
    setOpen(!ask);
    if (ask) onAsk(text);
    else onChange(`${text} `);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      else if (listed) setAt((before) => (before + (event.key === 'ArrowDown' ? 1 : items.length + (before < 0 ? 0 : -1)) + (before < 0 && event.key === 'ArrowUp' ? -1 : 0)) % items.length);
      return;
    }
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
      setAt(-1);
      return;
    }
    if (event.key === 'Tab' && active !== undefined) {
      event.preventDefault();
      choose(active.text, false);
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      // A word completes the question and lets one go on; a whole question is asked.
      if (active !== undefined) choose(active.text, active.kind !== 'word');
      else if (value.trim() !== '') choose(value.trim(), true);
    }
  };
  return (
    <div className="relative flex min-w-0 flex-1 basis-80 gap-2" onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false); }}>
      <div className="relative min-w-0 flex-1">
        <input
          ref={fieldRef}
          id={id}
          type="text"
          role="combobox"
          aria-label={t('ask.question')}
          aria-expanded={listed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : `${id}-${String(at)}`}
          autoComplete="off"
          spellCheck={false}
          maxLength={longestQuestion}
          placeholder={t('ask.placeholder')}
          value={value}
          onChange={(event) => { onChange(event.target.value); setOpen(true); setAt(-1); }}
          onFocus={() => { setOpen(value === ''); }}
          onKeyDown={press}
          className="h-10 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-base placeholder:text-faint hover:border-line-strong"
        />
        <ul id={`${id}-list`} role="listbox" aria-label={t('ask.completions')} hidden={!listed} className="absolute inset-x-0 top-full z-30 mt-1 max-h-80 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float">
          {items.map(({ text, kind }, index) => {
            const Icon = icons[kind];
            return (
              <li
                key={`${kind} ${text}`}
                id={`${id}-${String(index)}`}
                role="option"
                aria-selected={index === at}
                className={classes('flex h-9 cursor-pointer items-center gap-2.5 rounded px-2', index === at ? 'bg-sunken' : 'hover:bg-sunken')}
                onMouseDown={(event) => { event.preventDefault(); choose(text, kind !== 'word'); }}
              >
                <Icon size={14} aria-hidden className="shrink-0 text-faint" />
                <span className="min-w-0 flex-1 truncate">{text}</span>
                <span className="text-xs text-faint">{t(`ask.kinds.${kind}`)}</span>
              </li>
            );
          })}
        </ul>
      </div>
      <Button look="primary" className="h-10" busy={busy} disabled={value.trim() === ''} icon={<CornerDownLeft size={15} aria-hidden />} onClick={() => { choose(value.trim(), true); }}>
        {t('ask.ask')}
      </Button>
    </div>
  );
}
