import type { ReactNode } from 'react';
import { Mark } from '#renderer/shell/Mark';

/** The small page in front of the app. */
export function Entrance({ title, detail, children }: { readonly title: string; readonly detail?: string; readonly children: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center p-4">
      <div className="w-full max-w-sm rounded-md border border-line bg-surface p-6">
        <div className="mb-5 flex items-center gap-2">
          <Mark size={24} />
          <span className="text-lg font-semibold">Ivy</span>
        </div>
        <h1 className="text-xl font-semibold">{title}</h1>
        {detail !== undefined && <p className="mt-1 text-muted">{detail}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  );
}
