import { CircleAlert, CircleCheck, PlugZap } from 'lucide-react';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { InputOf, OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { resetTo } from '#renderer/platform/settings/resetTo';
import { tellFailure } from '#renderer/shell/tellFailure';
import { Panel } from './Panel';

interface Values {
  readonly model: string;
  readonly baseUrl: string;
  readonly key: string;
}

/** Which model, where it is, and the key to it, which is shown to nobody again. */
export function Connection({ view: { settings, key, models } }: { readonly view: OutputOf<'platform.language.settings'> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const list = useId();
  const update = useCommand('platform.language.update');
  const check = useCommand('platform.language.check');
  const form = useForm<Values>({ values: { model: settings.model, baseUrl: settings.baseUrl, key: '' }, resetOptions: { keepDirtyValues: true } });
  const { register, handleSubmit, formState } = form;
  const { errors, isDirty } = formState;
  const save = (input: InputOf<'platform.language.update'>): void => {
    update.mutate(input, {
      onSuccess: (saved) => {
        resetTo(form, { model: saved.settings.model, baseUrl: saved.settings.baseUrl, key: '' });
        toast({ title: t('language.saved') });
      },
      onError: (error) => { showRefusal(form, error); },
    });
  };
  const submit = handleSubmit(({ model, baseUrl, key: given }) => { save({ model: model.trim(), baseUrl: baseUrl.trim(), ...(given.trim() === '' ? {} : { key: given.trim() }) }); });
  return (
    <Panel title={t('language.connection.title')} detail={t('language.connection.detail')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
          <TextField label={t('language.connection.model')} list={list} hint={t('language.connection.modelHint')} error={errors.model?.message} {...register('model', { validate: (model) => model.trim() !== '' || t('language.connection.modelMissing') })} />
          <datalist id={list}>
            {models.map((model) => (
              <option key={model} value={model} />
            ))}
          </datalist>
          <TextField label={t('language.connection.baseUrl')} type="url" spellCheck={false} hint={t('language.connection.baseUrlHint')} error={errors.baseUrl?.message} {...register('baseUrl')} />
          <TextField
            label={t('language.connection.key')}
            type="password"
            autoComplete="off"
            spellCheck={false}
            hint={key === null ? t('language.connection.keyMissing') : t('language.connection.keySet', { ending: key.ending, when: formats.date(key.setAt) })}
            error={errors.key?.message}
            {...register('key', { validate: (given) => given.trim() === '' || given.trim().length >= 8 || t('language.connection.keyShort') })}
          />
        </div>
        <FormProblem message={errors.root?.message} />
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          <Button type="submit" look="primary" disabled={!isDirty} busy={update.isPending}>{t('language.save')}</Button>
          <Button icon={<PlugZap size={14} aria-hidden />} disabled={isDirty} busy={check.isPending} onClick={() => { check.mutate({}, { onError: tellFailure }); }}>{t('language.connection.check')}</Button>
          {key !== null && <Button look="quiet" onClick={() => { save({ key: null }); }}>{t('language.connection.forget')}</Button>}
        </div>
        {check.data !== undefined && (
          <p role="status" className="flex items-start gap-2 text-sm">
            {check.data.works ? <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-good" /> : <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-critical" />}
            {check.data.works ? t('language.connection.works', { model: check.data.model, milliseconds: formats.number(check.data.milliseconds) }) : check.data.offline?.message}
          </p>
        )}
      </form>
    </Panel>
  );
}
