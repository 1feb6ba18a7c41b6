import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { lora, tucker } from '../../families/parametrizations/index.ts';
import {
  bodyLike,
  convolutionBody,
  matrixError,
  schooled,
  tuckerError,
  updatesOf,
} from './adapted-images.ts';

const random = Random.fromSeed(1);
const images = {
  images: matrix(
    Float32Array.from({ length: 8 * 225 }, () => random.uniform()),
    8,
    225,
  ),
  labels: Int32Array.from({ length: 8 }, (_, i) => i % 10),
};
const lesson = { steps: 2, batch: 4, learningRate: 0.05, headRate: 0.1, seed: 1 };
const context = { ...lesson, engine: referenceEngine, signal: undefined };
const make = () => convolutionBody([3, 4, 4], 1);

test('ways have the numbers that the page names, a core never more than flattened matrices', async () => {
  const { parameters } = convolutionBody([16, 32, 32], 1).features;
  const numbers = async (few: ReturnType<typeof lora>) => (await few).trained;
  const cores = [
    [3, 2],
    [5, 2],
    [9, 2],
  ].map(([rank, windowRank]) => numbers(tucker(parameters, { rank, windowRank })));
  expect(await Promise.all(cores)).toEqual([505, 897, 1873]);
  const flattened = [1, 2, 4].map((rank) => numbers(lora(parameters, { rank })));
  expect(await Promise.all(flattened)).toEqual([521, 1042, 2084]);
  const halves = [1, 2, 5].map((rank) => numbers(lora(parameters, { rank, fold: 'halves' })));
  expect(await Promise.all(halves)).toEqual([387, 774, 1833]);
});

test('a body that is still keeps its weights, few numbers keep its biases', async () => {
  const base = make();
  const still = bodyLike(make, base);
  await schooled(still, images, images, { ...context, by: 'still' });
  expect(still.features.parameters).toEqual(base.features.parameters);
  const adapted = bodyLike(make, base);
  await schooled(adapted, images, images, { ...context, by: lora.bind({ rank: 1 }) });
  adapted.features.parameters.forEach(({ name, data }, i) => {
    const same = String(data) === String(base.features.parameters[i].data);
    expect(same, name).toBe(name.endsWith('bias'));
  });
});

test('what a low-rank update changed is approximated at its rank', async () => {
  const base = make();
  const after = async (by: Parameters<typeof schooled>[3]['by']) => {
    const body = bodyLike(make, base);
    await schooled(body, images, images, { ...context, by });
    return updatesOf(base, body);
  };
  const ofMatrix = await after(lora.bind({ rank: 1 }));
  expect(ofMatrix.map(({ shape }) => shape)).toEqual([
    [3, 3, 3, 1],
    [4, 3, 3, 3],
    [4, 3, 3, 4],
  ]);
  // Weights are float32: their differences are rounded to 1e-7 of the weights, some 1e-5 of the differences.
  expect(matrixError(ofMatrix, 1, 1)).toBeLessThan(1e-4);
  expect(matrixError(await after(undefined), 1, 1)).toBeGreaterThan(0.01);
  const ofCore = await after(tucker.bind({ rank: 1, windowRank: 1 }));
  expect(tuckerError(ofCore, 1, 1)).toBeLessThan(1e-4);
});
