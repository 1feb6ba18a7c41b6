import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { affine } from './affine.ts';
import { mlp } from './mlp.ts';

const a = normalMatrix(400, 2, 1);
/** Bent: no affine map gives |x₀|. */
const bent = matrix(
  Float64Array.from({ length: 800 }, (_, e) => (e % 2 ? a.data[e] : Math.abs(a.data[e]))),
  400,
  2,
);
const errorOf = (y: ArrayLike<number>, b: Float64Array) =>
  b.reduce((sum, value, e) => sum + (value - y[e]) ** 2, 0) / b.length;

test('it learns what an affine map leaves over', async () => {
  const options = { hidden: 16, steps: 600, batch: 64, learningRate: 0.01 };
  const { model, facts } = await mlp({ a, b: bent }, options);
  expect(facts['gain']).toBeGreaterThan(0.8);
  const straight = await affine.transform((await affine({ a, b: bent })).model, a);
  const { data } = await mlp.transform(model, a);
  expect(errorOf(data, bent.data)).toBeLessThan(0.2 * errorOf(straight.data, bent.data));
});

test('where nothing is left over it is the affine map, and says so', async () => {
  const b = matrix(
    a.data.map((x) => 2 * x + 1),
    400,
    2,
  );
  const { model, facts, warnings } = await mlp({ a, b }, { steps: 40, learningRate: 10 });
  expect(facts).toEqual({ gain: 0, steps: 0 });
  expect(warnings).toEqual([
    'The network did no better than the affine map on the pairs held out: it is left out.',
  ]);
  expect(errorOf((await mlp.transform(model, a)).data, b.data)).toBeLessThan(1e-12);
});
