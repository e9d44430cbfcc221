import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';

const textFields = ['givenName', 'familyName', 'email', 'phone', 'source', 'course', 'campus', 'country', 'city'] as const;
type Values = Record<(typeof textFields)[number], string>;

/** A lead by hand: somebody called, or came to the desk. It is scored at once. */
export function AddLead({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const create = useCommand('admissions.leads.create');
  const options = useEntry('admissions.leads.options', {});
  const { register, handleSubmit, formState } = useForm<Values>();
  const submit = handleSubmit((values) => {
    const said = Object.fromEntries(textFields.map((name) => [name, values[name].trim()] as const).filter(([, value]) => value !== ''));
    create.mutate(said, {
      onSuccess: (lead) => {
        onClose();
        toast({ title: t('leads.added', { name: lead.name }), action: { label: t('common.open'), run: () => { go(`/leads/${lead.id}`); } } });
      },
    });
  });
  const known = (name: string): readonly string[] => options.data?.fields.find((field) => field.name === name)?.values.map(({ value }) => value) ?? [];
  return (
    <Dialog open onClose={onClose} title={t('leads.addTitle')} description={t('leads.addDetail')} closeLabel={t('common.close')}>
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <div className="grid gap-3 sm:grid-cols-2">
          {textFields.map((name, index) => (
            <TextField
              key={name}
              label={t(`leads.add.${name}`)}
              autoFocus={index === 0}
              type={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'}
              list={`known-${name}`}
              maxLength={name === 'phone' ? 60 : 200}
              autoComplete="off"
              error={formState.errors[name]?.message}
              {...register(name, {
                validate: (_value, all) =>
                  name !== 'familyName' || [all.givenName, all.familyName, all.email, all.phone].some((value) => value.trim() !== '') || t('leads.addNothing'),
              })}
            />
          ))}
        </div>
        {(['source', 'course', 'campus', 'country', 'city'] as const).map((name) => (
          <datalist key={name} id={`known-${name}`}>
            {known(name).map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        ))}
        {create.error !== null && (
          <p role="alert" className="text-sm text-critical">
            {create.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t('leads.addSave')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
