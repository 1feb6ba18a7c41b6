import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { normals } from '../../testing/gradient-check.ts';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { channelMoments } from '../operations/channel-moments.ts';
import { evaluate } from '../tape/evaluate.ts';
import { constant, type Tensor } from '../tape/tensor.ts';
import { Workspace } from '../tape/workspace.ts';
import { convolution, dense, layer, relativeTo, settleStitch, stitch } from './index.ts';

const random = Random.fromSeed(3);
const asIs = layer([], (x: Tensor) => x);
const affine = (inputs: number, outputs: number) =>
  dense({ name: 'adapter', inputs, outputs, float64: true });
const tensorOf = ({ data, rows, cols }: Matrix) => constant(data, [rows, cols]);
const reference = () => new Workspace(referenceEngine);

/** Rows about (5, −1) with deviations 2 and 0.5. */
const seen = { mean: Float64Array.of(5, -1), variance: Float64Array.of(4, 0.25) };

describe('a stitch', () => {
  test('gives the block rows of the moments that it has seen', async () => {
    const { apply } = stitch({
      name: 's',
      adapter: affine(3, 2),
      block: asIs,
      seen,
      float64: true,
    });
    const x = constant(normals(random, [40, 3]), [40, 3]);
    const found = channelMoments(await evaluate(apply(x, { training: true }), reference()), 2);
    for (const c of [0, 1]) {
      expect(found.mean[c]).toBeCloseTo(seen.mean[c], 12);
      // ε of the normalization is 1e-5, beside a variance of the adapter's output of about 1.
      expect(found.variance[c] / seen.variance[c]).toBeCloseTo(1, 4);
    }
  });

  test('that was settled does so without a batch, row by row', async () => {
    const own = stitch({ name: 's', adapter: affine(3, 2), block: asIs, seen, float64: true });
    const data = normals(random, [40, 3]);
    await settleStitch(own, constant(data, [40, 3]), reference());
    const all = await numbersOf(own.apply(constant(data, [40, 3]), { training: false }));
    const one = await numbersOf(own.apply(constant(data.slice(0, 3), [1, 3]), { training: false }));
    expect(one).toEqual(all.slice(0, 2));
    // Running statistics are kept in float32.
    expect(channelMoments(Float64Array.from(all), 2).mean[0]).toBeCloseTo(5, 5);
  });

  test('of images is a 1 × 1 convolution before the block', async () => {
    const options = { inputs: 3, outputs: 2, float64: true };
    const map = affine(3, 2);
    const point = convolution({ name: 'adapter', kernel: 1, ...options });
    const block = convolution({ name: 'block', inputs: 2, outputs: 4, float64: true });
    const x = constant(normals(random, [2, 4, 4, 3]), [2, 4, 4, 3]);
    point.parameters.forEach(({ data }, i) => void data.set(map.parameters[i].data));
    const [a, b] = [map, point].map((adapter) =>
      stitch({ name: 's', adapter, block, seen, float64: true }),
    );
    expect(a.apply(x, { training: true }).shape).toEqual([2, 2, 2, 4]);
    expect(await numbersOf(a.apply(x, { training: true }))).toEqual(
      (await numbersOf(b.apply(x, { training: true }))).map((y) => expect.closeTo(y, 12)),
    );
  });

  test('has the gradient of its value, in the adapter, the normalization and the block', async () => {
    const block = dense({ name: 'block', inputs: 2, outputs: 2, float64: true });
    const own = stitch({ name: 's', adapter: affine(3, 2), block, seen, float64: true });
    const parameters = [...own.adapter, ...own.block];
    expect(parameters.map(({ name }) => name)).toEqual([
      'adapter.weight',
      'adapter.bias',
      's.norm.gain',
      's.norm.bias',
      'block.weight',
      'block.bias',
    ]);
    const x = known([...normals(random, [6, 3])], [6, 3]);
    await expectGradient(() => own.apply(x, { training: true }), parameters);
  });

  test('relative to anchors takes a block to a turned space without training', async () => {
    const anchors = matrix(normals(random, [4, 3]), 4, 3);
    const rows = matrix(normals(random, [20, 3]), 20, 3);
    const head = dense({ name: 'head', inputs: 4, outputs: 2, float64: true });
    const home = relativeTo(anchors);
    const inputs = await evaluate(home(tensorOf(rows)), reference());
    const away = stitch({
      name: 's',
      adapter: relativeTo(turned(anchors)),
      block: head,
      seen: channelMoments(inputs, 4),
      float64: true,
    });
    await settleStitch(away, tensorOf(turned(rows)), reference());
    const there = await numbersOf(away.apply(tensorOf(turned(rows)), { training: false }));
    const here = await numbersOf(head(home(tensorOf(rows))));
    // ε = 1e-5 beside variances of cosines, above 0.1.
    expect(there).toEqual(here.map((y) => expect.closeTo(y, 3)));
  });

  test('refuses an adapter that gives other channels than the block has seen', () => {
    const { apply } = stitch({ name: 'joint', adapter: affine(3, 4), block: asIs, seen });
    expect(() => apply(constant(new Float64Array(6), [2, 3]), { training: true })).toThrow(
      'joint: expected an adapter that gives 2 channels, as the block has seen; got 2 × 4.',
    );
  });
});

test('moments of no row are refused', () => {
  expect(() => channelMoments(new Float32Array(3), 2)).toThrow(
    'channelMoments: expected one row or more of 2 channels; got 3 values.',
  );
});

/** A quarter turn in the first two of three dimensions. */
function turned({ data, rows, cols }: Matrix): Matrix {
  const out = Float64Array.from(data);
  for (let i = 0; i < rows * cols; i += cols) [out[i], out[i + 1]] = [-data[i + 1], data[i]];
  return matrix(out, rows, cols);
}
