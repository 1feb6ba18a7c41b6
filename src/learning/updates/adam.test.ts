import { expect, test } from 'vitest';
import { taken } from '../../testing/update-steps.ts';
import { parameter } from '../tape/parameter.ts';
import { adam } from './adam.ts';
import { adamW } from './adam-w.ts';

const scalar = (x: number) => parameter('x', Float64Array.of(x), [1]);

test.each([adam({ learningRate: 0.1 }), adamW({ learningRate: 0.1, weightDecay: 0 })])(
  'the first step of $name is α against the sign of the gradient, whatever its size',
  async (rule) => {
    for (const g of [1e-3, 1, -1e6]) {
      const x = scalar(0);
      await taken(rule, x, () => ({ data: Float64Array.of(g) }), { steps: 1 });
      // ε is 1e-8 beside a gradient of 1e-3.
      expect(Math.abs(x.data[0] + 0.1 * Math.sign(g))).toBeLessThan(1.01e-6);
    }
  },
);

test('under a constant gradient every step has the length α·g/(g + ε)', async () => {
  const x = scalar(0);
  await taken(
    adam({ learningRate: 0.125, epsilon: 0.5 }),
    x,
    () => ({ data: Float64Array.of(1.5) }),
    {
      steps: 10,
    },
  );
  expect(x.data[0]).toBeCloseTo(-10 * 0.125 * 0.75, 14);
});

test('two steps by hand', async () => {
  // β₁ = ½, β₂ = ¾, g = 1 then 3: m̂ = (¼ + 3/2)/¾ = 7/3, v̂ = (3/16 + 9/4)/(7/16) = 39/7.
  const x = scalar(0);
  const rule = adam({ learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 0 });
  await taken(rule, x, (_, step) => ({ data: Float64Array.of(2 * step - 1) }), { steps: 2 });
  expect(x.data[0]).toBeCloseTo(-1 - 7 / 3 / Math.sqrt(39 / 7), 14);
});

test('weight decay is part of the gradient of adam, and apart from it in adamW', async () => {
  const none = () => ({ data: Float64Array.of(0) });
  const [coupled, decoupled] = [scalar(4), scalar(4)];
  await taken(adam({ learningRate: 0.5, weightDecay: 0.25 }), coupled, none, { steps: 1 });
  await taken(adamW({ learningRate: 0.5, weightDecay: 0.25 }), decoupled, none, { steps: 1 });
  // λx = 1 is a gradient like any other: one step of α. Decoupled: 4(1 − αλ).
  expect(coupled.data[0]).toBeCloseTo(3.5, 7);
  expect(decoupled.data[0]).toBe(3.5);
  await taken(adamW({ learningRate: 0.5, weightDecay: 0.25 }), decoupled, none, {
    steps: 1,
    rate: () => 0.25,
  });
  // The schedule acts on the decay as well.
  expect(decoupled.data[0]).toBe(3.5 * (1 - 0.25 * 0.25));
});

test('a quadratic of condition 10⁴ falls to nothing as the rate does', async () => {
  const x = parameter('x', Float64Array.of(1, 1, -1), [3]);
  const scales = [1, 100, 1e4];
  await taken(
    adam({ learningRate: 0.1 }),
    x,
    (at) => ({ data: at.map((value, e) => scales[e] * value) }),
    { steps: 1000, rate: (step) => 0.1 * (1 - step / 1000) },
  );
  for (const value of x.data) expect(Math.abs(value)).toBeLessThan(1e-3);
});
