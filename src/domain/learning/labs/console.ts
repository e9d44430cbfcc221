import { fold } from '#domain/kernel/text';

/** A lab as a pack holds it. */
export interface LabScript {
  /** What it is about, in Markdown. */
  readonly intro: string;
  readonly prompt: string;
  readonly steps: readonly {
    readonly task: string;
    /** Inputs that are right: texts, or regular expressions between slashes. */
    readonly accept: readonly string[];
    readonly output: string;
    readonly hint: string | null;
  }[];
  /** What the console answers to inputs that are no step. */
  readonly answers: readonly { readonly input: string; readonly output: string }[];
}

export interface Line {
  readonly input: string;
  readonly output: string;
  /** Whether it was the right input for the step that was next. */
  readonly accepted: boolean;
}

/** How far somebody is with a lab. */
export interface LabState {
  /** Steps done. */
  readonly step: number;
  /** Steps whose hint was shown. */
  readonly hints: readonly number[];
  readonly transcript: readonly Line[];
}

export const freshLab: LabState = { step: 0, hints: [], transcript: [] };

/** A transcript keeps so many lines; the oldest go. */
const longestTranscript = 200;

/** A repeated group with a repetition within it can take longer than the sun will shine. Such a pattern is taken as plain text. */
const endless = /\([^)]*[+*}][^)]*\)\s*[+*{]/;

function matches(accept: string, input: string): boolean {
  const pattern = /^\/(.{1,200})\/$/.exec(accept)?.[1];
  if (pattern !== undefined && !endless.test(pattern)) {
    try {
      return new RegExp(`^(?:${pattern})$`, 'iu').test(input.trim());
    } catch {
      // A pattern that is none is compared as it is written.
    }
  }
  return fold(accept) === fold(input);
}

/**
 * What the simulated console answers to a line. The input of the step that is next takes the lab on; what the pack knows besides is
 * answered; anything else says what the console can be asked. Nothing is run.
 *
 * @param unknown what is said to an input that nothing is known of
 */
export function typeLine(lab: LabScript, state: LabState, input: string, unknown: string): LabState {
  const step = lab.steps[state.step];
  const right = step?.accept.some((accept) => matches(accept, input)) === true ? step : null;
  const earlier = lab.steps.slice(0, state.step).findLast(({ accept }) => accept.some((one) => matches(one, input)));
  const other = lab.answers.find((answer) => matches(answer.input, input));
  const output = right?.output ?? other?.output ?? earlier?.output ?? unknown;
  return { ...state, step: state.step + (right === null ? 0 : 1), transcript: [...state.transcript, { input, output, accepted: right !== null }].slice(-longestTranscript) };
}

/** Shows the hint of the step that is next. */
export function showHint(lab: LabScript, state: LabState): LabState {
  const hint = lab.steps[state.step]?.hint ?? null;
  return hint === null || state.hints.includes(state.step) ? state : { ...state, hints: [...state.hints, state.step] };
}
