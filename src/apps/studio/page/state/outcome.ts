import { signal } from '@preact/signals';
import type { Interval } from '../parts/interval.tsx';
import { act } from './session.ts';

export interface Between {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
/** What was done last, with the numbers before and after. */
export interface Done {
  readonly title: string;
  readonly facts: {
    readonly table: string;
    readonly moved?: { readonly medianDeg: number; readonly largestDeg: number } | null;
    readonly neighborsKept?: Interval | null;
    readonly measured?: {
      readonly rows: number;
      readonly ofRows: number;
      readonly numbers: readonly {
        readonly id: string;
        readonly title: string;
        readonly before: Between;
        readonly after: Between;
      }[];
    } | null;
    readonly verdict?: Verdict | string | null;
  };
}
export interface Verdict {
  readonly probeBefore: Interval;
  readonly probeAfter: Interval;
  readonly majority: number;
}

export const done = signal<Done | undefined>(undefined);

/** Does an action on a table, and remembers what came of it. */
export async function perform(
  title: string,
  action: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const answer = await act(title, action, parameters);
  if (answer) done.value = { title, facts: answer.facts as unknown as Done['facts'] };
  return answer !== undefined;
}
