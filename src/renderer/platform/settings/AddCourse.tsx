import { Plus } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { showRefusal } from '#renderer/platform/forms/refusals';

/** A course that no import has brought. */
export function AddCourse() {
  const { t } = useTranslation();
  const create = useCommand('admissions.courses.create');
  const form = useForm({ defaultValues: { name: '', places: '' } });
  const { register, handleSubmit, reset, setFocus, formState } = form;
  const submit = handleSubmit(({ name, places }) => {
    create.mutate(
      { name, places: places.trim() === '' ? null : Number(places) },
      {
        onSuccess: (course) => {
          reset();
          setFocus('name');
          toast({ title: t('settings.courses.added', { name: course.name }) });
        },
        onError: (error) => { showRefusal(form, error); },
      },
    );
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-2 border-t border-line pt-4">
      <div className="flex flex-wrap items-start gap-3">
        <TextField className="min-w-40 flex-1" label={t('settings.courses.newName')} maxLength={500} error={formState.errors.name?.message} {...register('name', { validate: (name) => name.trim() !== '' || t('settings.courses.nameMissing') })} />
        <TextField className="w-28" label={t('settings.courses.places')} inputMode="numeric" placeholder={t('settings.courses.unknown')} error={formState.errors.places?.message} {...register('places', { validate: (places) => /^\d{0,6}$/.test(places.trim()) || t('settings.courses.placesWrong') })} />
        <Button type="submit" className="mt-[22px]" icon={<Plus size={14} aria-hidden />} busy={create.isPending}>
          {t('settings.courses.add')}
        </Button>
      </div>
      <FormProblem message={formState.errors.root?.message} />
    </form>
  );
}
