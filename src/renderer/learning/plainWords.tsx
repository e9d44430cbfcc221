/** The words of Markdown for a line in a list: without its signs, on one line. */
export function plainWords(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?```/g, ' … ')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '[$1]')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/(^|\s)[#>*-]+\s/g, '$1')
    .replace(/(\*\*|__|`)/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
