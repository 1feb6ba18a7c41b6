import { Random } from '../../core/random.ts';
import { type Draws, requireCount } from './batches.ts';
import { type LabelledDraws, oneOf, twoOf } from './pairs.ts';
import { classesToCompare } from './rows-of-classes.ts';

/** Row positives[i] is of the class of row anchors[i], row negatives[i] of another. */
export interface Triplets {
  readonly anchors: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** Triplets of different rows: the anchor's class is drawn first, each as likely as any other, then the negative's. */
export function triplets({ classes, size, seed = 0 }: LabelledDraws): Draws<Triplets> {
  requireCount('triplets', 'size', size);
  const { all, several } = classesToCompare('triplets', classes);
  const random = Random.fromSeed(seed).fork('triplets');
  return {
    at(step) {
      requireCount('triplets', 'step', step);
      const draws = random.fork(step);
      const [anchors, positives, negatives] = [0, 1, 2].map(() => new Int32Array(size));
      for (let i = 0; i < size; i++) {
        [anchors[i], positives[i]] = twoOf(several, draws);
        const others = all.filter((rows) => classes[rows[0]] !== classes[anchors[i]]);
        negatives[i] = oneOf(others[draws.integer(others.length)], draws);
      }
      return { anchors, positives, negatives };
    },
  };
}
