import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { constant, evaluate, normalizeRows } from '../../learning/index.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { psr } from './psr.ts';
import { relationLoss } from './support/class-relations.ts';

const delta = matrix(Float64Array.of(1, 0.8, -0.2, 0.8, 1, 0, -0.2, 0, 1), 3, 3);
const weights = { identical: 1, similar: 1, dissimilar: 1, tau: 0.5 };
const lossOf = async (cosines: readonly number[], of: number, own = weights) => {
  const r = constant(Float64Array.from(cosines), [1, 3]);
  return (await evaluate(relationLoss(r, Int32Array.of(of), delta, own, delta)))[0];
};

test('rows that are to classes what their class is cost nothing', async () => {
  expect(await lossOf([1, 0.8, -0.2], 0)).toBe(0);
  expect(await lossOf([1, 0.6, 0.5], 0)).toBe(0);
});

test('each relation costs as much as it is missed by', async () => {
  expect(await lossOf([0.7, 0.8, 0], 0)).toBeCloseTo(0.3, 12);
  expect(await lossOf([1, 0.9, 0], 0)).toBeCloseTo(0.1, 12);
  expect(await lossOf([1, 0.3, 0], 0)).toBeCloseTo(0.2, 12);
  expect(await lossOf([1, 0.8, 0.9], 0)).toBeCloseTo(0.4, 12);
  // Of the third class both others are dissimilar: half each.
  expect(await lossOf([0.9, 0.5, 1], 2)).toBeCloseTo(0.2, 12);
  expect(await lossOf([0.9, 0.5, 1], 2, { ...weights, dissimilar: 0 })).toBe(0);
});

test('the gradient of the relations is right', async () => {
  const of = Int32Array.of(0, 1, 2, 1);
  const ratios = await gradientRatios(
    (x) => relationLoss(normalizeRows(x), of, delta, { ...weights, tau: 0.31 }, delta),
    [[4, 3]],
  );
  for (const ratio of ratios) expect(ratio).toBeGreaterThan(3);
});

test('rows of the training get their class, in both directions', async () => {
  const [centers, noise] = [normalMatrix(4, 6, 1), normalMatrix(40, 6, 2)];
  const points = matrix(
    noise.data.map((x, e) => 3 * centers.data[(Math.floor(e / 6) % 4) * 6 + (e % 6)] + 0.1 * x),
    40,
    6,
  );
  const names = ['a', 'b', 'c', 'd', 'e'];
  const about = { names, vectors: normalMatrix(5, 3, 3) };
  const classes = Array.from({ length: 40 }, (_, i) => names[i % 4]);
  for (const direction of ['visual', 'semantic'] as const) {
    const options = { direction, hidden: 32, steps: 200, learningRate: 0.01 };
    const { model } = await psr({ points, classes, about }, options);
    expect((await psr.predict(model, points, { among: 'seen' })).classes).toEqual(classes);
  }
});

test('two classes, meanings that are all the same and constant columns are no trouble', async () => {
  const points = matrix(Float64Array.of(1, 7, 2, 7, 9, 7), 3, 2);
  const about = { names: ['a', 'b'], vectors: matrix(new Float64Array(4).fill(1), 2, 2) };
  const { model } = await psr({ points, classes: ['a', 'b', 'b'], about }, { hidden: 2, steps: 3 });
  const { scores } = await psr.scores(model, points);
  expect(scores.data.every(Number.isFinite)).toBe(true);
});
