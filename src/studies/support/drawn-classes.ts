import type { Matrix } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { classifier } from '../../families/learners/index.ts';
import type { StudyContext } from '../define.ts';
import { pooledImages } from './classified.ts';
import { halvedImages } from './image-views.ts';
import { loadImages } from './images.ts';

/** Digits at half their side, and who tells which digit an image shows. */
export interface JudgedDigits {
  readonly points: Matrix;
  /** How many images of each digit the judge sees among the rows. */
  readonly countsOf: (rows: Matrix) => Promise<Float64Array>;
  /** The judge's share of right answers on images that it did not learn from. */
  readonly accuracy: number;
}

/** The judge is a perceptron that learned from three quarters of the images. */
export async function judgedDigits(study: StudyContext): Promise<JudgedDigits> {
  const { quick, seed, engine, signal } = study;
  const { points: images, classes } = pooledImages(
    await loadImages(study, 'mnist'),
    quick ? 300 : 2000,
  );
  const points = halvedImages(images);
  // Over one-hot vectors of as many columns the largest feature is the class.
  const head = { head: 'one-hot', dim: 10 } as const;
  const {
    model,
    report: { accuracy = NaN },
  } = await classifier(
    { points, classes },
    { ...head, hidden: 128, steps: quick ? 30 : 200, batch: 128, heldOut: 0.25, seed },
    { engine, signal },
  );
  return {
    points,
    accuracy,
    async countsOf(rows) {
      const { points: features } = await classifier.embed(model, { points: rows }, { engine });
      return countsOfLargest(features);
    },
  };
}

function countsOfLargest({ data, rows: n, cols: d }: Matrix): Float64Array {
  const counts = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const own = data.subarray(i * d, (i + 1) * d);
    counts[own.indexOf(Math.max(...own))] += 1;
  }
  return counts;
}

/** Σ p·log(p/q) in nats of the shares p of some counts from the shares q of others. */
export function divergence(counts: ArrayLike<number>, from: ArrayLike<number>): number {
  const [p, q] = [sharesOf(counts), sharesOf(from)];
  return p.reduce((sum, share, c) => (share > 0 ? sum + share * log(share / q[c]) : sum), 0);
}

function sharesOf(counts: ArrayLike<number>): number[] {
  const all = Array.from(counts);
  const whole = all.reduce((sum, count) => sum + count, 0);
  return all.map((count) => count / whole);
}
