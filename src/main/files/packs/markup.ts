import TurndownService from 'turndown';

const service = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', emDelimiter: '*' });
service.remove(['script', 'style', 'noscript', 'iframe', 'object', 'form'] as TurndownService.Filter);
// A picture is named; its file is not taken.
service.addRule('pictures', {
  filter: (node) => ['IMG', 'AUDIO', 'VIDEO', 'SVG', 'CANVAS'].includes(node.nodeName.toUpperCase()),
  replacement: (_content, node) => {
    const named = (node as unknown as { getAttribute(name: string): string | null }).getAttribute('alt')?.trim() ?? '';
    return `![${named.replace(/[[\]]/g, '')}]()`;
  },
});
service.addRule('links', {
  filter: (node) => node.nodeName === 'A',
  replacement: (content) => content,
});

const looksLikeMarkup = /<\/?[a-z][^>]*>|&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/i;

/** Markdown of a piece of HTML: no script, no style, no links, pictures by their names. */
export function markdownOf(html: string): string {
  return looksLikeMarkup.test(html) ? service.turndown(html).trim() : html.trim();
}

/** Plain text of a piece of HTML, for answers that are compared with what somebody types. */
export function plainOf(html: string): string {
  if (!looksLikeMarkup.test(html)) return html.trim();
  return service
    .turndown(html)
    .replace(/\\([\\`*_{}[\]()#+\-.!>~|])/g, '$1')
    .trim();
}

/** What a picture in a text is called, or null where there is none: the picture itself is not part of the course. */
export function pictureIn(...texts: readonly string[]): string | null {
  for (const text of texts) {
    const found = /!\[([^\]]*)\]\([^)]*\)/.exec(text);
    if (found !== null) return found[1] === undefined || found[1].trim() === '' ? 'Picture' : `Picture: ${found[1].trim().slice(0, 100)}`;
  }
  return null;
}
