interface Block {
  readonly type?: string;
  readonly text?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly content?: string | readonly Block[];
}

const wordsOf = (content: string | readonly Block[] | undefined): string[] =>
  content === undefined
    ? []
    : typeof content === 'string'
      ? [content]
      : content.flatMap((block) => [...(block.text === undefined ? [] : [block.text]), ...(block.type === 'tool_use' ? [`${block.name ?? ''} ${JSON.stringify(block.input)}`] : []), ...wordsOf(block.content)]);

/** What is said in a request, without what every request begins with: the turns, as a person reads them. Empty where it cannot be read. */
export function spokenIn(body: string): string {
  try {
    const { messages } = JSON.parse(body) as { readonly messages?: readonly { readonly content?: string | readonly Block[] }[] };
    return (messages ?? []).flatMap(({ content }) => wordsOf(content)).join('\n\n');
  } catch {
    return '';
  }
}
