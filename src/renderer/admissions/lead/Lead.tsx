export function Lead({ id }: { readonly id: string }) { return <p>{id}</p>; }
