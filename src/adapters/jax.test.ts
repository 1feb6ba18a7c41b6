import * as jax from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { koleo, sliced } from '../families/objectives/index.ts';
import { uniformPoints } from '../manifolds/index.ts';
import { objectiveAt } from './jax.ts';

const { numpy: np, valueAndGrad } = jax;
const points = uniformPoints(12, 3, Random.fromSeed(1));
const array = () => np.array(points.data.slice(), { shape: [12, 3] });
const unit = (x: jax.Array) => x.ref.div(np.sqrt(x.ref.mul(x).sum(1, { keepdims: true })));

beforeAll(async () => {
  await jax.init('wasm');
  jax.defaultDevice('wasm');
});

test('the value and the gradient are those of the objective', async () => {
  const { loss, gradient } = await koleo(points);
  const spread = await objectiveAt(jax, array(), koleo.bind());
  // Through the normalisation only the part along the sphere is left, as when the objective is called.
  const [value, found] = valueAndGrad((x: jax.Array) => spread(unit(x)))(array());
  expect((await value.data())[0]).toBeCloseTo(loss, 5);
  for (const [e, g] of Array.from(await found.data(), Number).entries())
    expect(g).toBeCloseTo(gradient.data[e], 5);
});

test('a factor before the term is a factor of its gradient', async () => {
  const spread = await objectiveAt(jax, array(), koleo.bind());
  const [, once] = valueAndGrad((x: jax.Array) => spread(x))(array());
  const [, thrice] = valueAndGrad((x: jax.Array) => spread(x).mul(3))(array());
  const expected = Array.from(await once.data(), Number).map((g) => 3 * g);
  for (const [e, g] of Array.from(await thrice.data(), Number).entries())
    expect(g).toBeCloseTo(expected[e], 6);
});

test('a sampled objective draws from the stream that it is given', async () => {
  const at = async (seed: number) => {
    const spread = await objectiveAt(jax, array(), sliced.bind(), {
      random: Random.fromSeed(seed),
    });
    return (await spread(array()).data())[0];
  };
  expect(await at(1)).toBe(await at(1));
  expect(await at(1)).not.toBe(await at(2));
});

test('steps down the gradient in jax-js lower the loss', async () => {
  let prototypes = array();
  const losses: number[] = [];
  for (let step = 0; step < 20; step++) {
    const spread = await objectiveAt(jax, unit(prototypes.ref), koleo.bind());
    const [loss, gradient] = valueAndGrad((x: jax.Array) => spread(unit(x)))(prototypes.ref);
    losses.push((await loss.data())[0]);
    prototypes = prototypes.sub(gradient.mul(0.5));
  }
  expect(losses[19]).toBeLessThan(losses[0] - 0.1);
  for (let step = 1; step < 5; step++) expect(losses[step]).toBeLessThan(losses[step - 1]);
});

test('the points that are kept stay usable, and nothing else is left behind', async () => {
  const kept = array();
  const spread = await objectiveAt(jax, kept.ref, koleo.bind());
  await spread(kept.ref).data();
  expect(kept.refCount).toBe(1);
});

test('points of another shape are refused', async () => {
  await expect(objectiveAt(jax, np.ones([2]), koleo.bind())).rejects.toThrow(
    'koleo in jax-js: expected points with two axes; got 2.',
  );
  const spread = await objectiveAt(jax, array(), koleo.bind());
  expect(() => spread(np.ones([3, 12]))).toThrow(
    'koleo in jax-js: expected the 12 × 3 points of objectiveAt; got 3 × 12.',
  );
});
