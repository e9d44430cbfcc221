import { useEffect, useRef } from 'react';
import temml from 'temml';

/** A formula in TeX as MathML, which the browser draws and screen readers read. What is no formula is shown as it is written. */
export function Formula({ tex, display }: { readonly tex: string; readonly display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (place.current !== null) temml.render(tex, place.current, { displayMode: display, throwOnError: false, maxSize: [50, 50], maxExpand: 200 });
  }, [tex, display]);
  return <span ref={place}>{tex}</span>;
}
