import { gathered, type Matrix, matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Need, Sample } from '../types.ts';

export type Resamples = 'rows' | 'pairs' | 'ends' | 'none';

/** Of many rows a draw takes so many times the columns; its spread is then brought to that of all rows. */
const TIMES = 4;
const FEWEST = 1024;

/** What draws draw anew where a method does not say it. */
export function resamplesOf(used: Need | undefined): Resamples {
  if (used === 'pairs' || used === 'ends') return used;
  return used === 'formulas' ? 'none' : 'rows';
}

/** One draw, and by what its distance from the fit to all is to be multiplied. */
export interface Draw {
  readonly sample: Sample;
  readonly scale: number;
}

/** Rows, pairs or rows of the ends, drawn with replacement; rows within their classes. */
export function drawn(sample: Sample, resamples: Resamples, random: Random): Draw {
  const again = (rows: Int32Array) => rows.map(() => rows[random.integer(rows.length)]);
  if (resamples === 'ends' && sample.ends) {
    const { low, high } = sample.ends;
    return { sample: { ...sample, ends: { low: again(low), high: again(high) } }, scale: 1 };
  }
  if (resamples === 'pairs' && sample.pairs) {
    const { a, b } = sample.pairs;
    const places = again(Int32Array.from(a, (_, p) => p));
    const pairs = { a: places.map((p) => a[p]), b: places.map((p) => b[p]) };
    return { sample: { ...sample, pairs }, scale: 1 };
  }
  const rows = drawnRows(sample, random);
  return {
    sample: { ...ofRows(sample, rows), points: gathered(sample.points, rows) },
    scale: Math.sqrt(rows.length / sample.points.rows),
  };
}

/** The sample of some of its rows. */
function ofRows(sample: Sample, rows: Int32Array): Sample {
  const { classes, scores, labels, factors } = sample;
  return {
    ...sample,
    classes: classes && { ...classes, of: rows.map((row) => classes.of[row]) },
    scores: scores && Float64Array.from(rows, (row) => scores[row]),
    labels: labels && Array.from(rows, (row) => labels[row]),
    factors:
      factors &&
      Object.fromEntries(
        Object.entries(factors).map(([name, values]) => [
          name,
          Array.from(rows, (row) => values[row]),
        ]),
      ),
  };
}

/** Of each class as many as it has, or its share of fewer, at least two. */
function drawnRows({ points: { rows: n, cols: d }, classes }: Sample, random: Random): Int32Array {
  const share = Math.min(1, Math.max(FEWEST, TIMES * d) / n);
  const strata = classes ? membersOf(classes.of, classes.names.length) : [everyRow(n)];
  const parts = strata.map((members) => {
    const count = Math.max(Math.min(2, members.length), Math.round(members.length * share));
    return Array.from({ length: count }, () => members[random.integer(members.length)]);
  });
  return Int32Array.from(parts.flat());
}

const everyRow = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

function membersOf(classes: Int32Array, count: number): Int32Array[] {
  const members: number[][] = Array.from({ length: count }, () => []);
  for (const [row, own] of classes.entries()) members[own].push(row);
  return members.map((rows) => Int32Array.from(rows));
}

/**
 * A drawn basis as it would lie with all rows: w + scale·(v − w), of length 1, where w is the basis and v the drawn one
 * on its side.
 */
export function settled(
  basis: Matrix<Float64Array>,
  other: Matrix<Float64Array>,
  scale: number,
  isSignless: boolean,
): Matrix<Float64Array> {
  const { rows: k, cols: d } = basis;
  const out = new Float64Array(k * d);
  for (let j = 0; j < k; j++) {
    let along = 0;
    for (let c = j * d; c < (j + 1) * d; c++) along += basis.data[c] * other.data[c];
    const side = isSignless && along < 0 ? -1 : 1;
    for (let c = j * d; c < (j + 1) * d; c++)
      out[c] = basis.data[c] + scale * (side * other.data[c] - basis.data[c]);
  }
  return matrix(out, k, d);
}
