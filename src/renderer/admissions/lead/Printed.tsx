import type { ReactNode } from 'react';

/** A part of a printed page: its title stays with what follows. */
export function Printed({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mb-4">
      <h2 className="mb-1 break-after-avoid text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}
