import { type Matrix, matrix } from '../../../../core/matrix.ts';
import { acos } from '../../../../core/numeric.ts';
import type { Random } from '../../../../core/random.ts';
import { zerosOf } from '../../../../core/transposed.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { cholesky } from '../../../../numerics/decompositions/cholesky.ts';
import { rowDot } from '../../../../numerics/rows/dot.ts';
import type { NullValue } from '../../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../../numerics/statistics/simulated-interval.ts';
import { pairAngleCdf, pairAngleQuantile } from '../../../../structures/uniform/angles.ts';
import { chiSquared } from '../../support/sphere-patches.ts';

/** P(angle ≤ θ) under uniform points. */
export type AngleLaw = (theta: number) => number;

const TABLE = 4096;

/** From a table between the angles that matter. */
export function angleLaw(d: number): AngleLaw {
  const first = pairAngleQuantile(1e-12, d);
  const step = (Math.PI - 2 * first) / TABLE;
  const table = Float64Array.from({ length: TABLE + 1 }, (_, i) =>
    pairAngleCdf(first + i * step, d),
  );
  return (theta) => {
    const at = Math.min(TABLE - 1e-9, Math.max(0, (theta - first) / step));
    const i = Math.floor(at);
    return table[i] + (at - i) * (table[i + 1] - table[i]);
  };
}

/** A distance sup |F_n − F|, and F_n where it is attained. */
interface Distance {
  readonly distance: number;
  readonly share: number;
}

/** The largest Kolmogorov–Smirnov distance of lists of n cosines, one list after another. */
export function largestDistance(cosines: Matrix['data'], n: number, law: AngleLaw): Distance {
  let worst: Distance = { distance: 0, share: 0.5 };
  for (let from = 0; from < cosines.length; from += n) {
    const found = kolmogorovDistance(cosines.subarray(from, from + n), law);
    if (found.distance > worst.distance) worst = found;
  }
  return worst;
}

function kolmogorovDistance(cosines: Matrix['data'], law: AngleLaw): Distance {
  const n = cosines.length;
  const angles = Float64Array.from(cosines, (c) => acos(Math.max(-1, Math.min(1, c)))).sort();
  let worst: Distance = { distance: 0, share: 0.5 };
  for (let i = 0; i < n; i++) {
    const expected = law(angles[i]);
    for (const share of [i / n, (i + 1) / n]) {
      const distance = Math.abs(share - expected);
      if (distance > worst.distance) worst = { distance, share };
    }
  }
  return worst;
}

/** What a distance from n angles is multiplied by to have Kolmogorov's law (Stephens 1970). */
export function stephens(n: number): number {
  return Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n);
}

const DRAWS = 200;
const FEWEST_DRAWS = 20;
const ROWS = 100;
/** Angles that are drawn and sorted: about a second. */
const ANGLES = 4e6;

/**
 * The law of √n times the largest distance along these directions (k × d) under uniform points: what the directions
 * have in common counts. Of fewer rows than n, brought to n by Stephens' factors.
 */
export async function projectedNull({
  axes,
  n,
  law,
  engine,
  random,
}: {
  readonly axes: Matrix;
  readonly n: number;
  readonly law: AngleLaw;
  readonly engine: Engine;
  readonly random: Random;
}): Promise<NullValue> {
  const m = Math.min(n, ROWS);
  const draws = Math.max(FEWEST_DRAWS, Math.min(DRAWS, Math.floor(ANGLES / (m * axes.rows))));
  const scale = Math.sqrt(n) * (stephens(m) / stephens(n));
  const { directions, rowsOf } = reduced(axes);
  const values: number[] = [];
  for (let r = 0; r < draws; r++) {
    const { data } = await engine.matmul(directions, rowsOf(m, random.fork(r)), true);
    values.push(scale * largestDistance(data, m, law).distance);
  }
  const { mean, low, high } = simulatedInterval(values, n, n);
  const how = `simulated, ${draws} draws of ${m} rows along the same directions; mean`;
  return { value: mean, low, high, how };
}

/**
 * Directions in as few coordinates as they span, and uniform rows seen in these: of k < d directions with
 * AAᵀ = LLᵀ, the rows of L, and k normal numbers over the length of d.
 */
function reduced(axes: Matrix): {
  readonly directions: Matrix;
  readonly rowsOf: (m: number, random: Random) => Matrix;
} {
  const { rows: k, cols: d } = axes;
  const width = Math.min(k, d);
  const rowsOf = (m: number, random: Random): Matrix => {
    const rows = zerosOf(axes, m, width);
    for (let i = 0; i < m; i++) {
      let squares = d > width ? chiSquared(d - width, random) : 0;
      const row = Float64Array.from({ length: width }, () => random.normal());
      for (const x of row) squares += x * x;
      for (let c = 0; c < width; c++) rows.data[i * width + c] = row[c] / Math.sqrt(squares);
    }
    return rows;
  };
  if (k >= d) return { directions: axes, rowsOf };
  const products = Float64Array.from({ length: k * k }, (_, at) =>
    rowDot(axes, Math.floor(at / k), axes, at % k),
  );
  const directions = zerosOf(axes, k, k);
  directions.data.set(cholesky(matrix(products, k, k)).data);
  return { directions, rowsOf };
}
