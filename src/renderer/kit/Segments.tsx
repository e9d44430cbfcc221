import { useId } from 'react';
import { classes } from './classes';
import { Key } from './Marks';

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  /** A key that chooses a segment is shown beside it; whoever draws them listens for it. */
  readonly segments: readonly { readonly value: Value; readonly label: string; readonly keyName?: string }[];
  readonly onChange: (value: Value) => void;
  /** Whether the chosen one has the keyboard at first. */
  readonly autoFocus?: boolean;
}

/** A few choices side by side, of which one holds: radio buttons that look like a switch. */
export function Segments<Value extends string>({ label, value, segments, onChange, autoFocus = false }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="inline-flex w-fit flex-wrap rounded-md border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          className={classes(
            'flex h-7 cursor-pointer items-center gap-1.5 rounded px-2.5 text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus',
            segment.value === value ? 'bg-raised text-text shadow-sm' : 'text-muted hover:text-text',
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={segment.value === value}
            autoFocus={autoFocus && segment.value === value}
            onChange={() => {
              onChange(segment.value);
            }}
          />
          {segment.label}
          {segment.keyName !== undefined && <Key>{segment.keyName}</Key>}
        </label>
      ))}
    </fieldset>
  );
}
