import type { Matrix } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import { transposed, zerosOf } from '../../../core/transposed.ts';
import type { Engine } from '../../../engine/engine.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import type { Space } from '../../../structures/space/types.ts';
import { defineMetric } from '../define.ts';
import { partitionNull } from './support/partition-null.ts';
import { excessKurtosis, tailsTooHeavy } from './support/tails.ts';

/** Exponentials that are summed: half a second. More rows than that allows are sampled. */
const EXPONENTIALS = 1e7;
const FEWEST_ROWS = 1000;
const BLOCK = 4096;
/** Excess kurtosis from which on intervals fail: half of them cover where it is 3, one in ten where it is 20. */
const HEAVY = 0.75;

/**
 * Isotropy by the partition function: the least sum of exponentials over the largest, along main axes.
 *
 *     I(W) = min_c Z(c) / max_c Z(c),   Z(c) = Σᵢ exp⟨c, wᵢ⟩
 *
 * over the rows wᵢ of the n × d matrix W as they came and c = ± the unit eigenvectors of WᵀW: 1 where Z
 * is constant. Its null has the same lengths and uniform directions; it has none where rows are many and
 * a few long ones make up the sums, nor of large sets with n < 2d. It has no interval where the rows reach
 * far and with a heavy tail, and a warning says so. Where n·2d exponentials would be more
 * than 10⁷, Z is summed over a seeded sample of no fewer than 1,000 rows, and a warning says so.
 *
 * @remarks Use it to compare with papers on word vectors, which report it. It depends on the lengths of
 * the rows: of unit rows it is near 1 in many dimensions, of long ones near 0 whatever their directions,
 * so a value alone says little: compare it with the null, or two spaces of the same lengths. 0 to 1,
 * larger is more isotropic. For directions alone prefer `mean-cosine` and `participation-ratio`. Costs
 * O(n d²) and 2 n d exponentials.
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { partitionIsotropy } from 'tammes/metrics';
 *
 * // The same directions at the lengths 1 and 10, as even as they can be by chance.
 * const points = uniformPoints(500, 8, Random.fromSeed(1));
 * console.log((await partitionIsotropy(points)).value.toFixed(2)); // 0.95
 * for (let e = 0; e < points.data.length; e++) points.data[e] *= 10;
 * const long = await partitionIsotropy(points);
 * console.log(long.value.toFixed(2), long.null?.value.toFixed(2)); // 0.19 0.30
 * @function
 */
export const partitionIsotropy = /* @__PURE__ */ defineMetric({
  id: 'partition-isotropy',
  group: 'spread',
  range: [0, 1],
  title: 'Isotropy of the partition function, I(W)',
  summary: 'The least over the largest sum of exponentials of the rows along their main axes.',
  references: [
    cite(
      sources.allButTheTop,
      'Section 2.1: the measure of isotropy I({v(w)}), over the eigenvectors of VᵀV',
    ),
  ],
  deviations: ['Both signs of every eigenvector: the sign that a solver returns means nothing.'],
  options: {},
  async measure(space) {
    const { rows: all, cols: d } = space.raw;
    const n = summedRows(all, d);
    const drawn = () => space.random('partition').sample(all, n).sort();
    const rows = n < all ? await space.gather(drawn(), 'raw') : space.raw;
    const axes = await mainAxes(space.raw, await space.products('raw'), space.engine, rows);
    const { sums, excess, farthest } = await partitions(space, rows, axes);
    const [least, largest] = extremes(sums);
    const logged = sums[least] - sums[largest];
    const value = exp(logged);
    const warnings = n < all ? [`sums over a sample of ${n} of the ${all} rows.`] : [];
    if (n < 2 || least === largest) return { value, warnings };
    if (farthest > 1 && excess > HEAVY)
      return { value, warnings: [...warnings, tailsTooHeavy(excess)] };
    // The delta method for ln(mean of e^a / mean of e^b).
    const share = (c: number) => sharesOf(rows, axes, c, sums[c]);
    const [a, b] = [share(least), share(largest)];
    let variance = 0;
    for (let i = 0; i < n; i++) variance += (a[i] - b[i]) ** 2;
    const half = Z95 * Math.sqrt((variance * n) / (n - 1));
    return { value, low: exp(logged - half), high: Math.min(1, exp(logged + half)), warnings };
  },
  underUniform: (model) =>
    partitionNull(model, summedRows(model.n, model.d), async (raw) => {
      const rows = { raw, engine: model.engine };
      const products = await model.engine.gram(raw.rows < raw.cols ? transposed(raw) : raw);
      const axes = await mainAxes(raw, products, model.engine);
      const { sums } = await partitions(rows, raw, axes);
      const [least, largest] = extremes(sums);
      return exp(sums[least] - sums[largest]);
    }),
});

