import { expect, test } from 'vitest';
import { taken } from '../../testing/update-steps.ts';
import { parameter } from '../tape/parameter.ts';
import { lars } from './lars.ts';

const gradient = (...g: number[]) => ({ data: Float64Array.from(g) });

test('the first step is as long as its share of the parameter says, however long the gradient', async () => {
  for (const scale of [1e-6, 1, 1e6]) {
    const x = parameter('x', Float64Array.of(3, 4), [2]);
    const rule = lars({ learningRate: 2, trust: 0.125, weightDecay: 0 });
    await taken(rule, x, () => gradient(0, scale), { steps: 1 });
    expect(x.data[0]).toBe(3);
    expect(x.data[1]).toBeCloseTo(4 - 2 * 0.125 * 5, 14);
  }
});

test('two steps by hand, with momentum and decay', async () => {
  // x = 4, g = 1, β = ½: r = ¼·4/(1 + 2) = ⅓, v = ⅓·3 = 1, x = 3. Then r = ¼·3/(1 + 1.5) = 0.3,
  // v = ½·1 + 0.3·2.5 = 1.25, x = 1.75.
  const x = parameter('x', Float64Array.of(4), [1]);
  const rule = lars({ momentum: 0.5, weightDecay: 0.5, trust: 0.25 });
  await taken(rule, x, () => gradient(1), { steps: 2 });
  expect(x.data[0]).toBeCloseTo(1.75, 14);
});

test('a parameter at 0 moves by η times its gradient; without a gradient momentum alone moves it', async () => {
  const bias = parameter('b', new Float64Array(2), [2]);
  const rule = lars({ trust: 0.5, momentum: 0.5, weightDecay: 0 });
  const state = await taken(rule, bias, () => gradient(1, -2), { steps: 1 });
  expect(bias.data).toEqual(Float64Array.of(-0.5, 1));
  await taken(rule, bias, () => gradient(0, 0), { steps: 1, after: 1, state });
  expect(bias.data).toEqual(Float64Array.of(-0.75, 1.5));
});
