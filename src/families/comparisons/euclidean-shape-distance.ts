import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { shapeParts, turnedNuclearNorms } from './support/nuclear.ts';
import { simulatedExpectation } from './support/statistics.ts';

/**
 * The root mean square distance between centred rows after the best rotation:
 *
 *     ρ = √( (‖A‖² + ‖B‖² − 2‖AᵀB‖∗)/n )
 *
 * with A (n × dA) and B (n × dB) the centred rows, ‖·‖∗ the sum of the singular values and ‖·‖ the
 * Frobenius norm. Knows the scale of both spaces; √n·ρ is the unscaled Frobenius form. Too small
 * unless there are many rows for each dimension.
 *
 * @remarks Use it when lengths count: how far, in the units of the coordinates, does a row lie from
 * its partner once both spaces are turned onto one another? `angular-shape-distance` is free of
 * scale; `mean-row-cosine` takes coordinates as they are. Read it beside the null, which is what
 * unrelated rows have. O(n·dA·dB) and singular values.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { euclideanShapeDistance } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Rows of length 1 and the same rows of length 2, columns in reverse order: all that is left is 1.
 * const [n, d] = [500, 5];
 * const a = uniformPoints(n, d, Random.fromSeed(1));
 * const b = matrix(a.data.map((_, i) => 2 * a.data[i - (i % d) + (d - 1 - (i % d))]), n, d);
 * const { value } = await euclideanShapeDistance({ a, b });
 * console.log(value.toFixed(2)); // 1.00
 * @function
 */
export const euclideanShapeDistance = /* @__PURE__ */ defineComparison({
  id: 'euclidean-shape-distance',
  title: 'Procrustes shape distance, Euclidean',
  summary: 'The root mean square distance of rows after the best rotation.',
  references: [cite(sources.generalizedShapeMetrics, 'Eq. 3: Euclidean distance modulo rotations')],
  deviations: ['Divided by √n, so that it does not grow with the number of rows.'],
  options: {},
  kind: 'distance',
  range: [0, Infinity],
  rows: 'paired',
  columns: 'any',
  async compare(pair) {
    const { a, b, nuclear, rows } = await shapeParts(pair);
    const n = pair.n;
    const rooted = (squared: number) => Math.sqrt(Math.max(0, squared));
    const squared = (a + b - 2 * nuclear) / n;
    // Rounding of the three sums: what is below cannot be told from 0.
    const value = squared > ((a + b) / n) * 1e-13 ? Math.sqrt(squared) : 0;
    const influence = rows.a.map((x, i) => x + rows.b[i] - 2 * rows.nuclear[i]);
    const half = Z95 * meanEstimate(influence).standardError;
    const interval = Number.isFinite(half)
      ? { low: rooted(squared - half), high: rooted(squared + half) }
      : {};
    const draws = (await turnedNuclearNorms(pair)).map((norm) => rooted((a + b - 2 * norm) / n));
    if (draws.length === 0) return { value, ...interval };
    const how = `one space turned at random: ${draws.length} draws`;
    const expected = simulatedExpectation(draws, value, 'small', how);
    const d = Math.max(pair.a.cols, pair.b.cols);
    const warnings =
      n >= 10 * d
        ? []
        : [
            `too small: ${n} rows are fewer than 10 for each of ${d} dimensions; unrelated spaces have ${expected.value.toPrecision(3)}, not ${rooted((a + b) / n).toPrecision(3)}.`,
          ];
    return { value, ...interval, null: expected, warnings };
  },
});
