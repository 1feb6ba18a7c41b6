import { gathered, type Matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { averageRanks, correlationOfRanks } from '../../../core/ranks.ts';
import { projected } from '../../../structures/directions/index.ts';
import type { Sample } from '../types.ts';

/** Random directions, and rows, by which the fit is held against chance. */
const RANDOM = 100;
const ROWS = 2000;
/** The part of the random directions that are weaker than what is told of them. */
const LEVEL = 0.95;

/**
 * How strongly projections follow the scores (Spearman's correlation) or tell the classes apart (the share of their variance
 * that lies between classes, the mean over directions), and what 95 of 100 random directions stay below.
 */
export function strengthOf(
  sample: Sample,
  basis: Matrix<Float64Array>,
  random: Random,
): Readonly<Record<string, number>> {
  const { points, scores, classes } = sample;
  if (!scores && !classes) return {};
  const step = Math.max(1, points.rows / ROWS);
  const rows = Int32Array.from({ length: Math.floor(points.rows / step) }, (_, t) =>
    Math.floor(t * step),
  );
  const part = gathered(points, rows);
  const name = scores ? 'spearman' : 'separation';
  const strengthAlong = scores
    ? spearmanWith(rows.length, (i) => scores[rows[i]])
    : separationOf(Array.from(rows, (row) => classes?.of[row] ?? 0));
  const along = (directions: Matrix<Float64Array>) =>
    columnsOf(projected({ basis: directions, origin: new Float64Array(points.cols) }, part)).map(
      strengthAlong,
    );
  const own = along(basis);
  const others = zeros64(RANDOM, points.cols);
  random.normals(others.data);
  const chance = along(others)
    .map(Math.abs)
    .sort((a, b) => a - b);
  return {
    [name]: own.reduce((sum, value) => sum + value, 0) / own.length,
    [`${name}OfRandom`]: chance[Math.floor(LEVEL * RANDOM)],
  };
}

function spearmanWith(n: number, scoreOf: (i: number) => number) {
  const ranks = averageRanks(Float64Array.from({ length: n }, (_, i) => scoreOf(i)));
  // Constant projections, of constant columns, follow nothing.
  return (projections: Float64Array) => correlationOfRanks(averageRanks(projections), ranks) || 0;
}

/** η²: the share of the variance that lies between classes. */
function separationOf(classes: readonly number[]) {
  return (projections: Float64Array): number => {
    const sums = new Map<number, { total: number; count: number }>();
    let [mean, squares] = [0, 0];
    for (const x of projections) mean += x / projections.length;
    for (const [i, own] of classes.entries()) {
      const sum = sums.get(own) ?? { total: 0, count: 0 };
      sums.set(own, { total: sum.total + projections[i] - mean, count: sum.count + 1 });
      squares += (projections[i] - mean) ** 2;
    }
    let between = 0;
    for (const { total, count } of sums.values()) between += total ** 2 / count;
    return squares > 0 ? between / squares : 0;
  };
}

function columnsOf({ data, rows: n, cols: k }: Matrix<Float64Array>): Float64Array[] {
  return Array.from({ length: k }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => data[i * k + j]),
  );
}
