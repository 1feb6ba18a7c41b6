import { InputError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import { pow } from '../../../core/numeric.ts';
import { MethodRun, type RunOptions } from '../../../method/method.ts';
import type { Similarity } from './similarities.ts';

const WHERE = 'propagateLabels';
/** Walks longer than those that hold all but this share are left out. */
const LEFT_OUT = 1e-12;

export interface PropagationOptions {
  /** α in [0, 1): the share of a score that comes from neighbours in each step. Default: 0.25. */
  readonly alpha?: number | undefined;
  /** How often scores are spread; between two, the labels are not put back. Default: 10. */
  readonly rounds?: number | undefined;
  /** How many classes there are, where not all of them have a label. */
  readonly classes?: number | undefined;
}

export interface Propagated {
  /** F, n × classes. */
  readonly scores: Matrix<Float64Array>;
  /** The class of the largest score, the first of equal ones; −1 where no label arrives. */
  readonly labels: Int32Array;
  readonly warnings: readonly string[];
}

/**
 * Labels of some things spread to all along a similarity W:
 *
 *     F = ((1 − α)(I − αS)⁻¹)ᴿ·Y,   S = D^{−½}WD^{−½}
 *
 * Y n × classes with a 1 at each label that is given, D the row sums of W, R the rounds. It is computed as a sum over
 * walks, (1 − α)ᴿ Σ_t C(t + R − 1, t) αᵗSᵗ·Y, whose length is negative binomial: about αR/(1 − α) products with W.
 *
 * Source: Fu, Hospedales, Xiang, Gong 2015; R = 1 is Zhou, Bousquet, Lal, Weston, Schölkopf 2003. Labels of ±1 as in the
 * paper's code have the same largest scores.
 *
 * @param labels n numbers of classes, −1 where none is known
 */
export async function propagateLabels(
  similarity: Similarity,
  labels: ArrayLike<number>,
  { alpha = 0.25, rounds = 10, classes: given }: PropagationOptions = {},
  options: RunOptions = {},
): Promise<Propagated> {
  const { n } = similarity;
  const classes = given ?? Array.from(labels).reduce((most, c) => Math.max(most, c + 1), 0);
  requireLabels(labels, n, classes);
  if (!(alpha >= 0 && alpha < 1))
    throw new InputError(WHERE, `expected alpha from 0 to below 1; got ${alpha}.`);
  if (!(Number.isInteger(rounds) && rounds >= 1))
    throw new InputError(WHERE, `expected 1 round or more, a whole number; got ${rounds}.`);
  const run = new MethodRun(options);
  const toUnit = inverseRoots(similarity);
  let walks = zeros64(n, classes);
  for (let i = 0; i < n; i++) if (labels[i] >= 0) walks.data[i * classes + labels[i]] = 1;
  const scores = zeros64(n, classes);
  let [share, left] = [pow(1 - alpha, rounds), 1];
  for (let step = 0; ; step++) {
    for (let e = 0; e < scores.data.length; e++) scores.data[e] += share * walks.data[e];
    left -= share;
    share *= (alpha * (step + rounds)) / (step + 1);
    if (left < LEFT_OUT || share < LEFT_OUT / 10) break;
    await run.tick({ stage: WHERE, done: Math.min(1, 1 - left), step });
    walks = normalizedTimes(similarity, walks, toUnit);
  }
  return named(scores);
}

function requireLabels(labels: ArrayLike<number>, n: number, classes: number): void {
  if (labels.length !== n)
    throw new ShapeError(WHERE, `${n} labels, −1 where none is known`, `${labels.length}`);
  const odd = Array.from(labels).findIndex((c) => !(Number.isInteger(c) && c >= -1 && c < classes));
  if (odd >= 0)
    throw new InputError(
      WHERE,
      `label ${odd} is ${labels[odd]}; expected −1 or a class below ${classes}.`,
    );
  if (classes < 1) throw new InputError(WHERE, 'no label is known: there is nothing to spread.');
}

/** D^{−½}; 0 for what is like nothing. */
function inverseRoots(similarity: Similarity): Float64Array {
  const ones = zeros64(similarity.n, 1);
  ones.data.fill(1);
  return similarity.times(ones).data.map((degree) => (degree > 0 ? 1 / Math.sqrt(degree) : 0));
}

function normalizedTimes(
  similarity: Similarity,
  f: Matrix<Float64Array>,
  toUnit: Float64Array,
): Matrix<Float64Array> {
  const scaled = (m: Matrix<Float64Array>) => ({
    ...m,
    data: m.data.map((value, e) => value * toUnit[Math.floor(e / f.cols)]),
  });
  return scaled(similarity.times(scaled(f)));
}

function named(scores: Matrix<Float64Array>): Propagated {
  const { data, rows: n, cols: c } = scores;
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const own = data.subarray(i * c, (i + 1) * c);
    const most = own.reduce((best, value) => Math.max(best, value), 0);
    labels[i] = most > 0 ? own.indexOf(most) : -1;
  }
  const alone = labels.filter((label) => label < 0).length;
  const warnings =
    alone > 0
      ? [`${alone} of ${n} are joined to no label by the similarity: they have none (−1).`]
      : [];
  return { scores, labels, warnings };
}
