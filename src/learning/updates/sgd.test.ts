import { expect, test } from 'vitest';
import { taken } from '../../testing/update-steps.ts';
import { parameter } from '../tape/parameter.ts';
import { sgd } from './sgd.ts';

const one = () => ({ data: Float64Array.of(1) });
const scalar = (x: number) => parameter('x', Float64Array.of(x), [1]);

test('without momentum a step is the rate times the gradient, decay included', async () => {
  const x = parameter('x', Float64Array.of(2, -1), [2]);
  await taken(
    sgd({ learningRate: 0.5, weightDecay: 0.25 }),
    x,
    () => ({ data: Float64Array.of(1, 3) }),
    { steps: 1 },
  );
  // 2 − ½(1 + ½), −1 − ½(3 − ¼)
  expect(x.data).toEqual(Float64Array.of(1.25, -2.375));
});

test('under a gradient of 1 momentum ½ makes steps of 1, 1½, 1¾', async () => {
  const x = scalar(0);
  const rule = sgd({ learningRate: 1, momentum: 0.5 });
  const path: number[] = [];
  let state = rule.start(x);
  for (let after = 0; after < 3; after++) {
    state = await taken(rule, x, one, { steps: 1, after, state });
    path.push(x.data[0]);
  }
  expect(path).toEqual([-1, -2.5, -4.25]);
});

test('looking ahead makes them 1½, 1¾, 1⅞: the momentum of one step more', async () => {
  const x = scalar(0);
  await taken(sgd({ learningRate: 1, momentum: 0.5, nesterov: true }), x, one, { steps: 3 });
  expect(x.data[0]).toBe(-(1.5 + 1.75 + 1.875));
});

test('on ax²/2 plain steps shrink x by 1 − ηa, exactly in powers of two', async () => {
  const x = scalar(1);
  await taken(sgd({ learningRate: 0.25 }), x, (at) => ({ data: at.map((v) => 2 * v) }), {
    steps: 20,
  });
  expect(x.data[0]).toBe(2 ** -20);
});

test('momentum (1 − √(ηa))² leaves of a quadratic what its double root says', async () => {
  const x = scalar(1);
  const rule = sgd({ learningRate: 0.25, momentum: 0.25 });
  const path: number[] = [];
  let state = rule.start(x);
  for (let after = 0; after < 6; after++) {
    state = await taken(rule, x, (at) => ({ data: at.slice() }), { steps: 1, after, state });
    path.push(x.data[0]);
  }
  // x₀ = 1, x₁ = ¾ and x_{t+1} = x_t − x_{t−1}/4 give x_t = (1 + t/2)/2ᵗ.
  expect(path).toEqual([1, 2, 3, 4, 5, 6].map((t) => (1 + t / 2) / 2 ** t));
});
