import { gathered, type Matrix, matrix, toFloat32, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { dot } from '../../../numerics/rows/dot.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';
import { evenlySpaced } from './evenly-spaced.ts';

/** Rows at the end of a direction that are compared. */
export const TOP = 10;
/** Directions of each kind that are looked at, each at both ends, and rows that principal axes are of. */
const [DIRECTIONS, ROWS] = [50, 10_000];

/** The mean cosine of the pairs of these rows of unit length; NaN of fewer than two. */
export function pairwiseCosine({ data, cols: d }: Matrix, rows: ArrayLike<number>): number {
  let [sum, pairs] = [0, 0];
  for (let a = 0; a < rows.length; a++)
    for (let b = 0; b < a; b++) {
      sum += dot(
        data.subarray(rows[a] * d, (rows[a] + 1) * d),
        data.subarray(rows[b] * d, (rows[b] + 1) * d),
      );
      pairs++;
    }
  return sum / pairs;
}

export interface Coherence {
  /** Single columns of the rows. */
  readonly dimensions: number;
  /** Principal axes. */
  readonly principal: number;
  /** Random directions. */
  readonly random: number;
}

interface Rows {
  /** n × d, less their mean. */
  readonly centered: Matrix<Float32Array>;
  /** The same, each of length 1. */
  readonly unit: Matrix;
}

/** How alike the ten rows are that lie furthest along a direction, on average over directions of each kind and their ends. */
export async function coherenceOfDirections(
  { centered, unit }: Rows,
  engine: Engine,
  random: Random,
  work: Work,
): Promise<Coherence> {
  const { rows: n, cols: d } = centered;
  const of = async (axes: Matrix<Float32Array>) => {
    const { data, rows: k } = axes;
    const ends = matrix(Float32Array.of(...data, ...data.map((x) => -x)), 2 * k, d);
    const each = Math.min(TOP, n);
    const { indices } = await engine.largestProducts(ends, centered, each, work);
    let sum = 0;
    for (let q = 0; q < 2 * k; q++)
      sum += pairwiseCosine(unit, indices.subarray(q * each, (q + 1) * each));
    return sum / (2 * k);
  };
  const chosen = evenlySpaced(d, DIRECTIONS);
  const columns = zeros(chosen.length, d);
  chosen.forEach((c, at) => {
    columns.data[at * d + c] = 1;
  });
  const part = gathered(centered, evenlySpaced(n, ROWS));
  const { vectors } = await principalAxes(part, Math.min(DIRECTIONS, d), engine, work);
  const others = zeros(DIRECTIONS, d);
  for (let e = 0; e < others.data.length; e++) others.data[e] = random.normal();
  return {
    dimensions: await of(columns),
    principal: await of(toFloat32(vectors)),
    random: await of(others),
  };
}
