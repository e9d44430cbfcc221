import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
import { classes } from './classes';

const box =
  'w-full rounded-md border border-line-strong/60 bg-surface px-2.5 text-text placeholder:text-faint hover:border-line-strong disabled:opacity-60 aria-invalid:border-critical';

interface Labelled {
  readonly label: string;
  /** Said below the field. */
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** The label is heard but not shown, where the place says it already. */
  readonly labelHidden?: boolean;
}

function Frame({ id, label, hint, error, labelHidden = false, children, className }: Labelled & { readonly id: string; readonly children: ReactNode; readonly className?: string | undefined }) {
  return (
    <div className={classes('flex flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-medium text-text'}>
        {label}
      </label>
      {children}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm text-critical">
          {error}
        </p>
      )}
      {hint !== undefined && error === undefined && (
        <p id={`${id}-hint`} className="text-sm text-faint">
          {hint}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Labelled) {
  return {
    id,
    'aria-invalid': error !== undefined || undefined,
    'aria-describedby': error !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined,
  };
}

type TextFieldProps = Labelled & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: React.Ref<HTMLInputElement> };

export function TextField({ label, hint, error, labelHidden, className, ...rest }: TextFieldProps) {
  const id = useId();
  const labelled = { label, hint, error, ...(labelHidden === undefined ? {} : { labelHidden }) };
  return (
    <Frame id={id} {...labelled} className={className}>
      <input className={classes(box, 'h-8')} {...described(id, labelled)} {...rest} />
    </Frame>
  );
}

type TextAreaProps = Labelled & TextareaHTMLAttributes<HTMLTextAreaElement> & { readonly ref?: React.Ref<HTMLTextAreaElement> };

export function TextArea({ label, hint, error, labelHidden, className, ...rest }: TextAreaProps) {
  const id = useId();
  const labelled = { label, hint, error, ...(labelHidden === undefined ? {} : { labelHidden }) };
  return (
    <Frame id={id} {...labelled} className={className}>
      <textarea className={classes(box, 'min-h-20 py-1.5')} {...described(id, labelled)} {...rest} />
    </Frame>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

type SelectProps = Labelled & SelectHTMLAttributes<HTMLSelectElement> & { readonly options: readonly Option[]; readonly ref?: React.Ref<HTMLSelectElement> };

/** The system's own select: it works with every keyboard, screen reader and telephone. */
export function Select({ label, hint, error, labelHidden, options, className, ...rest }: SelectProps) {
  const id = useId();
  const labelled = { label, hint, error, ...(labelHidden === undefined ? {} : { labelHidden }) };
  return (
    <Frame id={id} {...labelled} className={className}>
      <select className={classes(box, 'h-8 pr-1')} {...described(id, labelled)} {...rest}>
        {options.map(({ value, label: text, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly title: string;
  readonly detail?: ReactNode;
  readonly onChoose: () => void;
}

/** One of a few large choices. */
export function Choice({ name, value, checked, title, detail, onChoose }: ChoiceProps) {
  return (
    <label className={classes('flex cursor-pointer items-start gap-3 rounded-md border p-3', checked ? 'border-focus bg-selected' : 'border-line hover:bg-sunken')}>
      <input type="radio" name={name} value={value} checked={checked} onChange={onChoose} className="mt-0.5 size-4 shrink-0 accent-focus" />
      <span className="flex flex-col">
        <span className="font-medium">{title}</span>
        {detail !== undefined && <span className="text-sm text-muted">{detail}</span>}
      </span>
    </label>
  );
}

interface CheckProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: ReactNode;
}

export function Check({ label, className, ...rest }: CheckProps) {
  return (
    <label className={classes('flex items-start gap-2', className)}>
      <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-focus" {...rest} />
      <span>{label}</span>
    </label>
  );
}
