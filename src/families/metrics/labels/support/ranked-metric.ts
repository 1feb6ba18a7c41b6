import { queryMean, type Rankings } from '../../../../structures/retrieval/rankings.ts';
import type { Space } from '../../../../structures/space/types.ts';
import type { Measured } from '../../types.ts';

/** Fewer queries than this tell the skewness of their numbers badly, and so the interval. */
const FEW_QUERIES = 30;

/** A number of each query's ranks: its mean over the queries, beside that of rows in random order. */
export async function overQueries(
  space: Space,
  of: (ranks: Float64Array, gains: Float64Array) => number,
  ofRandomOrder: (n: number, relevant: number, gains: Float64Array) => number,
): Promise<Measured & { readonly found: Rankings }> {
  const found = await space.rankings();
  const { n, ranks, gains } = found;
  const chance = gains.reduce((sum, own) => sum + ofRandomOrder(n, own.length, own), 0);
  const count = ranks.length === 1 ? '1 query is' : `${ranks.length} queries are`;
  const few = ranks.length < FEW_QUERIES ? [`${count} few: the interval is too narrow.`] : [];
  return {
    found,
    ...queryMean(found, of),
    warnings: [...found.warnings, ...few],
    null: { value: chance / ranks.length, how: 'exact, rows in random order; mean' },
  };
}
