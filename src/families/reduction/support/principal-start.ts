import { type Matrix, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type { Engine, Work } from '../../../engine/engine.ts';

/** Standard deviation of the first coordinate where a layout begins. */
const SPREAD = 1e-4;
/** Up to so many columns the covariance is decomposed; beyond, its leading directions are iterated. */
const MOST_COLUMNS = 512;
const ITERATIONS = 8;

/**
 * The first m principal coordinates of rows of mean zero, n × m, the first with a standard deviation of 1e-4.
 *
 * Signs are such that the largest number of each direction is positive. Coordinates in which all rows agree, where there
 * are fewer directions than m, are drawn, a hundred times smaller.
 */
export async function principalStart(
  points: Matrix,
  m: number,
  seed: number,
  engine: Engine,
  work: Work,
): Promise<Float64Array> {
  const { rows: n, cols: d } = points;
  const axes =
    d <= MOST_COLUMNS
      ? (await engine.linalg.eigh(await engine.gram(points, work), work)).vectors
      : await leadingDirections(points, m, seed, engine, work);
  const out = new Float64Array(n * m);
  for (let c = 0; c < Math.min(m, d); c++) {
    const axis = Float64Array.from(axes.data.subarray(c * d, (c + 1) * d));
    const largest = axis.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let e = 0; e < d; e++) sum += points.data[i * d + e] * axis[e];
      out[i * m + c] = sign * sum;
    }
  }
  return scaled(out, m, Random.fromSeed(seed).fork('principal-start'));
}

/** Subspace iteration: as good as the decomposition for where a layout begins. */
async function leadingDirections(
  points: Matrix,
  m: number,
  seed: number,
  engine: Engine,
  work: Work,
): Promise<Matrix> {
  const { rows: n, cols: d } = points;
  const width = Math.min(d, n, m + 6);
  const random = Random.fromSeed(seed).fork('leading-directions');
  const wide = points.data.slice(0, 0).constructor as new (values: number) => typeof points.data;
  const taken = (data: ArrayLike<number>, rows: number, cols: number) => {
    const copy = new wide(rows * cols);
    copy.set(data);
    return matrix(copy, rows, cols);
  };
  let basis = taken(
    Float64Array.from({ length: d * width }, () => random.normal()),
    d,
    width,
  );
  for (let step = 0; step < ITERATIONS; step++) {
    const scores = await engine.matmul(points, basis, {}, work);
    const back = await engine.matmul(points, scores, { transposeA: true }, work);
    const { q } = await engine.linalg.qr(back, work);
    basis = taken(q.data, d, width);
  }
  const scores = await engine.matmul(points, basis, {}, work);
  const { vectors } = await engine.linalg.eigh(await engine.gram(scores, work), work);
  return engine.matmul(taken(vectors.data, width, width), basis, { transposeB: true }, work);
}

function scaled(out: Float64Array, m: number, random: Random): Float64Array {
  const n = out.length / m;
  const deviation = (c: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += out[i * m + c] * out[i * m + c];
    return Math.sqrt(sum / n);
  };
  const first = deviation(0);
  for (let c = 0; c < m; c++) {
    // Rounding leaves some spread in directions that are none.
    const isFlat = !(deviation(c) > 1e-7 * first);
    for (let i = 0; i < n; i++)
      out[i * m + c] = isFlat ? 0.01 * SPREAD * random.normal() : (out[i * m + c] / first) * SPREAD;
  }
  return out;
}
