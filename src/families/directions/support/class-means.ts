import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import { meanRow } from '../../../numerics/rows/centered.ts';
import type { ClassList } from '../types.ts';

/** Means of k classes, and what lies between them. */
export interface ClassMeans {
  /** k × d. */
  readonly means: Matrix<Float64Array>;
  /** k, rows of each class. */
  readonly counts: Int32Array;
  /** Of two classes 1 × d, from the first mean to the second; else k × d, from the mean of all other rows to that of each. */
  readonly gaps: Matrix<Float64Array>;
  /** One for each gap. */
  readonly names: readonly string[];
  /** Midway between two means; else the mean of all rows. */
  readonly origin: Float64Array;
}

export function classMeansOf(points: Matrix, classes: ClassList): ClassMeans {
  const { means, counts } = meansOf(points, classes);
  const [n, d, k] = [points.rows, points.cols, classes.names.length];
  if (k === 2) {
    const [a, b] = [means.data.subarray(0, d), means.data.subarray(d)];
    const gaps = { data: b.map((x, c) => x - a[c]), rows: 1, cols: d };
    const names = [classes.names.join(' → ')];
    return { means, counts, gaps, names, origin: a.map((x, c) => (x + b[c]) / 2) };
  }
  const origin = meanRow(points);
  const gaps = zeros64(k, d);
  for (let j = 0; j < k; j++) {
    // μⱼ − (nμ − nⱼμⱼ)/(n − nⱼ) = (μⱼ − μ)·n/(n − nⱼ)
    const factor = n / (n - counts[j]);
    for (let c = 0; c < d; c++) gaps.data[j * d + c] = (means.data[j * d + c] - origin[c]) * factor;
  }
  return { means, counts, gaps, names: classes.names, origin };
}

function meansOf({ data, cols: d }: Matrix, { names, of }: ClassList) {
  const means = zeros64(names.length, d);
  const counts = new Int32Array(names.length);
  for (const [i, own] of of.entries()) {
    counts[own] += 1;
    for (let c = 0; c < d; c++) means.data[own * d + c] += data[i * d + c];
  }
  for (let e = 0; e < means.data.length; e++) means.data[e] /= counts[Math.floor(e / d)];
  return { means, counts };
}
