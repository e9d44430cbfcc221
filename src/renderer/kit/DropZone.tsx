import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { Button } from './Button';
import { classes } from './classes';

interface DropZoneProps {
  readonly title: string;
  readonly detail: string;
  /** What the button says, also while it is busy. */
  readonly action: string;
  readonly busy: boolean;
  readonly onChoose: () => void;
  readonly onDrop: (file: File) => void;
}

/** Where a file is dropped, or chosen by the button in it. */
export function DropZone({ title, detail, action, busy, onChoose, onDrop }: DropZoneProps) {
  const [over, setOver] = useState(false);
  return (
    <div
      className={classes('flex flex-col items-center gap-2 rounded-md border-2 border-dashed px-6 py-12 text-center', over ? 'border-focus bg-selected' : 'border-line-strong/60 bg-surface')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) onDrop(file);
      }}
    >
      <FileUp size={28} aria-hidden className="text-faint" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="max-w-md text-muted">{detail}</p>
      <Button look="primary" className="mt-2" autoFocus busy={busy} onClick={onChoose}>
        {action}
      </Button>
    </div>
  );
}
