import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/** ℓ of a margin, with ℓ(0) = 1: hinge max(0, 1 − v), logistic log₂(1 + e^−v). */
export type MarginLoss = 'hinge' | 'logistic';

/** What a contrastive loss on rows of hidden classes says of a classifier by class means. */
export interface ContrastiveCertificate {
  /** L_un: mean ℓ(f(x)ᵀ(f(x⁺) − f(x⁻))), x⁺ of the class of x, x⁻ of any class. */
  readonly contrastiveLoss: number;
  /** τ: the probability that x⁻ is of the class of x. */
  readonly collision: number;
  /** (L_un − τ)/(1 − τ), which no classifier by means exceeds on average over pairs of classes. */
  readonly bound: number;
  /** L_sup: mean ℓ(f(x)ᵀ(μ_c − μ_c′)) over pairs of different classes, μ the class means of `means`. */
  readonly meanClassifierLoss: number;
  /** Share of rows and other classes where the row is nearer, by inner product, to its own mean. */
  readonly meanClassifierAccuracy: number;
}

export interface CertificateOptions {
  readonly loss?: MarginLoss | undefined;
  /**
   * Rows that make the class means, with their classes; default: the same rows, each left out of its own class's mean. With these
   * the bound holds exactly; with other rows it holds up to the error of their means.
   */
  readonly means?: { readonly points: Matrix; readonly classes: ArrayLike<number> } | undefined;
}

/**
 * The certificate of Arora et al. 2019: a low contrastive loss implies a good classifier by class means.
 *
 *     L_sup ≤ (L_un − τ)/(1 − τ)
 *
 * All triples (x, x⁺, x⁻) of the n rows are counted, x⁺ and x⁻ never x itself, classes drawn by their number of rows:
 * O(n²d + n² log n) with hinge, O(n³/C) with logistic.
 *
 * @param points f(x), n × d, as the loss takes them: not brought to unit length
 * @param classes the hidden class of each row, whole numbers; two at least, of two rows or more
 * @throws ShapeError, InputError
 */
export function contrastiveCertificate(
  points: Matrix,
  classes: ArrayLike<number>,
  { loss = 'hinge', means }: CertificateOptions = {},
): ContrastiveCertificate {
  const groups = groupsOf(points, classes);
  const names = [...groups.keys()];
  const n = points.rows;
  const mean = loss === 'hinge' ? meanHinge : meanLogistic;
  const centers = means ? meansOf(means.points, means.classes, names) : undefined;
  // L_un − τ.
  let excess = 0;
  let [collision, supervised, right] = [0, 0, 0];
  let weights = 0;
  for (let i = 0; i < n; i++) {
    const products = productsWith(points, i);
    const listOf = (name: number) =>
      Float64Array.from(
        (groups.get(name) ?? []).filter((row) => row !== i),
        (row) => products[row],
      );
    const own = listOf(classes[i]).sort();
    const ownMean = centers ? product(points, i, centers, names.indexOf(classes[i])) : average(own);
    for (const name of names) {
      const share = (groups.get(name)?.length ?? 0) / n;
      const others = name === classes[i] ? own : listOf(name).sort();
      const found = mean(own, others);
      if (name === classes[i]) {
        collision += share / n;
        // ℓ is convex and ℓ(0) = 1: less than 1 is rounding.
        excess += (share * Math.max(0, found - 1)) / n;
        continue;
      }
      excess += (share * found) / n;
      const other = centers ? product(points, i, centers, names.indexOf(name)) : average(others);
      supervised += share * lossOf(loss, ownMean - other);
      right += share * (ownMean > other ? 1 : ownMean === other ? 0.5 : 0);
      weights += share;
    }
  }
  return {
    contrastiveLoss: excess + collision,
    collision,
    bound: excess / (1 - collision),
    meanClassifierLoss: supervised / weights,
    meanClassifierAccuracy: right / weights,
  };
}

const lossOf = (loss: MarginLoss, margin: number) =>
  loss === 'hinge' ? Math.max(0, 1 - margin) : Math.log1p(Math.exp(-margin)) / Math.LN2;

/** Mean of max(0, 1 − p + q) over all p and q of two ascending lists. */
function meanHinge(positives: Float64Array, negatives: Float64Array): number {
  let sum = 0;
  let [j, above] = [negatives.length, 0];
  // As p falls, more negatives lie above p − 1.
  for (let i = positives.length - 1; i >= 0; i--) {
    const limit = positives[i] - 1;
    while (j > 0 && negatives[j - 1] > limit) above += negatives[--j];
    sum += above - limit * (negatives.length - j);
  }
  return sum / (positives.length * negatives.length);
}

function meanLogistic(positives: Float64Array, negatives: Float64Array): number {
  let sum = 0;
  for (const p of positives) for (const q of negatives) sum += lossOf('logistic', p - q);
  return sum / (positives.length * negatives.length);
}

const average = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function groupsOf({ rows: n }: Matrix, classes: ArrayLike<number>): Map<number, number[]> {
  if (classes.length !== n)
    throw new ShapeError('contrastiveCertificate', `${n} classes`, `${classes.length}`);
  const groups = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const group = groups.get(classes[i]);
    if (group) group.push(i);
    else groups.set(classes[i], [i]);
  }
  const alone = [...groups].find(([, group]) => group.length < 2);
  if (alone)
    throw new InputError(
      'contrastiveCertificate',
      `class ${alone[0]} has one row; expected two at least, one to be compared with the other.`,
    );
  if (groups.size < 2)
    throw new InputError(
      'contrastiveCertificate',
      `expected two classes at least; got ${groups.size}.`,
    );
  return groups;
}

function productsWith({ data, rows: n, cols: d }: Matrix, i: number): Float64Array {
  const products = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += data[i * d + c] * data[j * d + c];
    products[j] = sum;
  }
  return products;
}

function product(points: Matrix, i: number, others: Matrix, j: number): number {
  const d = points.cols;
  let sum = 0;
  for (let c = 0; c < d; c++) sum += points.data[i * d + c] * others.data[j * d + c];
  return sum;
}

/** The mean of the rows of each class named, a row each. */
function meansOf(
  { data, rows: n, cols: d }: Matrix,
  classes: ArrayLike<number>,
  names: readonly number[],
): Matrix {
  const sums = new Float64Array(names.length * d);
  const counts = new Int32Array(names.length);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  for (let i = 0; i < n; i++) {
    const place = placeOf.get(classes[i]);
    if (place === undefined) continue;
    counts[place] += 1;
    for (let c = 0; c < d; c++) sums[place * d + c] += data[i * d + c];
  }
  const empty = counts.indexOf(0);
  if (empty >= 0)
    throw new InputError(
      'contrastiveCertificate',
      `no row makes the mean of class ${names[empty]}.`,
    );
  return {
    data: sums.map((sum, e) => sum / counts[Math.floor(e / d)]),
    rows: names.length,
    cols: d,
  };
}
