import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** How a figure came about, for who wants to check it. */
export function Working({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <details className="group mt-3 border-t border-line pt-3">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded text-sm font-medium text-muted hover:text-text">
        <ChevronRight size={13} aria-hidden className="transition-transform duration-100 group-open:rotate-90" />
        {t('lead.working.show')}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}

interface WorkingRow {
  readonly key: string;
  readonly name: string;
  /** What is particular about it, such as that an average stands in. */
  readonly note?: string;
  readonly figures: readonly string[];
}

interface WorkingTableProps {
  /** The names of the figures. */
  readonly heads: readonly string[];
  readonly rows: readonly WorkingRow[];
  readonly sum: WorkingRow;
}

/** The figures of a calculation, factor by factor, and their sum. */
export function WorkingTable({ heads, rows, sum }: WorkingTableProps) {
  const { t } = useTranslation();
  const cells = (figures: readonly string[]) => figures.map((figure, index) => <td key={heads[index]} className="py-0.5 text-right">{figure}</td>);
  return (
    <table className="tabular w-full text-left text-sm">
      <thead className="text-xs text-faint">
        <tr>
          <th className="py-1 font-medium">{t('lead.working.factor')}</th>
          {heads.map((head) => (
            <th key={head} className="py-1 text-right font-medium">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, note, figures }) => (
          <tr key={key}>
            <td className="py-0.5">
              {name}
              {note !== undefined && <span className="text-faint"> · {note}</span>}
            </td>
            {cells(figures)}
          </tr>
        ))}
      </tbody>
      <tfoot className="border-t border-line">
        <tr>
          <td className="py-0.5">{sum.name}</td>
          {cells(sum.figures)}
        </tr>
      </tfoot>
    </table>
  );
}
