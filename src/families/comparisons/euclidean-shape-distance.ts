import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { Z95 } from '../../numerics/laws/normal.ts';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { defineComparison } from './define.ts';
import { shapeParts, turnedNuclearNorms } from './support/nuclear.ts';
import { simulatedExpectation } from './support/statistics.ts';

/**
 * The root mean square distance between centred rows after the best rotation:
 * ρ = √((‖A‖² + ‖B‖² − 2‖AᵀB‖_∗)/n). Knows the scale of both spaces; √n·ρ is the unscaled Frobenius
 * form. Too small unless there are many rows for each dimension.
 *
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
