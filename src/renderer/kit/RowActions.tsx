import type { ReactNode } from 'react';

/**
 * What one can do to a row, over its end while the mouse or the keyboard is on it, so that its words have the whole width; where there is
 * neither, on a touch screen, always and beside it. The row is `group relative`.
 */
export function RowActions({ children }: { readonly children: ReactNode }) {
  return (
    <span className="flex shrink-0 rounded bg-surface opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-fine:absolute pointer-fine:top-0 pointer-fine:right-0 pointer-coarse:opacity-100">{children}</span>
  );
}
