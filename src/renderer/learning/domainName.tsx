/** A domain by its name, with its code before it where that is a short one of its own, such as T1. */
export function domainName({ code, title }: { readonly code: string; readonly title: string }): string {
  return code.length > 5 || code.toLowerCase() === title.toLowerCase() ? title : `${code} · ${title}`;
}
