import {
  type BoundObjective,
  codingRateReduction,
  crossCorrelation,
  effectiveEntropy,
  koleo,
  ldreg,
  ntXent,
  sliced,
  tRegs,
  uniformity,
  varianceCovariance,
} from '../../objectives/index.ts';

/** What can keep the rows of two views from falling together. */
export const AGAINST = [
  'variance-covariance',
  'cross-correlation',
  'nt-xent',
  'uniformity',
  't-regs',
  'ldreg',
  'effective-entropy',
  'coding-rate-reduction',
  'koleo',
  'sliced',
  'none',
] as const;
export type Against = (typeof AGAINST)[number];

/** An objective with the weights it is used at. */
export interface Recipe {
  readonly objective?: BoundObjective;
  /** Rows on the unit sphere, or the projector's as they are. */
  readonly rows: 'unit' | 'raw';
  /** Takes both views with their partners, and draws them together itself; the others see each view apart. */
  readonly isPaired: boolean;
  /** Weight of the distance of the views: of ‖a − b‖² on the sphere, of its mean over the columns elsewhere. */
  readonly alignment: number;
  /** Weight of the objective. */
  readonly weight: number;
}

/**
 * The weights inside paired objectives, of uniformity and of the tree are those of their papers; of the others 1, and 0.1
 * of `ldreg`. The distance of the views weighs a tenth of what the papers say beside `t-regs` and `effective-entropy`:
 * with more, a small projector that has no batch normalization falls to few directions. Beside the coding rate, which
 * grows with the columns, it weighs 5.
 */
export function recipeOf(against: Against): Recipe {
  switch (against) {
    case 'none':
      return { rows: 'unit', isPaired: false, alignment: 1, weight: 0 };
    case 'variance-covariance':
      return paired(varianceCovariance.bind(), 'raw');
    case 'cross-correlation':
      return paired(crossCorrelation.bind(), 'raw');
    case 'nt-xent':
      return paired(ntXent.bind({ temperature: 0.5 }), 'unit');
    case 'uniformity':
      return apart(uniformity.bind({ t: 2 }), 'unit', 1, 1);
    case 't-regs':
      return apart(tRegs.bind(), 'raw', 1, 1);
    case 'ldreg':
      return apart(ldreg.bind(), 'unit', 1, 0.1);
    case 'effective-entropy':
      return apart(effectiveEntropy.bind(), 'raw', 2.5, 1);
    case 'coding-rate-reduction':
      return apart(codingRateReduction.bind(), 'unit', 5, 1);
    case 'koleo':
      return apart(koleo.bind(), 'unit', 1, 1);
    case 'sliced':
      return apart(sliced.bind(), 'unit', 1, 1);
  }
}

function apart(
  objective: BoundObjective,
  rows: Recipe['rows'],
  alignment: number,
  weight: number,
): Recipe {
  return { objective, rows, isPaired: false, alignment, weight };
}

function paired(objective: BoundObjective, rows: Recipe['rows']): Recipe {
  return { objective, rows, isPaired: true, alignment: 0, weight: 1 };
}
