import type { WordRows } from '../../structures/retrieval/hamming.ts';
import { hammingDistancesOf } from '../../structures/retrieval/hamming.ts';

/** Codes with the class of each row. */
export interface CodedClasses {
  readonly codes: WordRows;
  readonly labels: Int32Array;
}

/**
 * Mean average precision of rows found by Hamming distance, where those of the query's class are the right ones; its
 * expectation over the orders of equal distances (McSherry and Najork 2008), since short codes leave many of them. Queries
 * of a class without rows are left out.
 */
export function hammingPrecision(queries: CodedClasses, among: CodedClasses): number {
  const n = among.codes.rows;
  const distances = new Int32Array(n);
  let [sum, count] = [0, 0];
  for (let q = 0; q < queries.codes.rows; q++) {
    hammingDistancesOf(queries.codes, q, among.codes, distances);
    const precision = tiedPrecision(distances, among.labels, queries.labels[q]);
    if (Number.isNaN(precision)) continue;
    sum += precision;
    count += 1;
  }
  return sum / count;
}

/** The expected average precision for one class; NaN where no row has it. */
export function tiedPrecision(distances: Int32Array, labels: Int32Array, label: number): number {
  const farthest = distances.reduce((a, b) => Math.max(a, b), 0);
  const [all, right] = [new Float64Array(farthest + 1), new Float64Array(farthest + 1)];
  distances.forEach((distance, i) => {
    all[distance] += 1;
    if (labels[i] === label) right[distance] += 1;
  });
  let [sum, before, rightBefore] = [0, 0, 0];
  for (let g = 0; g <= farthest; g++) {
    const [n, r] = [all[g], right[g]];
    // A place holds a right row with the chance r/n; the others before it in the group are right with (r − 1)/(n − 1).
    for (let j = 0; j < n && r > 0; j++)
      sum +=
        ((r / n) * (rightBefore + 1 + (n > 1 ? (j * (r - 1)) / (n - 1) : 0))) / (before + j + 1);
    before += n;
    rightBefore += r;
  }
  return sum / rightBefore;
}
