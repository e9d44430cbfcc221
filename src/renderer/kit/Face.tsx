import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { classes } from './classes';
import { copyText } from './copyText';

// The faces of a screen that is not full: loading, empty, and gone wrong.

/** A grey bar in the place of what will come. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={classes('skeleton h-4', className)} />;
}

/** Rows of bars, for lists that are loading. */
export function SkeletonRows({ rows = 6, label }: { readonly rows?: number; readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-4">
      {Array.from({ length: rows }, (_none, index) => (
        <Skeleton key={index} className={index % 3 === 2 ? 'w-2/3' : 'w-full'} />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** What this place is for, and one way to fill it. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      {icon !== undefined && <div className="mb-2 text-faint">{icon}</div>}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children !== undefined && <div className="text-muted">{children}</div>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

interface ProblemProps {
  readonly title: string;
  readonly message: string;
  readonly retryLabel: string;
  readonly copyLabel: string;
  readonly onRetry: () => void;
  readonly details: string;
}

/** What happened, what to do, and the details to pass on. */
export function Problem({ title, message, retryLabel, copyLabel, onRetry, details }: ProblemProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-center gap-2 px-6 py-12 text-center">
      <CircleAlert size={24} aria-hidden className="text-critical" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-muted">{message}</p>
      <div className="mt-3 flex gap-2">
        <Button look="primary" onClick={onRetry}>
          {retryLabel}
        </Button>
        <Button
          onClick={() => {
            copyText(details);
          }}
        >
          {copyLabel}
        </Button>
      </div>
    </div>
  );
}
