/** Whole sentences of an answer under way, each announced once; then the rest. A piece of a word is never read out. */
export function Spoken({ arriving, whole }: { readonly arriving: string; readonly whole: string | null }) {
  const text = arriving !== '' ? arriving.slice(0, Math.max(0, arriving.search(/[.!?:][^.!?:]*$/u) + 1)) : (whole ?? '');
  const sentences = text.split(/(?<=[.!?:])\s+/u).filter((sentence) => sentence !== '');
  return (
    <div role="log" aria-live="polite" className="sr-only">
      {sentences.map((sentence, index) => (
        <p key={index}>{sentence}</p>
      ))}
    </div>
  );
}
