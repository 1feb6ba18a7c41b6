import type { Floats } from '../../../core/matrix.ts';
import type { PlacedRelation } from './box-relations.ts';

/** Independent normal distributions of the 2m numbers of a box. */
export interface BoxPrior {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

type BoxOf = (place: number) => Floats | undefined;

/** Least variance of a number of a box, which lies within 0.24. */
const LEAST_VARIANCE = 1e-4;

/** Pairs that a relation is taken to have had that say nothing, beside its own. */
const MUTE_PAIRS = 5;

/** Mean and variance of known boxes. */
export function generalPrior(boxes: readonly Floats[]): BoxPrior {
  const width = boxes[0].length;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (const box of boxes) for (let k = 0; k < width; k++) mean[k] += box[k] / boxes.length;
  for (const box of boxes)
    for (let k = 0; k < width; k++) variance[k] += (box[k] - mean[k]) ** 2 / boxes.length;
  return { mean, variance: variance.map((own) => Math.max(own, LEAST_VARIANCE)) };
}

/**
 * Where a relation says that the box of `own.from` is: on the line from the general mean to its anchor, as far as the known
 * pairs of that relation are from theirs. The slopes, one for centers and one for half sides, are least squares over these pairs.
 */
export function relatedPrior(
  own: PlacedRelation,
  relations: readonly PlacedRelation[],
  boxOf: BoxOf,
  general: BoxPrior,
): BoxPrior | undefined {
  const target = anchorOf(own, relations, boxOf);
  if (!target) return undefined;
  const pairs = relations.flatMap((pair) => {
    if (pair.relation !== own.relation || pair.from === own.from) return [];
    const [box, anchor] = [boxOf(pair.from), anchorOf(pair, relations, boxOf)];
    return box && anchor ? [{ box, anchor }] : [];
  });
  const width = general.mean.length;
  const slopes = [0, width / 2].map((start) => {
    let [products, squares] = [0, 0];
    for (let k = start; k < start + width / 2; k++) {
      squares += MUTE_PAIRS * general.variance[k];
      for (const { box, anchor } of pairs) {
        products += (box[k] - general.mean[k]) * (anchor[k] - general.mean[k]);
        squares += (anchor[k] - general.mean[k]) ** 2;
      }
    }
    return Math.max(0, products / squares);
  });
  const predicted = (anchor: Floats, k: number) =>
    general.mean[k] + slopes[k < width / 2 ? 0 : 1] * (anchor[k] - general.mean[k]);
  const variance = general.variance.map((all, k) => {
    const squares = pairs.reduce(
      (sum, { box, anchor }) => sum + (box[k] - predicted(anchor, k)) ** 2,
      0,
    );
    return Math.max((MUTE_PAIRS * all + squares) / (MUTE_PAIRS + pairs.length), LEAST_VARIANCE);
  });
  return { mean: general.mean.map((_, k) => predicted(target, k)), variance };
}

/** The mean box of the others that have the same relation to the same concept; where there are none, that concept's. */
function anchorOf(
  { from, relation, to }: PlacedRelation,
  relations: readonly PlacedRelation[],
  boxOf: BoxOf,
): Floats | undefined {
  const likes = relations.flatMap((own) => {
    const isOther = own.relation === relation && own.to === to && own.from !== from;
    return isOther && relation !== 'is like' ? (boxOf(own.from) ?? []) : [];
  });
  return likes.length === 0 ? boxOf(to) : generalPrior(likes).mean;
}

/** What several relations say together: each adds what it says beyond the general prior. */
export function combinedPrior(general: BoxPrior, related: readonly BoxPrior[]): BoxPrior {
  const mean = new Float64Array(general.mean.length);
  const variance = mean.map((_, k) => {
    const all = 1 / general.variance[k];
    let [precision, sum] = [all, all * general.mean[k]];
    for (const own of related) {
      const more = 1 / own.variance[k] - all;
      if (more <= 0) continue;
      precision += more;
      sum += own.mean[k] / own.variance[k] - all * general.mean[k];
    }
    mean[k] = sum / precision;
    return 1 / precision;
  });
  return { mean, variance };
}
