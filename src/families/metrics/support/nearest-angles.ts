import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import type { NullValue } from '../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import type { Space } from '../../../structures/space/types.ts';
import { nearestAngleCdf, nearestAngleQuantile } from '../../../structures/uniform/angles.ts';
import { drawsInWords, type UniformModel } from '../../../structures/uniform/uniform-model.ts';
import type { Measured } from '../types.ts';
/** What a metric of pairs says about a single row. */
export const NO_PAIR: Measured = {
  value: NaN,
  warnings: ['there are no pairs of rows: at least 2 rows are needed.'],
};

/** The angle in radians from each row to its nearest other row; n values. */
export async function nearestAngles(space: Space): Promise<Float64Array> {
  const { distances } = await space.nearest(1);
  return distances.map(angleOfChord);
}

/**
 * The null value of a statistic of the nearest angles, in degrees: its exact `value` in radians, and
 * an interval from simulation, because rows are dependent.
 *
 * Angles drawn among m points become angles among n points by their probability, Q_n(F_m(θ)).
 */
export async function nearestAngleNull(
  model: UniformModel,
  value: number,
  statistic: (angles: Float64Array) => number,
): Promise<NullValue> {
  const { n, d } = model;
  const drawn = await model.neighborDraws(1);
  const carry = carriedOver(drawn.rows, n, d);
  const values = drawn.graphs.map(({ distances, k }) => {
    const angles = new Float64Array(drawn.rows);
    for (let i = 0; i < angles.length; i++) angles[i] = carry(angleOfChord(distances[i * k]));
    return statistic(angles);
  });
  const { low, high } = simulatedInterval(values, drawn.rows, n);
  return {
    value: value * DEGREES,
    low: Math.max(0, low) * DEGREES,
    high: Math.min(Math.PI, high) * DEGREES,
    how: `exact; interval simulated, ${drawsInWords(drawn, n)}`,
  };
}

const TABLE = 400;

/** θ ↦ Q_n(F_m(θ)), from a table with linear interpolation where m < n. */
function carriedOver(m: number, n: number, d: number): (theta: number) => number {
  if (m === n) return (theta) => theta;
  const first = nearestAngleQuantile(1e-9, m, d);
  const last = nearestAngleQuantile(1 - 1e-9, m, d);
  const step = (last - first) / TABLE;
  if (!(step > 0)) return (theta) => theta;
  const table = Float64Array.from({ length: TABLE + 1 }, (_, i) =>
    nearestAngleQuantile(nearestAngleCdf(first + i * step, m, d), n, d),
  );
  return (theta) => {
    const at = Math.min(TABLE - 1e-9, Math.max(0, (theta - first) / step));
    const i = Math.floor(at);
    return table[i] + (at - i) * (table[i + 1] - table[i]);
  };
}
