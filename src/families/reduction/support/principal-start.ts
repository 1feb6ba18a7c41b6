import type { Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';
import { randomizedAxes } from '../../../structures/spectra/randomized-axes.ts';

/** Standard deviation of the first coordinate where a layout begins. */
const SPREAD = 1e-4;
/** Up to so many columns the covariance is decomposed; beyond, its leading directions are iterated. */
const MOST_COLUMNS = 512;
const ITERATIONS = 8;

/**
 * The first m principal coordinates of rows of mean zero, n × m, the first with a standard deviation of 1e-4.
 *
 * Coordinates in which all rows agree, where there
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
  const kept = Math.min(m, d);
  const random = Random.fromSeed(seed).fork('leading-directions');
  const { vectors } =
    d <= MOST_COLUMNS
      ? await principalAxes(points, kept, engine, work)
      : await randomizedAxes(points, kept, { engine, random, iterations: ITERATIONS, work });
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < kept; c++) out[i * m + c] = rowDot(points, i, vectors, c);
  return scaled(out, m, Random.fromSeed(seed).fork('principal-start'));
}

/** Places that are given, of mean zero and that spread, n × m. */
export function givenScaledStart(given: Matrix<Float64Array>, seed: number): Float64Array {
  const { data, cols } = centered(given);
  return scaled(Float64Array.from(data), cols, Random.fromSeed(seed).fork('principal-start'));
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