/** Over how many rows Z is summed. */
function summedRows(n: number, d: number): number {
  return Math.min(n, Math.max(FEWEST_ROWS, Math.floor(EXPONENTIALS / (2 * d))));
}

/**
 * Eigenvectors of WᵀW as rows, in the rows' element type: all d, or with n < d those that the rows span,
 * uₖᵀW/σₖ, and one more, a row of zeros, for all the others: Z = n there.
 */
async function mainAxes(
  raw: Matrix,
  products: Matrix<Float64Array>,
  { linalg }: Engine,
  like: Matrix = raw,
): Promise<Matrix> {
  const { rows: n, cols: d } = raw;
  if (n >= d) {
    const axes = zerosOf(like, d, d);
    const { vectors } = await linalg.eigh(products);
    axes.data.set(vectors.data);
    return axes;
  }
  const { values, vectors } = await linalg.eigh(products);
  const rank = values.filter((value) => value > values[0] * n * 2 ** -44).length;
  const axes = zerosOf(raw, rank + 1, d);
  for (let k = 0; k < rank; k++) {
    for (let i = 0; i < n; i++) {
      const weight = vectors.data[k * n + i] / Math.sqrt(values[k]);
      for (let c = 0; c < d; c++) axes.data[k * d + c] += weight * raw.data[i * d + c];
    }
  }
  return axes;
}

interface Partitions {
  /** ln Z(c) for c = ± each axis, two values for each, the sign changing last. */
  readonly sums: Float64Array;
  /** How heavy the tails along the axes are. */
  readonly excess: number;
  /** The largest |⟨c, wᵢ⟩|. */
  readonly farthest: number;
}

async function partitions(
  { engine }: Pick<Space, 'engine'>,
  rows: Matrix,
  axes: Matrix,
): Promise<Partitions> {
  const { rows: n, cols: d } = rows;
  const width = axes.rows;
  const peaks = new Float64Array(2 * width).fill(-Infinity);
  const sums = new Float64Array(2 * width);
  const powers = [1, 2, 3, 4].map(() => new Float64Array(width));
  let farthest = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const count = Math.min(BLOCK, n - start);
    const part = { data: rows.data.subarray(start * d, (start + count) * d), rows: count, cols: d };
    const { data } = await engine.matmul(part, axes, true);
    for (let e = 0; e < data.length; e++) {
      const x = data[e];
      farthest = Math.max(farthest, Math.abs(x));
      let power = 1;
      for (const list of powers) list[e % width] += power *= x;
    }
    for (let c = 0; c < 2 * width; c++) {
      const [axis, sign] = [c >> 1, c % 2 === 0 ? 1 : -1];
      let peak = peaks[c];
      for (let i = axis; i < data.length; i += width) peak = Math.max(peak, sign * data[i]);
      sums[c] *= exp(peaks[c] - peak);
      peaks[c] = peak;
      for (let i = axis; i < data.length; i += width) sums[c] += exp(sign * data[i] - peak);
    }
  }
  return {
    sums: sums.map((sum, c) => peaks[c] + log(sum)),
    excess: excessOf(powers, n),
    farthest,
  };
}

/** From the sums of the first four powers of n coordinates along each axis. */
function excessOf(powers: readonly Float64Array[], n: number): number {
  const [means, squares, cubes, fourths] = powers.map((list) => list.map((sum) => sum / n));
  return excessKurtosis(
    squares.map((x, k) => x - means[k] ** 2),
    fourths.map((x, k) => {
      const m = means[k];
      return x - 4 * m * cubes[k] + 6 * m * m * squares[k] - 3 * m ** 4;
    }),
  );
}

/** Where the least and the largest of the values are. */
function extremes(values: Float64Array): readonly [number, number] {
  let [least, largest] = [0, 0];
  for (let c = 1; c < values.length; c++) {
    if (values[c] < values[least]) least = c;
    if (values[c] > values[largest]) largest = c;
  }
  return [least, largest];
}

/** exp⟨c, wᵢ⟩ / Z(c) of every row. */
function sharesOf(rows: Matrix, axes: Matrix, c: number, logSum: number): Float64Array {
  const { data, rows: n, cols: d } = rows;
  const sign = c % 2 === 0 ? 1 : -1;
  return Float64Array.from({ length: n }, (_, i) => {
    let along = 0;
    for (let e = 0; e < d; e++) along += data[i * d + e] * axes.data[(c >> 1) * d + e];
    return exp(sign * along - logSum);
  });
}
