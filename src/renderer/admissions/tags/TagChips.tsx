import { X } from 'lucide-react';
import type { NamedTag } from '#contract/admissions/tags';
import { useWords } from '#renderer/data/words';

/** The tags of a lead, as small words; with a way to take each off where that is offered. */
export function TagChips({ tags, onRemove }: { readonly tags: readonly NamedTag[]; readonly onRemove?: (tag: NamedTag) => void }) {
  const { t } = useWords();
  const said = tags.map(({ name }) => name).join(', ');
  if (tags.length === 0) return <span aria-hidden className="text-faint">{onRemove === undefined ? '–' : ''}</span>;
  return (
    <span className={onRemove === undefined ? 'flex min-w-0 gap-1 overflow-hidden' : 'flex flex-wrap gap-1.5'} title={said}>
      {tags.map((tag) => (
        <span key={tag.id} className="inline-flex h-5 max-w-40 shrink-0 items-center gap-0.5 rounded border border-line bg-sunken px-1.5 text-xs font-medium text-muted">
          <span className="truncate">{tag.name}</span>
          {onRemove !== undefined && (
            <button type="button" aria-label={t('tags.take', { name: tag.name })} className="-mr-1.5 flex size-6 items-center justify-center hover:text-text" onClick={() => { onRemove(tag); }}>
              <X size={12} aria-hidden />
            </button>
          )}
        </span>
      ))}
    </span>
  );
}
