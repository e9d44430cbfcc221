/** A model in words, for somebody who knows no statistics. */
export function CardInWords({ card }: { readonly card: readonly string[] }) {
  return (
    <ul className="flex max-w-prose list-disc flex-col gap-1.5 pl-5">
      {card.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
