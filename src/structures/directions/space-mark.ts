import { InputError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';

/** By what a space is known again: mean and standard deviation of each of its d coordinates. */
export interface SpaceMark {
  readonly mean: Float64Array;
  readonly deviations: Float64Array;
}

/** The mark of the space that rows are of. */
export function spaceMark({ data, rows: n, cols: d }: Matrix): SpaceMark {
  const mean = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let e = 0; e < data.length; e++) mean[e % d] += data[e] / n;
  for (let e = 0; e < data.length; e++) squares[e % d] += (data[e] - mean[e % d]) ** 2 / n;
  return { mean, deviations: squares.map(Math.sqrt) };
}

/** Refuses rows of another number of columns than the space has. */
export function requireSpace(where: string, { mean }: SpaceMark, { cols }: Matrix): void {
  if (cols !== mean.length)
    throw new InputError(
      where,
      `the directions are of a space of ${mean.length} columns; the rows have ${cols}.`,
    );
}
