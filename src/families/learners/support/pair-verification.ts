import { OptionError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

export interface VerificationPairs {
  /** Row i of the queries belongs with row i of the gallery, or does not. */
  readonly same: readonly boolean[];
  /** Parts of the pairs, one after another; each is judged by the threshold that suits the others. Default 10. */
  readonly folds?: number;
}

/**
 * The share of pairs that a threshold on their cosine tells right: same class or not, the threshold chosen on other
 * pairs (as verification of faces is measured). In each fold the lowest of the best thresholds is taken, halfway
 * between two cosines.
 */
export function verificationAccuracy(
  queries: Matrix,
  gallery: Matrix,
  { same, folds = 10 }: VerificationPairs,
): number {
  const n = queries.rows;
  if (gallery.rows !== n || gallery.cols !== queries.cols || same.length !== n)
    throw new ShapeError(
      'verificationAccuracy',
      `a gallery of ${n} × ${queries.cols} and ${n} answers`,
      `${gallery.rows} × ${gallery.cols} and ${same.length}`,
    );
  if (!Number.isSafeInteger(folds) || folds < 2 || folds > n)
    throw new OptionError('verificationAccuracy', 'folds', `a whole number from 2 to ${n}`, folds);
  const cosines = pairCosines(queries, gallery);
  const order = Array.from(cosines.keys()).sort((a, b) => cosines[a] - cosines[b]);
  let right = 0;
  for (let fold = 0; fold < folds; fold++) {
    const isOwn = (i: number) => Math.floor((i * folds) / n) === fold;
    const threshold = bestThreshold(
      order.filter((i) => !isOwn(i)),
      cosines,
      same,
    );
    for (let i = 0; i < n; i++) if (isOwn(i) && cosines[i] > threshold === same[i]) right += 1;
  }
  return right / n;
}

function pairCosines(queries: Matrix, gallery: Matrix): Float64Array {
  const d = queries.cols;
  return Float64Array.from({ length: queries.rows }, (_, i) => {
    let [product, a, b] = [0, 0, 0];
    for (let c = i * d; c < (i + 1) * d; c++) {
      product += queries.data[c] * gallery.data[c];
      a += queries.data[c] ** 2;
      b += gallery.data[c] ** 2;
    }
    return product / (Math.sqrt(a * b) || 1);
  });
}

/** Above it pairs count as the same; `order` has them by rising cosine. */
function bestThreshold(
  order: readonly number[],
  cosines: Float64Array,
  same: readonly boolean[],
): number {
  let right = order.filter((i) => same[i]).length;
  let [best, threshold] = [right, Number.NEGATIVE_INFINITY];
  for (const [at, i] of order.entries()) {
    right += same[i] ? -1 : 1;
    const next = at + 1 < order.length ? cosines[order[at + 1]] : Number.POSITIVE_INFINITY;
    if (right > best && next > cosines[i])
      [best, threshold] = [
        right,
        next === Number.POSITIVE_INFINITY ? next : (cosines[i] + next) / 2,
      ];
  }
  return threshold;
}
