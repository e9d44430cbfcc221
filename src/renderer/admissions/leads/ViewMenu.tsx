import { useQueryClient } from '@tanstack/react-query';
import { Bookmark, Check } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type View, type ViewAudience, viewAudiences } from '#contract/admissions/views';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { Menu, MenuItem, MenuLabel } from '#renderer/kit/Menu';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import type { LeadView } from './filters';

interface ViewMenuProps {
  readonly views: readonly View[];
  /** The view that the address names, where it is there. */
  readonly open: View | undefined;
  readonly shown: LeadView;
  /** Whether something else is shown than the view keeps. */
  readonly changed: boolean;
  /** The columns that are seen now: a view keeps them. */
  readonly columns: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly onOpen: (id: string | null) => void;
}

/** What a view keeps of what is shown. */
function keptOf({ conditions, search, sort, grouping, groupOrder }: LeadView, columns: readonly string[], widths: Readonly<Record<string, number>>): Pick<View, 'filter' | 'search' | 'sort' | 'columns' | 'widths' | 'grouping' | 'groupOrder'> {
  return { filter: conditions.length === 0 ? null : { all: [...conditions] }, search: search.trim(), sort, grouping, groupOrder, columns: [...columns], widths: Object.keys(widths).length === 0 ? null : { ...widths } };
}

/** Views by name: opened, saved, renamed, shared and removed. */
export function ViewMenu({ views, open, shown, changed, columns, widths, onOpen }: ViewMenuProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<'save' | 'rename' | null>(null);
  const update = useCommand('admissions.views.update');
  const remove = useCommand('admissions.views.remove');
  const client = useQueryClient();
  /** Opens a view once the list knows it as it is now: else it would look as if it were not there. */
  const openFresh = (id: string | null): void => {
    void client.invalidateQueries({ queryKey: ['admissions.views.list'] }).then(() => { onOpen(id); });
  };
  const keep = (view: View): void => {
    update.mutate({ id: view.id, ...keptOf(shown, columns, widths) }, { onSuccess: ({ id, name }) => { openFresh(id); toast({ title: t('views.saved', { name }) }); }, onError: tellFailure });
  };
  const takeAway = ({ id, name }: View): void => {
    const back = (): void => {
      remove.mutate({ id, removed: false }, { onSuccess: () => { openFresh(id); }, onError: tellFailure });
    };
    remove.mutate({ id }, { onSuccess: () => { onOpen(null); toast({ title: t('views.removed', { name }), action: { label: t('common.undo'), run: back } }); }, onError: tellFailure });
  };
  const item = ({ id, name, mine, owner }: View) => (
    <MenuItem key={id} icon={<Tick shown={id === open?.id} />} {...(mine ? {} : { hint: t('views.by', { name: owner }) })} onSelect={() => { onOpen(id); }}>
      {name}
    </MenuItem>
  );
  const own = views.filter(({ mine }) => mine);
  const shared = views.filter(({ mine }) => !mine);
  return (
    <>
      <Menu
        trigger={
          <Button size="small" icon={<Bookmark size={14} aria-hidden />} aria-label={open === undefined ? t('views.menu') : t('views.menuOf', { name: open.name })}>
            <span className="max-w-40 truncate max-sm:sr-only">{open?.name ?? t('views.menu')}</span>
            {open !== undefined && changed && <span className="text-xs text-faint max-sm:sr-only">· {t('views.changed')}</span>}
          </Button>
        }
      >
        <div className="max-h-72 overflow-y-auto">
          <MenuItem icon={<Tick shown={open === undefined} />} onSelect={() => { onOpen(null); }}>
            {t('views.every')}
          </MenuItem>
          {own.length > 0 && <MenuLabel>{t('views.mine')}</MenuLabel>}
          {own.map(item)}
          {shared.length > 0 && <MenuLabel>{t('views.shared')}</MenuLabel>}
          {shared.map(item)}
        </div>
        <div className="mt-1 border-t border-line pt-1">
          {open?.mine === true && changed && <MenuItem onSelect={() => { keep(open); }}>{t('views.update', { name: open.name })}</MenuItem>}
          <MenuItem onSelect={() => { setForm('save'); }}>{t('views.saveAs')}</MenuItem>
          {open?.mine === true && <MenuItem onSelect={() => { setForm('rename'); }}>{t('views.rename')}</MenuItem>}
          {open?.mine === true && <MenuItem onSelect={() => { takeAway(open); }}>{t('views.remove', { name: open.name })}</MenuItem>}
        </div>
      </Menu>
      {form !== null && (
        <ViewForm
          view={form === 'rename' ? open : undefined}
          kept={keptOf(shown, columns, widths)}
          onClose={() => { setForm(null); }}
          onSaved={({ id, name }) => {
            setForm(null);
            if (form === 'save') openFresh(id);
            toast({ title: t('views.saved', { name }) });
          }}
        />
      )}
    </>
  );
}

function Tick({ shown }: { readonly shown: boolean }) {
  return <span className="flex size-4 items-center justify-center">{shown && <Check size={14} aria-hidden />}</span>;
}

interface ViewFormProps {
  /** The view that is renamed or shared; none where a new one is saved. */
  readonly view: View | undefined;
  readonly kept: ReturnType<typeof keptOf>;
  readonly onClose: () => void;
  readonly onSaved: (view: View) => void;
}

interface Values {
  name: string;
  audience: ViewAudience;
}

function ViewForm({ view, kept, onClose, onSaved }: ViewFormProps) {
  const { t } = useTranslation();
  const create = useCommand('admissions.views.create');
  const update = useCommand('admissions.views.update');
  const { register, handleSubmit, formState } = useForm<Values>({ defaultValues: { name: view?.name ?? '', audience: view?.audience ?? 'nobody' } });
  const submit = handleSubmit((values) => {
    if (view === undefined) create.mutate({ ...values, ...kept }, { onSuccess: onSaved });
    else update.mutate({ id: view.id, ...values }, { onSuccess: onSaved });
  });
  const problem = create.error ?? update.error;
  return (
    <Dialog open onClose={onClose} title={t(view === undefined ? 'views.saveTitle' : 'views.renameTitle')} closeLabel={t('common.close')}>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label={t('views.name')} maxLength={100} autoComplete="off" error={formState.errors.name?.message} {...register('name', { validate: (name) => name.trim() !== '' || t('views.nameMissing') })} />
        <Select label={t('views.audience')} hint={t('views.audienceHint')} options={viewAudiences.map((value) => ({ value, label: t(`views.audiences.${value}`) }))} {...register('audience')} />
        {problem !== null && (
          <p role="alert" className="text-sm text-critical">
            {problem.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending || update.isPending}>
            {t('views.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
