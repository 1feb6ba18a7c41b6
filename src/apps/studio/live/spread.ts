import { gathered, type Matrix } from '../../../core/matrix.ts';
import { angleOfChord, DEGREES } from '../../../core/numeric.ts';
import { Random } from '../../../core/random.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { bestKnown, upperBounds } from '../../../families/codes/index.ts';
import { medianOf } from '../../../numerics/statistics/averages.ts';
import {
  type AngleHistogram,
  nearestAngleHistogram,
} from '../../../structures/uniform/angle-histogram.ts';
import {
  nearestAngleMean,
  nearestAngleQuantile,
  smallestAngleQuantile,
} from '../../../structures/uniform/angles.ts';

/** Multiplications up to which the nearest row of every row is found for a frame; beyond, of a sample of rows. */
const WORK = 1e9;

/** How far apart rows are, as a frame says it. */
export interface Spread {
  readonly smallestDeg: number;
  /** The two rows of that angle. */
  readonly rows: readonly [number, number];
  readonly medianDeg: number;
  /** Rows whose nearest was looked for among all. */
  readonly asked: number;
  /** Whether these were all, so that the smallest angle is that of all pairs. */
  readonly exact: boolean;
}

/** What the angles of n points in d dimensions are compared with. */
export interface SpreadLaws {
  /** No n points can all be further apart. */
  readonly boundDeg: number | null;
  readonly boundName: string | null;
  /** Of the best n points that are published. */
  readonly bestKnownDeg: number | null;
  readonly bestKnownSource: string | null;
  /** Of uniform random points: median of the smallest angle of as many pairs, mean and median to the nearest. */
  readonly uniformSmallestDeg: number | null;
  readonly uniformMeanDeg: number | null;
  readonly uniformMedianDeg: number | null;
}

/** `asked`: of how many rows the nearest is looked for. */
export function spreadLaws(n: number, d: number, asked = n): SpreadLaws {
  const bound = n > 1 ? upperBounds(n, d)[0] : undefined;
  const known = n > 1 ? bestKnown(n, d) : undefined;
  const pairs = asked * (n - 1) - (asked * (asked - 1)) / 2;
  const uniform = (angle: () => number) => (n > 1 && d > 1 ? angle() * DEGREES : null);
  return {
    boundDeg: bound?.deg ?? null,
    boundName: bound?.name ?? null,
    bestKnownDeg: known?.deg ?? null,
    bestKnownSource: known?.source ?? null,
    uniformSmallestDeg: uniform(() => smallestAngleQuantile(0.5, n, d, pairs)),
    uniformMeanDeg: uniform(() => nearestAngleMean(n, d)),
    uniformMedianDeg: uniform(() => nearestAngleQuantile(0.5, n, d)),
  };
}

/** The rows whose nearest is looked for: all, or a sample that stays the same for the same n and d. */
export function askedRows(n: number, d: number): Int32Array {
  const most = Math.max(64, Math.floor(WORK / (n * d)));
  if (most >= n) return Int32Array.from({ length: n }, (_, row) => row);
  return Random.fromSeed(0).fork('spread').sample(n, most).sort();
}

/** Angles of the asked rows to their nearest among all unit rows; null for a single row, which has no pair. */
export async function spreadOf(
  points: Matrix,
  asked: Int32Array,
  engine: Engine,
  work: Work = {},
): Promise<{ readonly spread: Spread; readonly histogram: AngleHistogram } | null> {
  const { rows: n, cols: d } = points;
  if (n < 2) return null;
  const { nearest, chords } = await nearestOf(points, asked, engine, work);
  let first = 0;
  chords.forEach((chord, q) => {
    if (chord < chords[first]) first = q;
  });
  const angles = chords.map(angleOfChord);
  const exact = asked.length === n;
  return {
    spread: {
      smallestDeg: angles[first] * DEGREES,
      rows: [asked[first], nearest[first]],
      medianDeg: medianOf(angles) * DEGREES,
      asked: asked.length,
      exact,
    },
    histogram: nearestAngleHistogram(angles, n, d),
  };
}

async function nearestOf(points: Matrix, asked: Int32Array, engine: Engine, work: Work) {
  if (asked.length === points.rows) {
    const { indices, distances } = await engine.nearest(points, 1, work);
    return { nearest: indices, chords: distances };
  }
  const { indices, distances } = await engine.nearestAmong(
    gathered(points, asked),
    points,
    2,
    work,
  );
  // The row itself is one of the two, not always the first: copies lie as near.
  const place = asked.map((row, q) => (indices[2 * q] === row ? 2 * q + 1 : 2 * q));
  return {
    nearest: place.map((at) => indices[at]),
    chords: Float64Array.from(place, (at) => distances[at]),
  };
}
