import { OptionError } from '../../../core/errors.ts';
import { type Matrix, rows as rowsFrom } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { AdditiveForm } from '../types.ts';
import { sinesAndCosines } from './quick-sine.ts';
import { emptyLike } from './random-directions.ts';

/** Angles that are held at a time: 8 MB in float32. */
const ANGLES = 2 ** 21;
/** Sines and cosines count in their sums as whole multiples of one over this: sums of 2³² rows are exact. */
const UNITS = 2 ** 20;
/** Adding and subtracting it rounds to a whole number. */
const ROUNDING = 1.5 * 2 ** 52;

/** exp(−width·r²), of chords. */
interface Gaussian {
  readonly width: number;
  readonly distance: 'chordal' | 'geodesic';
}

/**
 * The mean of exp(−γr²) over pairs by random Fourier features, fresh at every step:
 *
 *     k(x − y) ≈ 1/F Σ_f cos(ω_f·(x − y)),   Σᵢⱼ k ≈ 1/F Σ_f (C_f² + S_f²)
 *
 * with C_f = Σᵢ cos ω_f·xᵢ and S_f = Σᵢ sin ω_f·xᵢ, which add up over parts; ω is normal with variance 2γ, so the
 * gradient of the mean is right in the mean over steps. (exp(−γr) has a Cauchy law there, and its gradient no
 * variance: it has no such form.) `read` says what loss the mean over pairs is, and its slope.
 */
export function featureEnergy<O>(
  kernelOf: (options: O) => Gaussian,
  read: (mean: number) => { readonly loss: number; readonly slope: number },
): AdditiveForm<O> {
  return {
    size: (_cols, _options, features) => features,
    async statistic(points, options, { engine, signal, random, features }) {
      const waves = frequencies(kernelOf(options), features / 2, points, random);
      const sums = new Float64Array(features);
      for (const block of blocks(points, waves.rows)) {
        const angles = await engine.matmul(block, waves, true, { signal });
        addWaves(angles, sums);
      }
      return sums.map((sum) => sum / UNITS);
    },
    async lossAndGradient(points, options, statistic, gradient, context) {
      const { engine, signal, random, features, total } = context;
      const waves = frequencies(kernelOf(options), features / 2, points, random);
      let squares = 0;
      for (const sum of statistic) squares += sum * sum;
      const pairs = (total * (total - 1)) / 2;
      const mean = (squares / waves.rows - total) / 2 / pairs;
      if (!(mean > 0)) {
        const wanted = 'enough to tell the mean of the kernel from 0';
        throw new OptionError('disperse', 'features', wanted, features);
      }
      const { loss, slope } = read(mean);
      let from = 0;
      for (const block of blocks(points, waves.rows)) {
        const angles = await engine.matmul(block, waves, true, { signal });
        forcesInPlace(angles, statistic, slope / (pairs * waves.rows));
        const out = rowsFrom(gradient, from, from + block.rows);
        await engine.matmul(angles, waves, { out }, { signal });
        from += block.rows;
      }
      return loss * (points.rows / total);
    },
  };
}

/** F × d draws of ω. */
function frequencies(kernel: Gaussian, count: number, like: Matrix, random: Random): Matrix {
  if (kernel.distance !== 'chordal') {
    const wanted = 'chordal, the distance of kernels that random features stand for';
    throw new OptionError('disperse', 'distance', wanted, kernel.distance);
  }
  const d = like.cols;
  const out = emptyLike(like, count, d);
  const wave = new Float64Array(d);
  const scale = Math.sqrt(2 * kernel.width);
  for (let f = 0; f < count; f++) {
    random.normals(wave);
    for (let c = 0; c < d; c++) out.data[f * d + c] = scale * wave[c];
  }
  return out;
}

function* blocks(points: Matrix, waves: number): Generator<Matrix> {
  const height = Math.max(1, Math.floor(ANGLES / waves));
  for (let from = 0; from < points.rows; from += height) {
    yield rowsFrom(points, from, Math.min(points.rows, from + height));
  }
}

/** Adds cos and sin of b × F angles, rounded to units: cosines at f, sines at F + f. */
function addWaves({ data, rows: b, cols: count }: Matrix, sums: Float64Array): void {
  const sines = new Float64Array(count);
  const cosines = new Float64Array(count);
  for (let i = 0; i < b; i++) {
    sinesAndCosines(data, i * count, sines, cosines);
    for (let f = 0; f < count; f++) {
      sums[f] += cosines[f] * UNITS + ROUNDING - ROUNDING;
      sums[count + f] += sines[f] * UNITS + ROUNDING - ROUNDING;
    }
  }
}

/** Each angle becomes what its frequency weighs in the gradient: scale·(S cos − C sin). */
function forcesInPlace(
  { data, rows: b, cols: count }: Matrix,
  sums: Float64Array,
  scale: number,
): void {
  const sines = new Float64Array(count);
  const cosines = new Float64Array(count);
  for (let i = 0; i < b; i++) {
    sinesAndCosines(data, i * count, sines, cosines);
    for (let f = 0; f < count; f++) {
      const at = i * count + f;
      data[at] = scale * (sums[count + f] * cosines[f] - sums[f] * sines[f]);
    }
  }
}
