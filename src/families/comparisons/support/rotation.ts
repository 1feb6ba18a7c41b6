import { gathered, type Matrix } from '../../../core/matrix.ts';
import { transposed } from '../../../core/transposed.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import type { Pair, PairInput } from '../types.ts';
import { oncePerPair } from './pair.ts';
import { mapped, roundedProduct } from './scatter.ts';

/** Cosine of every row of the pair after the rotation fitted to the half that it is not in; n. */
export const rotatedCosines = /* @__PURE__ */ oncePerPair((pair): Promise<Float64Array> => {
  const order = pair.random('halves').sample(pair.n);
  return heldOutCosines(pair.directions(), order, pair);
});

/** Cosine of every row after the rotation fitted to the half that it is not in. */
export async function heldOutCosines(
  { a, b }: PairInput,
  order: Int32Array,
  pair: Pair,
): Promise<Float64Array> {
  const { engine, work } = pair;
  const middle = order.length >> 1;
  const halves = [order.slice(0, middle).sort(), order.slice(middle).sort()];
  const cosines = new Float64Array(order.length);
  for (const [fit, judged] of [
    [0, 1],
    [1, 0],
  ]) {
    const of = (m: Matrix, half: number) => gathered(m, halves[half]);
    const cross = await engine.matmul(transposed(of(a, fit)), of(b, fit), false, work);
    const { u, v } = await engine.linalg.svd(cross, work);
    const turned = await mapped(
      of(a, judged),
      await roundedProduct(u, v, true, pair),
      engine,
      work,
    );
    const target = of(b, judged);
    halves[judged].forEach((row, i) => {
      cosines[row] = rowDot(turned, i, target, i);
    });
  }
  return cosines;
}
