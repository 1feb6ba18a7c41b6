import { expect, test } from 'vitest';
import {
  constant,
  evaluate,
  gradientsOf,
  multiply,
  parameter,
  scale,
  sum,
} from '../../../../learning/index.ts';
import { clusteringOf, largestOfRows } from './clustering.ts';

const like = new Float64Array(1);
const rows = (...numbers: number[]) =>
  constant(Float64Array.from(numbers), [numbers.length / 2, 2]);

test('the first largest number of each row is marked, and no gradient goes below', async () => {
  const x = parameter('x', Float64Array.of(1, 3, 2, 2), [2, 2]);
  expect(await evaluate(largestOfRows(x))).toEqual(Float64Array.of(0, 1, 1, 0));
  const { gradients } = await gradientsOf(sum(multiply(x, largestOfRows(x))));
  // Of Σ x·marks with the marks known: the marks.
  expect(gradients.get(x)?.data).toEqual(Float64Array.of(0, 1, 1, 0));
});

test('there are no centers before the queue is full; then the loss is that of the nearest by hand', async () => {
  const settings = { clusters: 2, capacity: 4, dim: 2, seed: 1 };
  const clustering = clusteringOf(settings, like);
  const logits = (cosines: Parameters<typeof scale>[0]) => scale(cosines, 2);
  const ask = () => clustering.loss(rows(1, 0), rows(0.6, 0.8), logits);
  clustering.push(Float64Array.of(1, 0, 0, 1), Float64Array.of(1, 0, 0, 1), 1);
  expect(ask()).toBeUndefined();
  clustering.push(Float64Array.of(3, 0, 0, 1), Float64Array.of(3, 0, 0, 1), 2);
  const { centers } = clustering.also['clusters'];
  expect(Array.from(centers).sort((a, b) => a - b)).toEqual([0, 0, 1, 1]);
  // The mean (1.6, 0.8) is nearest to (1, 0): cosines 1 and 0 of one side, 0.6 and 0.8 of the other, twice.
  const first = Math.log(1 + Math.exp(-2));
  const second = Math.log(1 + Math.exp(0.4));
  const loss = ask();
  expect(loss && (await evaluate(loss))[0]).toBeCloseTo((first + second) / 2, 12);
});

test('rows that cancel are remembered as zeros, and centers stay finite', () => {
  const clustering = clusteringOf({ clusters: 2, capacity: 2, dim: 2, seed: 1 }, like);
  clustering.push(Float64Array.of(1, 0, 0, 1), Float64Array.of(-1, 0, 0, -1), 1);
  expect(clustering.also['clusters']['centers']).toEqual(new Float64Array(4));
});
