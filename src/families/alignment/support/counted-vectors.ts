import { InputError, OptionError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import { positiveInformation } from '../../../numerics/statistics/positive-information.ts';
import { leadingScores } from '../../../structures/spectra/leading-scores.ts';

export interface CountedOptions {
  /** Coordinates; no more than the table has rows or columns. Default: 100. */
  readonly dim?: number | undefined;
  /** Counts of contexts are taken to this power. Default: 0.75. */
  readonly smoothing?: number | undefined;
  /** Singular values are taken to this power. Default: ½. */
  readonly power?: number | undefined;
}

/**
 * Vectors of the rows of a table of counts, of what stands beside what: U·S^power of the leading singular values of its
 * positive pointwise mutual information, n × m → n × dim. A row without counts is zero.
 * Dense and exact: O(nm·min(n, m)) time.
 *
 * Source: Levy, Goldberg, Dagan 2015; the tables of Krishna et al. 2023.
 */
export async function countedVectors(
  counts: GivenPoints,
  { dim = 100, smoothing = 0.75, power = 0.5 }: CountedOptions = {},
  options: RunOptions = {},
): Promise<Matrix> {
  const where = 'countedVectors';
  const table = requireFinite(where, givenPoints(where, counts));
  const negative = table.data.findIndex((count) => count < 0);
  if (negative >= 0)
    throw new InputError(
      where,
      `row ${Math.floor(negative / table.cols)}, column ${negative % table.cols} is ${table.data[negative]}; expected counts, 0 or more.`,
    );
  const most = Math.min(table.rows, table.cols);
  if (!(Number.isInteger(dim) && dim >= 1 && dim <= most))
    throw new OptionError(where, 'dim', `1 to ${most}, the smaller side of the table`, dim);
  const run = new MethodRun(options);
  const engine = await run.engineFor(table);
  const information = positiveInformation(table, smoothing);
  return (await leadingScores(information, dim, power, engine, { signal: run.signal })).scores;
}
