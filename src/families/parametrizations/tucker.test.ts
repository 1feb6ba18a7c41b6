import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { convolution, evaluateAll, parameter, Workspace } from '../../learning/index.ts';
import { tuckerProduct } from '../../numerics/decompositions/tucker.ts';
import { lora } from './lora.ts';
import { tucker } from './tucker.ts';

const numbers = (length: number) => Float64Array.from({ length }, (_, e) => Math.sin(e + 1));
const kernels = () => parameter('k', numbers(4 * 3 * 5 * 2), [4, 3, 5, 2]);
const dense = () => parameter('w', numbers(6 * 8), [6, 8]);

test('of the example: 4·2·2·4 + 32·4 + 3·2 + 3·2 + 16·4 numbers are trained', async () => {
  const { parameters } = convolution({ name: 'net', inputs: 16, outputs: 32 });
  const { trained, of } = await tucker(parameters, { rank: 4 });
  expect([trained, of]).toEqual([268, 4640]);
});

test('the weight is W₀ + s·G ×₁ U₁ … ×ₙ Uₙ, for two, three and four axes', async () => {
  for (const shape of [
    [6, 8],
    [4, 3, 5],
    [4, 3, 5, 2],
  ]) {
    const start = numbers(shape.reduce((all, d) => all * d, 1));
    const options = { rank: 2, windowRank: 2, strength: 3 };
    const found = await tucker.bind(options).over([parameter('w', start, shape)]);
    const [core, ...factors] = found.parameters;
    const random = Random.fromSeed(1);
    core.data.forEach((_, e) => {
      core.data[e] = random.normal();
    });
    const delta = tuckerProduct({
      core: { shape: core.shape, data: Float64Array.from(core.data) },
      factors: factors.map((one) =>
        matrix(Float64Array.from(one.data), one.shape[0], one.shape[1]),
      ),
    });
    const [values] = await evaluateAll([...found.tensors.values()], new Workspace(referenceEngine));
    expect(values).toHaveLength(delta.length);
    delta.forEach((x, e) => {
      expect(values[e]).toBeCloseTo(start[e] + 3 * x, 12);
    });
  }
});

test('the core begins at 0, the factors with variance 1/(2r)', async () => {
  const { parameters } = await tucker([parameter('w', new Float32Array(1e6), [1000, 1000])], {
    rank: 8,
  });
  const [core, first, last] = parameters;
  expect(core.data.every((x) => x === 0)).toBe(true);
  for (const { data } of [first, last]) {
    const variance = Array.from(data).reduce((sum, x) => sum + x * x, 0) / data.length;
    // The mean of 8,000 squares has the deviation 1.6 %; this is four of them.
    expect(Math.abs(16 * variance - 1)).toBeLessThan(0.064);
  }
});

test('ranks go no higher than their axes, and say what they are by the core', async () => {
  const { parameters } = await tucker([kernels(), dense()], { rank: 4, windowRank: 3 });
  expect(parameters.filter(({ name }) => name.endsWith('core')).map(({ shape }) => shape)).toEqual([
    [4, 3, 3, 2],
    [4, 4],
  ]);
});

test('a matrix takes r² numbers more than LoRA of the same rank', async () => {
  const [own, low] = [await tucker([dense()], { rank: 2 }), await lora([dense()], { rank: 2 })];
  expect(own.trained - low.trained).toBe(4);
});

test('ranks above every axis are refused in a sentence', async () => {
  await expect(tucker([kernels(), dense()], { rank: 9 })).rejects.toThrow(
    'tucker: option "rank" must be at most 8, the longest of these axes; got 9.',
  );
  await expect(tucker([kernels()], { rank: 2, windowRank: 6 })).rejects.toThrow(
    'tucker: option "windowRank" must be at most 5, the longest of these axes; got 6.',
  );
});
