import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestTag, mostTags } from '#contract/admissions/tags';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Check, TextField } from '#renderer/kit/Field';
import { Segments } from '#renderer/kit/Segments';

/** Tags that are listed at once; a few letters find the others. */
const listed = 30;

interface TagDialogProps {
  /** How many leads are tagged. */
  readonly count: number;
  readonly onClose: () => void;
  readonly onDone: (change: { readonly addTags: string[]; readonly removeTags: string[] }) => void;
}

/** Which tags to put on leads, or to take off: of those that there are, or a new one. */
export function TagDialog({ count, onClose, onDone }: TagDialogProps) {
  const { t } = useTranslation();
  const known = useEntry('admissions.tags.list', {});
  const [way, setWay] = useState<'add' | 'remove'>('add');
  const [letters, setLetters] = useState('');
  const [made, setMade] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const names = [...made, ...(known.data?.items ?? []).map(({ name }) => name).filter((name) => !made.includes(name))];
  const typed = letters.trim();
  const folded = typed.toLocaleLowerCase();
  const fitting = names.filter((name) => name.toLocaleLowerCase().includes(folded));
  const same = names.find((name) => name.toLocaleLowerCase() === folded);
  const isNew = typed !== '' && same === undefined;
  const toggle = (name: string): void => {
    setChosen((before) => (before.includes(name) ? before.filter((each) => each !== name) : [...before, name].slice(-mostTags)));
  };
  const make = (): void => {
    setMade([typed, ...made]);
    toggle(typed);
    setLetters('');
  };
  // What is typed counts without being ticked: a name, Enter, and it is done.
  const meant = typed === '' ? undefined : (same ?? (way === 'add' ? typed : fitting.length === 1 ? fitting[0] : undefined));
  const wanted = meant === undefined || chosen.includes(meant) ? chosen : [...chosen, meant];
  return (
    <Dialog open onClose={onClose} title={t('tags.title', { count })} closeLabel={t('common.close')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.length > 0) onDone(way === 'add' ? { addTags: [...wanted], removeTags: [] } : { addTags: [], removeTags: [...wanted] });
        }}
      >
        <Segments label={t('tags.way')} value={way} segments={[{ value: 'add', label: t('tags.put') }, { value: 'remove', label: t('tags.takeOff') }]} onChange={setWay} />
        <TextField label={t('tags.find')} autoFocus autoComplete="off" maxLength={longestTag} value={letters} onChange={(event) => { setLetters(event.target.value); }} />
        <fieldset className="flex max-h-56 flex-col gap-1.5 overflow-y-auto">
          <legend className="sr-only">{t('tags.all')}</legend>
          {way === 'add' && isNew && (
            <Button size="small" look="quiet" className="self-start" icon={<Plus size={13} aria-hidden />} onClick={make}>
              {t('tags.make', { name: typed })}
            </Button>
          )}
          {fitting.slice(0, listed).map((name) => (
            <Check key={name} label={name} checked={chosen.includes(name)} onChange={() => { toggle(name); setLetters(''); }} />
          ))}
          {fitting.length > listed && <p className="text-sm text-faint">{t('leads.filter.more', { count: fitting.length - listed })}</p>}
          {fitting.length === 0 && !isNew && <p className="text-sm text-faint">{t('tags.none')}</p>}
        </fieldset>
        <div className="flex items-center justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" disabled={wanted.length === 0}>
            {wanted.length === 0 ? t(way === 'add' ? 'tags.put' : 'tags.takeOff') : t(way === 'add' ? 'tags.putOn' : 'tags.takeOffThese', { count: wanted.length })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
