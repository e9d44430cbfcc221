import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LanguageSettings } from '#contract/platform/language';
import { roles } from '#domain/platform/roles';
import { messageOf } from '#renderer/data/client';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Select, TextField } from '#renderer/kit/Field';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { Panel } from './Panel';

const columns = ['requestsPerMinute', 'outputTokens', 'monthlyMoney'] as const;
type Column = (typeof columns)[number];
const priceNames = ['input', 'output', 'cacheWrite', 'cacheRead'] as const;

/** Everything as it is written, by a name for each field; a limit’s is `everybody.column`, `role.staff.column` or `user.<id>.column`. */
type Draft = Readonly<Record<string, string>>;

const written = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));

function draftOf({ monthlyMoney, warnAt, currency, prices, everybody, byRole, byUser }: LanguageSettings): Draft {
  const limits = [['everybody', everybody], ...roles.map((role) => [`role.${role}`, byRole[role]] as const), ...Object.entries(byUser).map(([id, limit]) => [`user.${id}`, limit] as const)] as const;
  return {
    monthlyMoney: written(monthlyMoney),
    warnAt: warnAt.map((share) => String(Math.round(share * 100))).join(', '),
    currency,
    ...Object.fromEntries(priceNames.map((name) => [`price.${name}`, written(prices?.[name])])),
    ...Object.fromEntries(limits.flatMap(([name, limit]) => columns.map((column) => [`${name}.${column}`, written(limit?.[column])]))),
  };
}

const number = (text: string | undefined): number | null => (text === undefined || text.trim() === '' ? null : Number(text.replace(',', '.')));

/** A limit from what is written; nothing where a field is empty. */
function limitFrom(draft: Draft, name: string): Partial<Record<Column, number>> {
  return Object.fromEntries(columns.map((column) => [column, number(draft[`${name}.${column}`])] as const).filter(([, value]) => value !== null));
}

