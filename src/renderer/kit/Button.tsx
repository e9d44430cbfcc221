import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classes } from './classes';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  readonly size?: 'small' | 'medium';
  readonly icon?: ReactNode;
  /** Shows that work is under way; the button cannot be pressed again meanwhile. */
  readonly busy?: boolean;
  readonly ref?: React.Ref<HTMLButtonElement>;
}

const looks: Readonly<Record<Look, string>> = {
  primary: 'bg-action text-on-action hover:bg-action-hover border-transparent',
  secondary: 'bg-surface text-text hover:bg-sunken border-line-strong/60',
  quiet: 'bg-transparent text-muted hover:bg-sunken hover:text-text border-transparent',
  danger: 'bg-surface text-critical hover:bg-critical hover:text-surface border-critical/50',
};

/** A button that says what it does. */
export function Button({ look = 'secondary', size = 'medium', icon, busy = false, className, children, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={classes(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-50',
        size === 'small' ? 'h-7 px-2 text-sm' : 'h-8 px-3',
        looks[look],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What the button does: its name, and its tooltip. */
  readonly label: string;
  readonly pressed?: boolean;
  readonly ref?: React.Ref<HTMLButtonElement>;
}

/** A button that is only an icon; its label is heard and shown as a tooltip. */
export function IconButton({ label, pressed, className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      className={classes(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-text disabled:opacity-50',
        pressed === true && 'bg-sunken text-text',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
