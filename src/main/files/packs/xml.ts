import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import { Refusal } from '#contract/errors';

/** An element or a piece of text, in the order of the file. */
export type XmlNode = XmlElement | string;

export interface XmlElement {
  /** Without a prefix of a namespace. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  removeNSPrefix: true,
  // oxlint-disable-next-line typescript/no-deprecated -- what replaces it is a decoder of another package; this one knows the entities of QTI and Moodle
  htmlEntities: true,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

type Raw = Readonly<Record<string, unknown>>;

function nodesOf(raw: readonly Raw[]): XmlNode[] {
  return raw.flatMap((item): XmlNode[] => {
    const name = Object.keys(item).find((key) => key !== ':@');
    if (name === undefined || name === '#comment') return [];
    const content = item[name];
    if (name === '#text') return [String(content)];
    if (name === '#cdata') return [(content as readonly { readonly '#text': string }[])[0]?.['#text'] ?? ''];
    return [{ name, attributes: (item[':@'] ?? {}) as Record<string, string>, children: nodesOf(content as readonly Raw[]) }];
  });
}

/**
 * Parses XML.
 *
 * @throws Refusal with the line where it is broken, and for a file that defines entities: they are how such files attack
 */
export function parseXml(text: string, name: string): XmlElement {
  if (/<!(?:ENTITY|DOCTYPE[^>]*\[)/i.test(text)) {
    throw new Refusal('unreadable_file', `${name} defines entities of its own, which questions never need. Export it again without a document type; nothing was changed.`);
  }
  try {
    SyntaxValidator.validate(text);
  } catch (error) {
    const { message, line = 1 } = error as Error & { readonly line?: number };
    throw new Refusal('unreadable_file', `${name} is broken XML at line ${String(line)}: ${message} Nothing was changed.`, { line }, { cause: error });
  }
  const root = nodesOf(parser.parse(text) as readonly Raw[]).find((node): node is XmlElement => typeof node !== 'string');
  if (root === undefined) throw new Refusal('unreadable_file', `${name} is empty. Choose another file.`);
  return root;
}

/** The elements right below one, of a name. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** All text of an element, also that of what is in it. */
export function textOf(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

/** Elements of a name anywhere in one. */
export function findAll(element: XmlElement, test: (name: string) => boolean): XmlElement[] {
  return element.children.flatMap((child) => (typeof child === 'string' ? [] : [...(test(child.name) ? [child] : []), ...findAll(child, test)]));
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/**
 * The inside of an element as HTML again.
 *
 * @param instead what stands in the place of an element, or null where it stays
 */
export function innerHtml(element: XmlElement, instead: (child: XmlElement) => string | null): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return escaped(child);
      const replacement = instead(child);
      if (replacement !== null) return replacement;
      const attributes = Object.entries(child.attributes)
        .map(([key, value]) => ` ${key}="${escaped(value)}"`)
        .join('');
      return `<${child.name}${attributes}>${innerHtml(child, instead)}</${child.name}>`;
    })
    .join('');
}

/** The line at which each element of a name begins, in their order. */
export function linesOf(text: string, name: string): number[] {
  const lines: number[] = [];
  let [line, from] = [1, 0];
  for (const match of text.matchAll(new RegExp(`<(?:[\\w.-]+:)?${name}[\\s>/]`, 'g'))) {
    for (let at = text.indexOf('\n', from); at >= 0 && at < match.index; at = text.indexOf('\n', at + 1)) {
      line += 1;
      from = at + 1;
    }
    lines.push(line);
  }
  return lines;
}
