import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/index.ts';
import { evaluate, Workspace } from '../../learning/index.ts';
import { type DenseStarts, denseNetwork, imageTensor, stagesOf } from './dense-network.ts';

const CHANNELS = [2, 3, 4, 5];
const layers = stagesOf('classifier', CHANNELS, 9);
const stages = {
  layers,
  seen: [1, 2, 3, 4].map((d) => ({
    mean: new Float64Array(d).fill(0.5),
    variance: new Float64Array(d).fill(0.25),
  })),
};
const network = (starts: DenseStarts) =>
  denseNetwork(stages, CHANNELS, starts, 1, Random.fromSeed(1));
const scratch = network({ encoder: 'scratch', decoder: 'scratch' });
const both = network({ encoder: 'pretrained', decoder: 'pretrained' });
const shuffled = network({ encoder: 'pretrained', decoder: 'statistics' });

test('all ways have the same parameters, by name and shape', () => {
  const described = ({ encoder, blocks }: typeof both) =>
    [...encoder, ...blocks].map(({ name, shape }) => [name, shape]);
  expect(described(scratch)).toEqual(described(both));
  expect(described(shuffled)).toEqual(described(both));
});

test('a pretrained part has the classifier’s weights, and a copy of them', () => {
  const trained = layers.flatMap(({ parameters }) => parameters);
  expect(both.encoder.map(({ data }) => data)).toEqual(trained.map(({ data }) => data));
  expect(both.encoder[0].data).not.toBe(trained[0].data);
  // Stages 4, 3 and 2; the finest, which takes images, is not in the decoder.
  const [, , ...above] = trained;
  const byName = new Map(
    both.blocks.map(({ name, data }) => [name.split('.').slice(1).join('.'), data]),
  );
  expect(byName.size).toBe(above.length);
  for (const { name, data } of above)
    expect(byName.get(name.split('.').slice(1).join('.'))).toEqual(data);
  expect(scratch.encoder[0].data).not.toEqual(trained[0].data);
});

test('statistics alone are the same weights of each filter at other places', () => {
  both.blocks.forEach(({ data, shape: [filters] }, i) => {
    const own = shuffled.blocks[i].data;
    const size = data.length / filters;
    if (size > 1) expect(own).not.toEqual(data);
    for (let f = 0; f < filters; f++) {
      const sorted = (from: typeof data) => from.slice(f * size, (f + 1) * size).sort();
      expect(sorted(own)).toEqual(sorted(data));
    }
  });
});

test('each pixel gets logits of ten digits and the background, and a depth', async () => {
  const images = imageTensor(new Float32Array(2 * 16 * 16).fill(0.3), 16);
  for (const training of [true, false])
    expect(both.apply(images, training).shape).toEqual([2, 16, 16, 12]);
  const y = await evaluate(both.apply(images, false), new Workspace(referenceEngine));
  expect(y.every(Number.isFinite)).toBe(true);
});