/** What may be spent, by all, by each role and by a person. */
export function BudgetForm({ settings }: { readonly settings: LanguageSettings }) {
  const { t } = useTranslation();
  const update = useCommand('platform.language.update');
  const users = useEntry('platform.users.list', { includeInactive: false });
  const [draft, setDraft] = useState<Draft | null>(null);
  const shown = draft ?? draftOf(settings);
  const set = (name: string, value: string): void => { setDraft({ ...shown, [name]: value }); };
  const nameOf = (id: string): string => users.data?.items.find((user) => user.id === id)?.name ?? id;
  const people = [...new Set(Object.keys(shown).filter((name) => name.startsWith('user.')).map((name) => name.split('.')[1] ?? ''))];
  const wrong = Object.entries(shown).find(([name, text]) => name !== 'currency' && name !== 'warnAt' && text.trim() !== '' && !(Number(text.replace(',', '.')) >= 0));
  const submit = (): void => {
    const given = priceNames.map((name) => number(shown[`price.${name}`]));
    const [input = null, output = null, cacheWrite = null, cacheRead = null] = given;
    update.mutate(
      {
        monthlyMoney: number(shown.monthlyMoney),
        currency: (shown.currency ?? '').toUpperCase(),
        warnAt: (shown.warnAt ?? '').split(/[\s,;]+/).filter((part) => part !== '').map((part) => Number(part) / 100),
        prices: input === null || output === null ? null : { input, output, cacheWrite: cacheWrite ?? input, cacheRead: cacheRead ?? input },
        everybody: { ...settings.everybody, monthlyMoney: null, ...limitFrom(shown, 'everybody') },
        byRole: Object.fromEntries(roles.map((role) => [role, limitFrom(shown, `role.${role}`)] as const).filter(([, limit]) => Object.keys(limit).length > 0)),
        byUser: Object.fromEntries(people.map((id) => [id, limitFrom(shown, `user.${id}`)] as const).filter(([, limit]) => Object.keys(limit).length > 0)),
      },
      { onSuccess: () => { setDraft(null); toast({ title: t('language.saved') }); } },
    );
  };
  const row = (name: string, title: string) => (
    <tr key={name}>
      <Cell className="font-medium whitespace-nowrap">{title}</Cell>
      {columns.map((column) => (
        <Cell key={column}>
          <TextField
            className="min-w-24"
            label={t('language.budget.cell', { who: title, what: t(`language.budget.${column}`) })}
            labelHidden
            inputMode="decimal"
            placeholder={name === 'everybody' ? (column === 'monthlyMoney' ? t('language.budget.open') : '') : written(number(shown[`everybody.${column}`])) || t('language.budget.open')}
            value={shown[`${name}.${column}`] ?? ''}
            onChange={(event) => { set(`${name}.${column}`, event.target.value); }}
          />
        </Cell>
      ))}
    </tr>
  );
  const others = (users.data?.items ?? []).filter(({ id }) => !people.includes(id));
  return (
    <Panel title={t('language.budget.title')} detail={t('language.budget.detail')}>
      <form noValidate className="flex flex-col gap-5" onSubmit={(event) => { event.preventDefault(); if (wrong === undefined) submit(); }}>
        <div className="grid gap-x-6 gap-y-5 sm:grid-cols-3">
          <TextField label={t('language.budget.month')} inputMode="decimal" hint={t('language.budget.monthHint')} value={shown.monthlyMoney ?? ''} onChange={(event) => { set('monthlyMoney', event.target.value); }} />
          <TextField label={t('language.budget.currency')} maxLength={3} hint={t('language.budget.currencyHint')} value={shown.currency ?? ''} onChange={(event) => { set('currency', event.target.value); }} />
          <TextField label={t('language.budget.warnAt')} hint={t('language.budget.warnAtHint')} value={shown.warnAt ?? ''} onChange={(event) => { set('warnAt', event.target.value); }} />
        </div>
        <fieldset className="border-t border-line pt-4">
          <legend className="float-left mb-2 w-full text-sm font-medium">{t('language.budget.prices')}</legend>
          <p className="mb-3 max-w-prose text-sm text-muted">{t('language.budget.pricesDetail')}</p>
          <div className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
            {priceNames.map((name) => (
              <TextField key={name} label={t(`language.budget.price.${name}`)} inputMode="decimal" value={shown[`price.${name}`] ?? ''} onChange={(event) => { set(`price.${name}`, event.target.value); }} />
            ))}
          </div>
        </fieldset>
        <div className="flex flex-col gap-3 border-t border-line pt-4">
          <Sheet caption={t('language.budget.limits')}>
            <thead>
              <tr>
                <Head>{t('language.budget.who')}</Head>
                {columns.map((column) => (
                  <Head key={column}>{t(`language.budget.${column}`)}</Head>
                ))}
              </tr>
            </thead>
            <tbody>
              {row('everybody', t('language.budget.everybody'))}
              {roles.map((role) => row(`role.${role}`, t(`roles.${role}`)))}
              {people.map((id) => row(`user.${id}`, nameOf(id)))}
            </tbody>
          </Sheet>
          {others.length > 0 && (
            <Select className="w-64" label={t('language.budget.addPerson')} value="" options={[{ value: '', label: t('language.budget.choosePerson') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(event) => { if (event.target.value !== '') set(`user.${event.target.value}.requestsPerMinute`, ''); }} />
          )}
        </div>
        <FormProblem message={wrong !== undefined ? t('language.budget.wrong', { value: wrong[1] }) : update.error === null ? undefined : messageOf(update.error)} />
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          <Button type="submit" look="primary" disabled={draft === null || wrong !== undefined} busy={update.isPending}>{t('language.save')}</Button>
          {draft !== null && <Button look="quiet" onClick={() => { setDraft(null); }}>{t('language.discard')}</Button>}
        </div>
      </form>
    </Panel>
  );
}
