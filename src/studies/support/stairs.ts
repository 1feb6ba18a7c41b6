import type { Matrix } from '../../core/matrix.ts';
import { eigh, symmetricEigenvalues } from '../../numerics/decompositions/index.ts';
import { centered } from '../../numerics/rows/centered.ts';

/** Eigenvalues at times: of each time all of them, largest first. */
export interface Spectra {
  readonly times: readonly number[];
  readonly values: readonly Float64Array[];
}

/** The first time at which eigenvalue j is at a level or above, between the times by a line; Infinity where never. */
export function timeOfRise({ times, values }: Spectra, j: number, level: number): number {
  const at = values.findIndex((own) => own[j] >= level);
  if (at < 0) return Number.POSITIVE_INFINITY;
  if (at === 0) return times[0];
  const [before, after] = [values[at - 1][j], values[at][j]];
  const share = (level - before) / (after - before);
  return times[at - 1] + share * (times[at] - times[at - 1]);
}

/**
 * The times at which eigenvalues rise to half of where they end, of those that end above a hundredth of the first; and how
 * many of these rises are steps of their own: the next of them is then below a quarter of where it ends.
 */
export function separateSteps(spectra: Spectra): { count: number; rises: number[] } {
  const { times, values } = spectra;
  const last = values[values.length - 1];
  const gained = last.filter((value) => value > last[0] / 100).length;
  const rises = Array.from({ length: gained }, (_, j) => timeOfRise(spectra, j, last[j] / 2));
  const isOwn = (j: number) => {
    const at = times.findIndex((time) => time >= rises[j]);
    return rises[j] > times[0] && values[at][j + 1] < last[j + 1] / 4;
  };
  return { count: rises.slice(1).filter((_, j) => isOwn(j)).length, rises };
}

/** The eigenvalues of the covariance of rows, largest first. */
export function covarianceSpectrum(rows: Matrix): Float64Array {
  return symmetricEigenvalues(covarianceOf(rows));
}

/** Coordinates of rows in the k directions of most variance, less their mean. */
export function principalRows(rows: Matrix, k: number): { data: Float64Array; variance: number } {
  const { data, rows: n, cols: d } = centered(rows);
  const { values, vectors } = eigh(covarianceOf(rows));
  const out = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      for (let c = 0; c < d; c++) out[i * k + j] += data[i * d + c] * vectors.data[j * d + c];
    }
  }
  return { data: out, variance: values[0] };
}

function covarianceOf(rows: Matrix): Matrix<Float64Array> {
  const { data, rows: n, cols: d } = centered(rows);
  const sums = new Float64Array(d * d);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      const x = data[i * d + a] / n;
      for (let b = 0; b < d; b++) sums[a * d + b] += x * data[i * d + b];
    }
  }
  return { data: sums, rows: d, cols: d };
}
