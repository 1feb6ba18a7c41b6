import { gathered, type Matrix } from '../../../../core/matrix.ts';
import { Random } from '../../../../core/random.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import type { MetricRow } from '../../../../families/metrics/types.ts';
import { meanEstimate, normalInterval } from '../../../../numerics/statistics/intervals.ts';
import { measure } from '../../../verbs/measure.ts';

const MOST_ROWS = 5000;

interface Context extends RunControls {
  readonly engine: Engine;
}

/** The mean silhouette of classes, with its interval and that of shuffled classes; of a sample where there are many rows. */
export async function silhouetteOf(
  units: Matrix,
  classes: readonly string[],
  { engine, ...run }: Context,
): Promise<MetricRow | undefined> {
  const rows = sampled(units.rows);
  const points = rows ? gathered(units, rows) : units;
  const own = rows ? Array.from(rows, (row) => classes[row]) : classes;
  const { metrics } = await measure(points, { metrics: ['silhouette'], classes: own, engine }, run);
  return metrics[0];
}

/**
 * How far some rows lie apart from all others: the mean silhouette of theirs alone, in [−1, 1], beside that of as many rows drawn
 * at random.
 */
export async function apartness(units: Matrix, isInside: Uint8Array, context: Context) {
  const random = Random.fromSeed(0).fork('apartness');
  const members = (which: number) =>
    Int32Array.from(isInside.keys()).filter((i) => isInside[i] === which);
  const few = (rows: Int32Array, name: string) =>
    rows.length <= MOST_ROWS / 2
      ? rows
      : random
          .fork(name)
          .sample(rows.length, MOST_ROWS / 2)
          .sort()
          .map((at) => rows[at]);
  const [inside, outside] = [few(members(1), 'inside'), few(members(0), 'outside')];
  if (inside.length < 2 || outside.length < 2) return null;
  const points = gathered(units, [...inside, ...outside]);
  const own = await meanInside(points, inside.length, context);
  const shuffled = gathered(points, random.fork('null').sample(points.rows));
  const law = await meanInside(shuffled, inside.length, context);
  return own && law ? { ...own, null: law } : null;
}

/** The mean silhouette of the first rows against the rest. */
async function meanInside(points: Matrix, count: number, { engine, ...run }: Context) {
  const classes = Array.from({ length: points.rows }, (_, i) => (i < count ? 'inside' : 'outside'));
  const options = { metrics: ['silhouette'], classes, engine, null: 'none' as const };
  const { metrics } = await measure(points, options, run);
  const values = metrics[0]?.perRow?.['value'];
  return values && normalInterval(meanEstimate(values.subarray(0, count)));
}

function sampled(n: number): Int32Array | undefined {
  return n <= MOST_ROWS
    ? undefined
    : Random.fromSeed(0).fork('silhouette').sample(n, MOST_ROWS).sort();
}
