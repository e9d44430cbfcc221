import { type ReactNode, useId } from 'react';

/** One part of the screen, with what it is about. */
export function Panel({ title, detail, children }: { readonly title: string; readonly detail?: ReactNode; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-line bg-surface">
      <header className="border-b border-line px-4 py-3 sm:px-5">
        <h2 id={id} className="font-semibold">{title}</h2>
        {detail !== undefined && <p className="mt-0.5 max-w-prose text-sm text-muted">{detail}</p>}
      </header>
      <div className="flex flex-col gap-5 p-4 sm:p-5">{children}</div>
    </section>
  );
}
