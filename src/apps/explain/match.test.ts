import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { namedDimensions } from '../../families/learners/index.ts';
import { explainMatch } from './match.ts';

/** Things with two of five traits each, seen by a random camera. */
function traits(n: number) {
  const random = Random.fromSeed(1);
  const camera = Float32Array.from({ length: 5 * 8 }, () => random.normal());
  const names = ['big', 'fast', 'loud', 'red', 'warm'];
  const points = new Float32Array(n * 8);
  const classes = Array.from({ length: n }, (_, i) => {
    const own = [i % 5, (i % 5) + 1 + (Math.floor(i / 5) % 4)].map((trait) => trait % 5);
    for (const trait of own) for (let c = 0; c < 8; c++) points[i * 8 + c] += camera[trait * 8 + c];
    for (let c = 0; c < 8; c++) points[i * 8 + c] += 0.1 * random.normal();
    return own.map((trait) => names[trait]).join('|');
  });
  return { points: matrix(points, n, 8), classes };
}

const rowOf = ({ data, cols }: Matrix, i: number) =>
  matrix(data.slice(i * cols, (i + 1) * cols), 1, cols);

test('contributions sum to the score, and the first are what both have', async () => {
  const { points, classes } = traits(200);
  const { model, report } = await namedDimensions(
    { points, others: points, classes },
    { steps: 300, learningRate: 0.02 },
  );
  expect(report['conceptRecall']).toBeGreaterThan(0.9);
  const { score, contributions } = await explainMatch(model, rowOf(points, 0), rowOf(points, 20));
  // Both are big and fast.
  expect(classes[0]).toBe(classes[20]);
  const { points: g } = await namedDimensions.embed(model, { points });
  let product = 0;
  for (let c = 0; c < 5; c++) product += g.data[c] * g.data[20 * 5 + c];
  expect(score).toBeCloseTo(product, 6);
  expect(
    contributions
      .slice(0, 2)
      .map(({ concept }) => concept)
      .sort(),
  ).toEqual(['big', 'fast']);
});

test('says what does not fit', async () => {
  const { points, classes } = traits(20);
  const examples = { points, others: points, classes };
  const { model } = await namedDimensions(examples, { steps: 2, coordinates: 'dense' });
  const one = rowOf(points, 0);
  await expect(explainMatch(model, points, one)).rejects.toThrow(
    'explain match: expected one row on each side; got 20.',
  );
  await expect(explainMatch(model, one, one)).rejects.toThrow('are dense: they have no names.');
});
