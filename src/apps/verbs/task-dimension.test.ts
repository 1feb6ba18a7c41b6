import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { taskDimension } from './task-dimension.ts';

/** Rows of five columns about three centers. */
function examples() {
  const random = Random.fromSeed(3);
  const data = Float32Array.from({ length: 90 * 5 }, (_, e) => {
    const [i, c] = [Math.floor(e / 5), e % 5];
    return (c === i % 3 ? 4 : 0) + random.normal();
  });
  const classes = Array.from({ length: 90 }, (_, i) => `class ${i % 3}`);
  return { points: matrix(data, 90, 5), classes };
}

const small = {
  ...{ steps: 40, batch: 16, learningRate: 0.02 },
  ...{ dim: 4, hidden: 8, head: 'softmax', heldOut: 0.3 },
};

test('gives the directions that reach the target, within those tried, and an interval over seeds', async () => {
  const found = await taskDimension('classifier', examples(), small, { seeds: 2 });
  const { dimension, curve, full, of } = found;
  // 8·5 + 8 of the hidden layer, 4·8 + 4 of the embedding, 3·4 + 3 of the head.
  expect(of).toBe(99);
  expect(dimension?.value).toBeGreaterThanOrEqual(8);
  expect(dimension?.value).toBeLessThanOrEqual(64);
  expect(dimension?.low).toBeLessThanOrEqual(dimension?.value ?? 0);
  expect(dimension?.high).toBeGreaterThanOrEqual(dimension?.value ?? 0);
  expect(full.value).toBeGreaterThan(0.8);
  expect(curve[0]).toMatchObject({ directions: 8, seeds: 2 });
});

test('the same seed gives the same numbers; from one seed there is no interval', async () => {
  const run = { seeds: 1, grid: [4, 40] };
  const [first, again] = [
    await taskDimension('classifier', examples(), small, run),
    await taskDimension('classifier', examples(), small, run),
  ];
  expect(again).toEqual(first);
  expect([first.full.low, first.full.high]).toEqual([null, null]);
});

test('with a factor for each weight, no fewer directions are tried than that leaves one', async () => {
  const random = Random.fromSeed(5);
  const data = Float32Array.from({ length: 60 * 16 }, () => random.normal());
  const classes = Array.from({ length: 60 }, (_, i) => `class ${i % 2}`);
  const images = { points: matrix(data, 60, 16), classes };
  const cnn = { ...small, encoder: 'cnn', steps: 2 };
  const run = { seeds: 1, target: 0.01, by: { perLayerScale: true } };
  // Eight weights: two convolutions, the embedding and the head, with their biases.
  const { curve } = await taskDimension('classifier', images, cnn, run);
  expect(curve.map(({ directions }) => directions)).toEqual([16]);
});

test('where the target is not reached there is no dimension, and a warning says so', async () => {
  const run = { seeds: 1, grid: [1], rates: { all: [3], few: [1e-9] } };
  const { dimension, warnings } = await taskDimension('classifier', examples(), small, run);
  expect(dimension).toBe(null);
  expect(warnings).toEqual([
    'In 1 of 1 seeds no number of directions up to 1 reached 0.9 of the accuracy of all weights.',
  ]);
});

test('learners without a held-out accuracy, and classifiers that hold nothing out, are refused', async () => {
  const sentence = 'option "learner" must be one that measures its accuracy on rows held out';
  await expect(taskDimension('autoencoder', examples(), { dim: 2 })).rejects.toThrow(sentence);
  await expect(taskDimension('classifier', examples(), { ...small, heldOut: 0 })).rejects.toThrow(
    sentence,
  );
});

test('targets, seeds and grids that cannot be are refused in a sentence', async () => {
  const of = (run: object) => taskDimension('classifier', examples(), small, run);
  await expect(of({ target: 0 })).rejects.toThrow('"target" must be a share above 0, at most 1');
  await expect(of({ seeds: 0 })).rejects.toThrow('"seeds" must be a whole number from 1 on');
  await expect(of({ grid: [8, 4] })).rejects.toThrow('rising whole numbers from 1 to 99');
  await expect(of({ grid: [8, 128] })).rejects.toThrow('rising whole numbers from 1 to 99');
});
