import { InputError, ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { isParameter } from '../tape/parameter.ts';
import { operation, type Tensor } from '../tape/tensor.ts';
import { requireIds, scatterRows, tableShape } from './rows-by-id.ts';

export interface BagOptions {
  /** Default: `mean`, which divides by the weights' sum. */
  readonly mode?: 'mean' | 'sum';
  /** One for each id; default: 1. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Each bag of ids as one row: bag b holds the ids at places offsets[b] … offsets[b + 1] − 1, so that there is one
 * offset more than bags. T v × d → bags × d; an empty bag becomes zeros.
 *
 *     y_b = Σ_i w_i T[id_i]   or that over Σ_i w_i
 *     ∂L/∂T[v] = Σ over i with id_i = v of w_i·g_b(i)   or that over the sum of the bag
 */
export function embeddingBag(
  table: Tensor,
  ids: ArrayLike<number>,
  offsets: ArrayLike<number>,
  { mode = 'mean', weights }: BagOptions = {},
): Tensor {
  const [v, d] = tableShape('embeddingBag', table.shape);
  requireIds('embeddingBag', ids, v);
  requireOffsets('embeddingBag', offsets, ids.length);
  if (weights && weights.length !== ids.length)
    throw new ShapeError('embeddingBag', `${ids.length} weights, one an id`, `${weights.length}`);
  const bags = offsets.length - 1;
  const shares = sharesOf(offsets, weights, mode === 'mean');
  const byRows = isParameter(table) && table.byRows === true;
  return operation('embeddingBag', [table], [bags, d], {
    forward({ inputs: [t], out }) {
      const sum = new Float64Array(d);
      for (let b = 0; b < bags; b++) {
        sum.fill(0);
        for (let i = offsets[b]; i < offsets[b + 1]; i++) {
          const from = ids[i] * d;
          for (let c = 0; c < d; c++) sum[c] += shares[i] * t[from + c];
        }
        out.set(sum, b * d);
      }
    },
    backward({ gradient, to: [toTable], addRows, room }) {
      const rows = room(ids.length * d);
      spreadOverBags(gradient, offsets, shares, d, rows);
      if (byRows) addRows(0, { rows: ids, data: rows });
      if (toTable) scatterRows(rows, ids, d, toTable);
    },
  });
}

/** What each id counts for in its bag. */
function sharesOf(
  offsets: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  isMean: boolean,
): Float64Array {
  const shares = new Float64Array(offsets[offsets.length - 1]).fill(1);
  if (weights) shares.set(weights);
  for (let b = 0; isMean && b + 1 < offsets.length; b++) {
    const own = shares.subarray(offsets[b], offsets[b + 1]);
    const total = own.reduce((sum, weight) => sum + weight, 0);
    if (own.length > 0 && !(Math.abs(total) > 0))
      throw new InputError('embeddingBag', `the weights of bag ${b} add up to ${total}: no mean.`);
    for (let i = 0; i < own.length; i++) own[i] /= total;
  }
  return shares;
}

/** The gradient of each id's row: its share of its bag's. */
function spreadOverBags(
  gradient: Floats,
  offsets: ArrayLike<number>,
  shares: Float64Array,
  d: number,
  rows: Floats,
): void {
  for (let b = 0; b + 1 < offsets.length; b++) {
    for (let i = offsets[b]; i < offsets[b + 1]; i++) {
      for (let c = 0; c < d; c++) rows[i * d + c] = shares[i] * gradient[b * d + c];
    }
  }
}

export function requireOffsets(where: string, offsets: ArrayLike<number>, length: number): void {
  const bags = offsets.length - 1;
  if (bags < 1 || offsets[0] !== 0 || offsets[bags] !== length)
    throw new InputError(
      where,
      `offsets must go from 0 to ${length}, the number of ids; they go from ${offsets[0]} to ${offsets[bags]}.`,
    );
  for (let b = 0; b < bags; b++) {
    if (!Number.isInteger(offsets[b + 1]) || offsets[b + 1] < offsets[b])
      throw new InputError(
        where,
        `offset ${offsets[b + 1]} at place ${b + 1} is not a whole number from ${offsets[b]} on.`,
      );
  }
}
