import type { Floats } from '../../../../core/matrix.ts';
import type { Random } from '../../../../core/random.ts';
import { add, scale, sliceColumns, sliceRows, type Tensor } from '../../../../learning/index.ts';
import { shortened } from '../matryoshka.ts';
import { cutsOfStep } from './cuts.ts';
import { columnDivergence, cosentLoss, inBatchLoss } from './losses.ts';
import type { LayeredNetwork, LayeredSettings } from './network.ts';

export interface LossOptions {
  readonly divergence: number;
  readonly temperature: number;
}

/** Pairs of texts as ids, and how alike they are where that is graded. */
export interface TextPairs {
  readonly a: readonly Int32Array[];
  readonly b: readonly Int32Array[];
  readonly scores: readonly number[] | undefined;
}

/** The loss of the pairs at every cut of a step, and the states of their first texts behind the last block. */
export function lossOfCuts(
  network: LayeredNetwork,
  { a, b, scores }: TextPairs,
  { cuts, cutting }: Pick<LayeredSettings, 'cuts' | 'cutting'>,
  { divergence, temperature }: LossOptions,
  like: Floats,
  random: Random,
): { readonly loss: Tensor; readonly first: Tensor } {
  const { last, earlier } = cutsOfStep(cutting, cuts, random);
  const layers = [last, ...earlier].map(({ layer }) => layer);
  const taps = network.taps([...a, ...b], layers);
  const n = a.length;
  const inner = (rows: Tensor, dims: number) => {
    const unit = shortened(rows, dims);
    const [first, second] = [sliceRows(unit, 0, n), sliceRows(unit, n, 2 * n)];
    return scores
      ? cosentLoss(first, second, scores, temperature, like)
      : inBatchLoss(first, second, temperature);
  };
  const full = taps.get(last.layer) as Tensor;
  let loss = inner(full, last.dims);
  for (const { layer, dims, weight } of earlier) {
    const rows = taps.get(layer) as Tensor;
    loss = add(loss, scale(inner(rows, dims), weight));
    if (divergence === 0) continue;
    const [wanted, own] = [full, rows].map((one) => sliceColumns(one, 0, dims));
    loss = add(loss, scale(columnDivergence(wanted, own), divergence));
  }
  return { loss, first: sliceRows(full, 0, n) };
}
