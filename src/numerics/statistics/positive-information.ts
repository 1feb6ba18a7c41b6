import type { Floats } from '../../core/matrix.ts';
import { type Matrix, zerosLike } from '../../core/matrix.ts';
import { log, pow } from '../../core/numeric.ts';

/**
 * Positive pointwise mutual information of a table of counts n(w, c), its contexts c smoothed:
 *
 *     max(0, log(n(w, c)/(n(w)·q(c)))),   q(c) = n(c)^smoothing/Σ n(c)^smoothing
 *
 * Where nothing was counted it is 0. With a smoothing of 1 it is the plain one.
 *
 * Source: Levy, Goldberg, Dagan, Improving Distributional Similarity with Lessons Learned from Word Embeddings (2015).
 */
export function positiveInformation<T extends Floats>(
  counts: Matrix<T>,
  smoothing: number,
): Matrix<T> {
  const { data, rows: n, cols: m } = counts;
  const [ofRows, ofContexts] = [new Float64Array(n), new Float64Array(m)];
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < m; c++) {
      ofRows[i] += data[i * m + c];
      ofContexts[c] += data[i * m + c];
    }
  }
  const smoothed = ofContexts.map((count) => pow(count, smoothing));
  const total = smoothed.reduce((sum, count) => sum + count, 0);
  const out = zerosLike(counts);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < m; c++) {
      const count = data[i * m + c];
      if (count === 0) continue;
      out.data[i * m + c] = Math.max(0, log(count / ((ofRows[i] * smoothed[c]) / total)));
    }
  }
  return out;
}
