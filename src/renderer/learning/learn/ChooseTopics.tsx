import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Check } from '#renderer/kit/Field';

interface ChooseTopicsProps {
  readonly open: boolean;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onChoose: (topicIds: readonly string[]) => void;
}

/** The topics of a path of one's own. */
export function ChooseTopics({ open, busy, onClose, onChoose }: ChooseTopicsProps) {
  const { t } = useTranslation();
  const choices = useEntry('learning.practice.choices', {}, { enabled: open, keep: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const set = (ids: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids) if (on) next.add(id); else next.delete(id);
    setChosen(next);
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('learn.chooseTopics')} description={t('learn.chooseTopicsDetail')} closeLabel={t('common.close')} wide>
      <div className="flex flex-col gap-4">
        {choices.data?.domains.map(({ id, title, topics }) => (
          <fieldset key={id} className="flex flex-col gap-1">
            <legend className="mb-1 font-medium">
              <Check label={title} checked={topics.length > 0 && topics.every((topic) => chosen.has(topic.id))} onChange={(event) => { set(topics.map((topic) => topic.id), event.target.checked); }} />
            </legend>
            {topics.map((topic) => (
              <Check key={topic.id} className="ml-6 text-sm" label={topic.title} checked={chosen.has(topic.id)} onChange={(event) => { set([topic.id], event.target.checked); }} />
            ))}
          </fieldset>
        ))}
        <div className="sticky bottom-0 flex gap-2 bg-raised pt-2">
          <Button look="primary" busy={busy} disabled={chosen.size === 0} onClick={() => { onChoose([...chosen]); }}>
            {t('learn.makePlan', { count: chosen.size })}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
