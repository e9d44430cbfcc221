import { type ReactNode, type TdHTMLAttributes, type ThHTMLAttributes, useLayoutEffect, useRef, useState } from 'react';
import { classes } from './classes';

// A plain table of at most a few hundred rows. Longer ones are virtual: see the list of leads.

/** Whether what is in a place is wider than it, now and whenever either changes. */
function useOverflow() {
  const place = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const measure = (): void => {
      setWide(element.scrollWidth > element.clientWidth);
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    if (element.firstElementChild !== null) watcher.observe(element.firstElementChild);
    return () => {
      watcher.disconnect();
    };
  }, []);
  return [place, wide] as const;
}

/** A table with a heading for those who hear it. */
export function Sheet({ caption, children, className }: { readonly caption: string; readonly children: ReactNode; readonly className?: string }) {
  const [place, wide] = useOverflow();
  return (
    // Where it is wider than its place, the keyboard can scroll it.
    <div ref={place} className="relative overflow-x-auto" {...(wide ? { tabIndex: 0, role: 'group', 'aria-label': caption } : {})}>
      <table className={classes('w-full border-collapse text-left', className)}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

/** The head of a column. */
export function Head({ className, number = false, children, ...rest }: ThHTMLAttributes<HTMLTableCellElement> & { readonly number?: boolean }) {
  return (
    <th scope="col" className={classes('h-9 border-b border-line px-3 text-xs font-medium whitespace-nowrap text-muted', number && 'text-right', className)} {...rest}>
      {children}
    </th>
  );
}

/** A cell. Numbers stand under each other. */
export function Cell({ className, number = false, children, ...rest }: TdHTMLAttributes<HTMLTableCellElement> & { readonly number?: boolean }) {
  return (
    <td className={classes('h-10 border-b border-line px-3 py-1.5', number && 'tabular text-right whitespace-nowrap', className)} {...rest}>
      {children}
    </td>
  );
}
