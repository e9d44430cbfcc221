import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SearchFieldProps {
  readonly inputRef: React.Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (letters: string) => void;
  /** Enter or Escape gives the keyboard back to the table. */
  readonly onLeave: () => void;
}

/** How long the letters rest before they are searched for. */
const restMilliseconds = 150;

/** Looks for leads by a few letters, once these rest. */
export function SearchField({ inputRef, value, onChange, onLeave }: SearchFieldProps) {
  const { t } = useTranslation();
  const [letters, setLetters] = useState(value);
  const [told, setTold] = useState(value);
  // The address changed by itself: by Back, or by "show all".
  if (told !== value) {
    setTold(value);
    setLetters(value);
  }
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (letters === value) return;
    const timer = setTimeout(() => { tell.current(letters); }, restMilliseconds);
    return () => { clearTimeout(timer); };
  }, [letters, value]);
  return (
    <div className="relative w-72 max-w-full">
      <Search size={14} aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" />
      <input
        ref={inputRef}
        type="search"
        aria-label={t('keys.search')}
        placeholder={t('leads.search')}
        className="h-7 w-full rounded-md border border-line-strong/60 bg-surface pr-2 pl-8 text-sm placeholder:text-faint"
        value={letters}
        onChange={(event) => { setLetters(event.target.value); }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          if (event.key === 'Escape') setLetters('');
          event.currentTarget.blur();
          onLeave();
        }}
      />
    </div>
  );
}
