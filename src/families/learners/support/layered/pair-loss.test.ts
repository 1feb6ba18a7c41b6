import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { sliceColumns, sliceRows, type Tensor } from '../../../../learning/index.ts';
import { known, numbersOf } from '../../../../testing/operation-checks.ts';
import { shortened } from '../matryoshka.ts';
import { cutsOfStep } from './cuts.ts';
import { columnDivergence, cosentLoss, inBatchLoss } from './losses.ts';
import type { LayeredNetwork } from './network.ts';
import { lossOfCuts, type TextPairs } from './pair-loss.ts';

const random = Random.fromSeed(4);
const states = () =>
  known(
    Array.from({ length: 24 }, () => random.normal()),
    [6, 4],
  );
const taps = new Map([1, 2, 3].map((layer) => [layer, states()]));
/** Three pairs whose states are known, whatever the texts are. */
const network = { taps: () => taps } as unknown as LayeredNetwork;
const text = Int32Array.of(0);
const pairs: TextPairs = { a: [text, text, text], b: [text, text, text], scores: undefined };
const cuts = [
  { layer: 1, dims: 1 },
  { layer: 2, dims: 2 },
  { layer: 3, dims: 4 },
];
const like = new Float64Array(1);
const options = { divergence: 0.3, temperature: 0.5 };

const tap = (layer: number) => taps.get(layer) as Tensor;
const sides = (layer: number, dims: number) => {
  const unit = shortened(tap(layer), dims);
  return [sliceRows(unit, 0, 3), sliceRows(unit, 3, 6)] as const;
};
const inner = async (layer: number, dims: number) =>
  (await numbersOf(inBatchLoss(...sides(layer, dims), 0.5)))[0];
const divergence = async (layer: number, dims: number) => {
  const [wanted, own] = [tap(3), tap(layer)].map((rows) => sliceColumns(rows, 0, dims));
  return (await numbersOf(columnDivergence(wanted, own)))[0];
};
const lossOf = async (cutting: 'fixed' | 'random' | 'none', more = {}, given = pairs) => {
  const drawn = Random.fromSeed(1);
  const settings = { cuts, cutting };
  const { loss } = lossOfCuts(network, given, settings, { ...options, ...more }, like, drawn);
  return (await numbersOf(loss))[0];
};

test('none is the loss of the whole', async () => {
  expect(await lossOf('none')).toBe(await inner(3, 4));
});

test('fixed adds the loss and the divergence of every smaller cut', async () => {
  const losses = (await inner(3, 4)) + (await inner(1, 1)) + (await inner(2, 2));
  expect(await lossOf('fixed', { divergence: 0 })).toBeCloseTo(losses, 12);
  const apart = (await divergence(1, 1)) + (await divergence(2, 2));
  expect(await lossOf('fixed')).toBeCloseTo(losses + 0.3 * apart, 12);
});

test('random weighs an earlier block by its number, and its divergence not at all', async () => {
  const { last, earlier } = cutsOfStep('random', cuts, Random.fromSeed(1));
  const [{ layer, dims }] = earlier;
  const wanted =
    (await inner(3, last.dims)) +
    (await inner(layer, dims)) / layer +
    0.3 * (await divergence(layer, dims));
  expect(await lossOf('random')).toBeCloseTo(wanted, 12);
});

test('graded pairs have the loss of their order', async () => {
  const scores = [3, 1, 2];
  const [wanted] = await numbersOf(cosentLoss(...sides(3, 4), scores, 0.5, like));
  expect(await lossOf('none', {}, { ...pairs, scores })).toBe(wanted);
});
