import { OptionError, ShapeError } from '../../../core/errors.ts';
import { type GivenPoints, givenPoints } from '../../../core/given-points.ts';
import { copied, type Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { defaultEngine } from '../../../engine/choose.ts';
import type { Engine, MaybePromise } from '../../../engine/engine.ts';
import { neighborGraph } from '../../../structures/neighbors/neighbor-graph.ts';
import { pairDistances } from './smacof.ts';
import { requireFewRows, type StrengthOptions, strengthsOf } from './strengths.ts';

export interface StabilityOptions {
  /** σ: how far each row is moved, in a direction drawn at random. */
  readonly noise: number;
  /** How often all rows are moved. */
  readonly trials?: number;
  readonly seed?: number;
}

/** How far distances move when rows do. */
export interface Stability {
  /** The largest change of a distance, over all pairs and trials. */
  readonly largest: number;
  /** The mean change. */
  readonly mean: number;
  /** 2σ: no distance of the rows themselves changes by more. */
  readonly bound: number;
}

/**
 * How far distances move when each row is moved by σ: those of a map (n × m), or others of all pairs, such as
 * `strengthDistances` (n(n − 1)/2, for j < i at entry i(i − 1)/2 + j).
 *
 * ```ts
 * const moved = await stability(points, async (rows) => (await functorial(rows)).points, { noise: 0.1 });
 * ```
 */
export async function stability(
  given: GivenPoints,
  distancesOf: (points: Matrix) => MaybePromise<Matrix | Float64Array>,
  { noise, trials = 5, seed = 0 }: StabilityOptions,
): Promise<Stability> {
  const points = givenPoints('stability', given);
  if (!(noise > 0 && noise < Infinity))
    throw new OptionError('stability', 'noise', 'a number above 0', noise);
  if (!(Number.isSafeInteger(trials) && trials > 0))
    throw new OptionError('stability', 'trials', 'a whole number from 1 on', trials);
  const pairs = (points.rows * (points.rows - 1)) / 2;
  const measured = async (rows: Matrix) => {
    const found = await distancesOf(rows);
    const distances = found instanceof Float64Array ? found : pairDistances(found);
    if (distances.length !== pairs)
      throw new ShapeError('stability', `distances of ${pairs} pairs`, `${distances.length}`);
    return distances;
  };
  const before = await measured(points);
  const random = Random.fromSeed(seed).fork('stability');
  let [largest, sum] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const after = await measured(jittered(points, noise, random.fork(trial)));
    for (let p = 0; p < pairs; p++) {
      const change = Math.abs(after[p] - before[p]);
      largest = Math.max(largest, change);
      sum += change;
    }
  }
  return { largest, mean: sum / (trials * pairs), bound: 2 * noise };
}

/** Each row moved by that length, in a direction of its own. */
function jittered(points: Matrix, noise: number, random: Random): Matrix {
  const { rows: n, cols: d } = points;
  const out = copied(points);
  const direction = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    random.normals(direction);
    const length = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0)) || 1;
    for (let c = 0; c < d; c++) out.data[i * d + c] += (noise * direction[c]) / length;
  }
  return out;
}

/**
 * The distances −s·ln w of all pairs that the strengths w of the method `functorial` make of rows: n(n − 1)/2, for j < i at
 * entry i(i − 1)/2 + j; along shortest paths where not all pairs are joined. For at most 2,000 rows.
 */
export async function strengthDistances(
  given: GivenPoints,
  {
    strengths,
    scale = 0,
    k = 15,
  }: Partial<StrengthOptions> & Pick<StrengthOptions, 'strengths'> & { readonly k?: number },
  run: { readonly engine?: Engine } = {},
): Promise<Float64Array> {
  const points = givenPoints('strengthDistances', given);
  requireFewRows(points.rows, strengths);
  const engine = run.engine ?? (await defaultEngine(points));
  const random = Random.fromSeed(0);
  const { graph } = await neighborGraph(points, k - 1, { engine, random });
  const found = await strengthsOf(points, graph, { strengths, scale }, {});
  return found.distances(async () => {});
}
