import { LinkifyIt } from 'linkify-it';
import { webLink } from '#contract/links';
import { tellFailure } from '#renderer/shell/tellFailure';

const finder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false }).add('http:', null).add('ftp:', null).add('//', null).add('mailto:', null);

/** Text as it was typed, its line breaks kept. What is an https link in it can be opened, through the door alone; nothing else is. */
export function PlainText({ children }: { readonly children: string }) {
  const parts: (string | { readonly text: string; readonly href: string })[] = [];
  let from = 0;
  for (const { index, lastIndex, url, text } of finder.match(children) ?? []) {
    const href = webLink(url);
    if (href === null) continue;
    parts.push(children.slice(from, index), { text, href });
    from = lastIndex;
  }
  parts.push(children.slice(from));
  return (
    <span className="break-words whitespace-pre-wrap">
      {parts.map((part, index) =>
        typeof part === 'string' ? (
          part
        ) : (
          <button key={index} type="button" className="text-left break-all underline underline-offset-2" onClick={() => { window.ivy.openLink(part.href).catch(tellFailure); }}>
            {part.text}
          </button>
        ),
      )}
    </span>
  );
}
