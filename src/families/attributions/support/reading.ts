import type { Contributions } from '../types.ts';

/** One contribution, as JSON has it. */
export interface Contribution {
  readonly a: number;
  readonly b: number;
  readonly value: number;
}

/** What each row of one side contributes: the sum over the rows of the other. */
export function bySide(
  { values, ...places }: Contributions,
  side: 'a' | 'b',
  rows: number,
): Float64Array {
  const sums = new Float64Array(rows);
  values.forEach((value, k) => {
    sums[places[side][k]] += value;
  });
  return sums;
}

/** The k largest contributions, or the k most negative ones; equal ones in their order. */
export function strongest(
  { a, b, values }: Contributions,
  k: number,
  towards: 'for' | 'against' = 'for',
): Contribution[] {
  const sign = towards === 'for' ? 1 : -1;
  return Array.from(values.keys())
    .filter((i) => sign * values[i] > 0)
    .sort((i, j) => sign * (values[j] - values[i]) || i - j)
    .slice(0, k)
    .map((i) => ({ a: a[i], b: b[i], value: values[i] }));
}
