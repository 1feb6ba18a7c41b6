import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { defineMetric } from '../define.ts';
import { valuesOfRows } from '../support/per-row.ts';
import {
  areEquidistant,
  dimensionNull,
  EQUIDISTANT,
  meanLogRatios,
  readDimension,
  rowsOption,
  spaceOf,
  TOO_FEW,
} from './support/dimension-estimates.ts';
import { type DistinctLists, distinctLists, withSpread } from './support/distinct-lists.ts';
import { dimensionScale, expectedLogChords, remembered } from './support/sphere-neighbors.ts';

/**
 * Intrinsic dimension by maximum likelihood (Levina and Bickel), from k neighbours of each row.
 *
 *     m̂⁻¹ = 1/n Σᵢ 1/(k − 1) Σ_{j<k} ln(r_{i,k}/r_{i,j})
 *
 * with r_{i,j} the chord from row i to its j-th neighbour (inverses are averaged, as MacKay and
 * Ghahramani found). k is at most half of the rows.
 *
 * Read backwards on uniform spheres as TwoNN is, because distances concentrate: the value is the
 * dimension of the sphere of whose uniform points, as many, the same m̂ is expected. So under uniform
 * points it is d − 1. `series` and `perRow` hold the local dimension of each row, (k − 2)/Σ_{j<k} ln(r_k/r_j), read
 * in the same way; its spread is large. Copies of rows are left out and counted. NaN for fewer than 6
 * rows and where too few of them differ.
 *
 * @remarks Use it as the steadiest of the estimates from distances, with k neighbours for each row in
 * place of the two of `two-nn`, and for local dimensions. A larger k varies less and minds noise less,
 * but mixes in curvature and changes of density. No unit; larger is not better. Much above 20 it cannot
 * be told well from a few thousand rows, and a warning says so. Costs O(n² d).
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { mleDimension } from 'tammes/metrics';
 *
 * // A great sphere of dimension 8 in R²⁴.
 * const drawn = uniformPoints(250, 9, Random.fromSeed(8));
 * const points = zeros(250, 24);
 * for (let e = 0; e < drawn.data.length; e++) {
 *   points.data[24 * Math.floor(e / 9) + (e % 9)] = drawn.data[e];
 * }
 * const { value, null: expected } = await mleDimension(points);
 * console.log(value.toFixed(0), expected?.value); // 8 23
 * @function
 */
export const mleDimension = /* @__PURE__ */ defineMetric({
  id: 'mle-dimension',
  group: 'dimension',
  range: [0, Infinity],
  title: 'Maximum-likelihood dimension',
  summary: 'The intrinsic dimension that distances to the nearest neighbours show, row by row.',
  references: [
    cite(sources.maximumLikelihoodDimension, 'the estimate at one row, Eq. 8'),
    cite(sources.commentsOnMaximumLikelihoodDimension, 'averaging the inverses'),
  ],
  deviations: [
    'Rows are scaled to unit length, unless the option `rows` keeps them as they came.',
    'Read backwards on uniform spheres, against the known downward bias.',
  ],
  options: {
    k: integer(20, 'Neighbours of each row.', { min: 3, max: 1000, symbol: 'k' }),
    rows: rowsOption(),
  },
  listLength: 36,
  async measure(given, { k: wanted, rows }) {
    const space = await spaceOf(given, rows);
    const n = space.points.rows;
    const k = Math.min(wanted, n >> 1);
    if (k < 3) return TOO_FEW;
    const spare = Math.min(n - 1, k + Math.max(4, k >> 2));
    const lists = await distinctLists(space, spare);
    if (lists.rows.length < 3) return TOO_FEW;
    if (areEquidistant(lists)) return EQUIDISTANT;
    const estimate = withSpread(
      lists,
      n,
      space.random('dimension'),
      (owners, kept) => (k - 1) / meanLogRatios(lists, k, owners, kept),
    );
    const read = readingAt(lists.n, k);
    const found = readDimension(estimate, read, lists);
    const series = localDimensions(lists, k, read);
    return { ...found, series, perRow: { value: valuesOfRows(n, series.x, series.y) } };
  },
  underUniform(model, { k: wanted, rows }) {
    if (rows === 'raw') return undefined;
    const k = Math.min(wanted, model.n >> 1);
    if (k < 3) return undefined;
    const raw = (logs: readonly Float64Array[]) => {
      let sum = 0;
      for (const list of logs) for (let r = 0; r < k - 1; r++) sum += list[k - 1] - list[r];
      return ((k - 1) * logs.length) / sum;
    };
    return dimensionNull(model, k, raw, (n) => readingAt(n, k));
  },
});

const readingAt = /* @__PURE__ */ remembered((n: number, k: number) => {
  const ranks = Array.from({ length: k }, (_, j) => j + 1);
  const expected = expectedLogChords(n, ranks);
  return dimensionScale((m) => {
    const means = expected(m);
    const last = means[k - 1];
    return [(k - 1) / means.reduce((sum, value) => sum + last - value, 0)];
  }).read;
});

function localDimensions(
  { logs, rows, length }: DistinctLists,
  k: number,
  read: (estimate: number) => number,
) {
  const y = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    let sum = 0;
    for (let r = 0; r < k - 1; r++) sum += logs[i * length + k - 1] - logs[i * length + r];
    y[i] = sum > 0 ? read((k - 2) / sum) : NaN;
  }
  return { x: rows, y, xName: 'row', yName: 'local dimension' };
}
