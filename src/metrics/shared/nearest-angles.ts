import { angleOfChord } from '../../core/numeric.ts';
import type { Measured, NullValue, Space, UniformModel } from '../contract.ts';
import { drawsInWords, simulatedInterval } from './uniform-model.ts';
import { nearestAngleCdf, nearestAngleQuantile } from './uniform-null.ts';

export const DEGREES = 180 / Math.PI;

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

/** The median; the mean of the two middle values where their number is even. Sorts `values`. */
export function medianInPlace(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/** The mean. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
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
