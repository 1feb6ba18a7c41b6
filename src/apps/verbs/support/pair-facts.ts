import type { Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { ParityResult } from '../../parity/index.ts';
import { spreadShare } from '../../parity/likeness.ts';
import { sameAndOtherRows } from '../../parity/row-fractions.ts';

/** What the headline must know of the rows besides averages over them. */
export interface PairFacts {
  readonly n: number;
  /** The side whose rows are all one vector, to float noise. */
  readonly constant: 'A' | 'B' | 'both files' | undefined;
  /** Where some or all rows are the same as they stand. */
  readonly same:
    | { readonly same: readonly number[]; readonly differ: readonly number[] }
    | undefined;
  /** Whether every row points the same way in both. */
  readonly sameDirections: boolean;
  /** Whether parity was asked and found what lies between the files. */
  readonly explained: boolean;
}

/** Float noise about one vector. */
const CONSTANT = 1e-5;
const UNEXPLAINED = new Set(['unrelated', 'another-model']);

export function pairFacts(a: Matrix, b: Matrix, verdict?: ParityResult, seed = 0): PairFacts {
  const random = Random.fromSeed(seed).fork('headline');
  const still = { A: spreadShare(a) <= CONSTANT, B: spreadShare(b) <= CONSTANT };
  const constant = still.A && still.B ? 'both files' : still.A ? 'A' : still.B ? 'B' : undefined;
  const same = sameAndOtherRows(a, b, random);
  const directions =
    a.cols === b.cols && same === undefined
      ? sameAndOtherRows(unitOrZeroRows(a).points, unitOrZeroRows(b).points, random)
      : undefined;
  return {
    n: a.rows,
    constant,
    same,
    sameDirections: directions?.differ.length === 0,
    explained: verdict !== undefined && !UNEXPLAINED.has(verdict.verdict),
  };
}
