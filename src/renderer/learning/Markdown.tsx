import { Image } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { classes } from '#renderer/kit/classes';

const Formula = lazy(() => import('./Formula').then((module) => ({ default: module.Formula })));

/** The TeX of a formula where a piece of code is one, as remark-math marks it. */
function formulaOf(className: string | undefined, children: unknown): string | null {
  return className?.includes('language-math') === true && typeof children === 'string' ? children : null;
}

/** Courses come from anywhere: a link opens nothing, a picture is named, and markup is words. */
const components: Components = {
  a: ({ children, href }) => (
    <span>
      {children}
      {href !== undefined && href !== '' && <span className="text-faint"> ({href})</span>}
    </span>
  ),
  img: ({ alt }) => (
    <span className="inline-flex items-center gap-1 rounded border border-dashed border-line-strong px-1.5 text-sm text-muted">
      <Image size={12} aria-hidden />
      {alt}
    </span>
  ),
  code: ({ className, children }) => {
    const tex = formulaOf(className, children);
    if (tex === null) return <code className="rounded bg-sunken px-1 py-0.5 font-mono text-[.9em]">{children}</code>;
    return (
      <Suspense fallback={<code>{tex}</code>}>
        <Formula tex={tex} display={className?.includes('math-display') === true} />
      </Suspense>
    );
  },
  // What is longer than its place is moved by the keys.
  pre: ({ children }) => <div tabIndex={0} className="my-2 overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-sm whitespace-pre [&_code]:bg-transparent [&_code]:p-0 [&_math]:font-[math]">{children}</div>,
  table: ({ children }) => (
    <div className="my-2 overflow-x-auto">
      <table className="border-collapse [&_td]:border [&_td]:border-line [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_th]:py-1 [&_th]:text-left">{children}</table>
    </div>
  ),
};

interface MarkdownProps {
  readonly text: string;
  readonly className?: string;
  /** For a line in a list: no paragraphs of its own. */
  readonly inline?: boolean;
  /** What to show for a link, where the program itself put it there; null shows it as words. */
  readonly linkOf?: (href: string, children: ReactNode) => ReactNode;
}

/** Markdown of a course: headings, lists, tables, code and formulas. HTML in it is shown as it is written. */
export function Markdown({ text, className, inline = false, linkOf }: MarkdownProps) {
  const parts = useMemo((): Components => {
    const Plain = components.a as (props: { readonly href?: string | undefined; readonly children?: ReactNode }) => ReactNode;
    return linkOf === undefined ? components : { ...components, a: ({ href, children }) => linkOf(href ?? '', children) ?? Plain({ href, children }) };
  }, [linkOf]);
  return (
    <div
      className={classes(
        'min-w-0 break-words [&_blockquote]:my-2 [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-muted [&_h1]:mt-4 [&_h1]:text-xl [&_h1]:font-semibold [&_h2]:mt-4 [&_h2]:text-lg [&_h2]:font-semibold [&_h3]:mt-3 [&_h3]:font-semibold [&_hr]:my-4 [&_hr]:border-line [&_li]:my-0.5 [&_ol]:my-2 [&_ol]:list-decimal [&_ol]:pl-6 [&_ul]:my-2 [&_ul]:list-disc [&_ul]:pl-6',
        inline ? '[&_p]:inline' : '[&_p+p]:mt-2',
        className,
      )}
    >
      <ReactMarkdown remarkPlugins={[remarkGfm, remarkMath]} components={parts}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
