import { InputError } from '../../core/errors.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, number } from '../../method/options.ts';
import { defineObjective } from './define.ts';
import { type KnownClasses, knownClasses } from './support/known-rows.ts';
import { lossOverSquares } from './support/squares.ts';
import {
  hardNegatives,
  lossOfAll,
  lossOfChosen,
  type Mining,
  randomNegatives,
  semiHardNegatives,
} from './support/triplets.ts';

const MINING: Readonly<Record<'semi-hard' | 'hard' | 'random', Mining>> = {
  'semi-hard': semiHardNegatives,
  hard: hardNegatives,
  random: randomNegatives,
};

/**
 * Triplet loss: a row of one's class is to be nearer than a row of another class, by a margin.
 *
 *     loss = (1/T) Σ [‖x_a − x_p‖² − ‖x_a − x_n‖² + α]₊
 *
 * over T triplets: each ordered pair (a, p) of two rows of one class with the negative n that `mining` picks among
 * the rows not of the class of a; X is n × d. Rows without a class (−1) are negatives only. With `semi-hard`, n is the
 * nearest negative further than the positive, d_ap < d_an, the hardest that the paper allows; where all
 * negatives are nearer it is the furthest of them. `hard` takes the nearest negative, `random` any, `all` every one.
 * Not differentiable where a choice changes or a triplet begins to hold: the choice made counts.
 *
 * @remarks Use it when distances will be compared with a threshold, as in verification; it stops pushing once the
 * margin holds, and so leaves classes their shape where `sup-con` collapses them. `hard` from a random start tends
 * to the collapsed solution, of loss α; watch the mean distance. `all` is smooth and slow to finish, as most triplets
 * hold. O(n²d), and O(n² log n) for the choice.
 * @example
 * import { matrix } from 'tammes';
 * import { triplet } from 'tammes/objectives';
 *
 * // Positives at a right angle and negatives as near as they: every triplet lacks the margin.
 * const points = matrix(new Float64Array([1, 0, 0, 1, 0, -1]), 3, 2);
 * const { loss } = await triplet(points, { mining: 'hard' }, { classes: Int32Array.of(0, 0, 1) });
 * // Anchor 0: 2 − 2 + 0.2. Anchor 1: 2 − 4 + 0.2 < 0.
 * console.log(loss.toFixed(2)); // 0.10
 * @function
 */
export const triplet = /* @__PURE__ */ defineObjective({
  id: 'triplet',
  title: 'Triplet loss (FaceNet)',
  summary: 'Brings rows of one class nearer than rows of others by a margin, over mined triplets.',
  references: [cite(papers.facenetUnifiedEmbeddingFaceRecognition, 'Sections 3.1 and 3.2')],
  deviations: [
    'The loss is the mean over triplets, those that hold included; the paper writes the sum.',
    'The hardest negative that is semi-hard is taken, where the paper does not say which.',
  ],
  space: 'euclidean',
  options: {
    margin: number(0.2, 'How much further a negative is to be, in squared distance.', {
      min: 0,
      symbol: 'α',
    }),
    mining: choice(
      ['semi-hard', 'hard', 'all', 'random'],
      'semi-hard',
      'Which negative goes with an anchor and a positive.',
    ),
  },
  async lossAndGradient(points, { margin, mining }, gradient, context) {
    const classes = knownClasses('triplet', points, context);
    const triplets = tripletCount(classes, points.rows, mining === 'all');
    if (triplets === 0) {
      if (!context.rows)
        throw new InputError('triplet', 'all rows are of one class; expected a negative for some.');
      gradient.data.fill(0);
      return 0;
    }
    const members = rowsByClass(classes);
    const room = new Int32Array(points.rows);
    const loss = (i: number, squares: Float64Array, weights: Float64Array) => {
      const own = classes.of[i];
      if (own < 0 || classes.counts[own] < 2) return 0;
      const negatives = rowsOutside(classes, own, room);
      if (negatives.length === 0) return 0;
      const positives = members[own].filter((k) => k !== i);
      const anchor = { squares, positives, negatives };
      if (mining === 'all') return lossOfAll(anchor, margin, weights);
      const chosen = MINING[mining](anchor, context.random.fork(i));
      return lossOfChosen(anchor, chosen, margin, weights);
    };
    return lossOverSquares(points, loss, 1 / triplets, gradient, context);
  },
});

function tripletCount({ counts }: KnownClasses, n: number, all: boolean): number {
  let triplets = 0;
  for (const count of counts) {
    const pairs = count * (count - 1);
    triplets += all ? pairs * (n - count) : count < n ? pairs : 0;
  }
  return triplets;
}

function rowsByClass({ of, counts }: KnownClasses): Int32Array[] {
  const members = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(counts.length);
  of.forEach((c, i) => {
    if (c >= 0) members[c][filled[c]++] = i;
  });
  return members;
}

/** The rows of other classes or of none, in `room`. */
function rowsOutside({ of }: KnownClasses, own: number, room: Int32Array): Int32Array {
  let count = 0;
  for (let i = 0; i < of.length; i++) if (of[i] !== own) room[count++] = i;
  return room.subarray(0, count);
}
