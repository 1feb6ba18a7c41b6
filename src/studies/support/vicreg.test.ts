import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { trainVicreg, vicregLoss } from './vicreg.ts';

const setting = { invariance: 3, variance: 5, covariance: 2, rate: 1e-3 };

test('the gradient of VICReg is that of finite differences', () => {
  const [batch, d] = [6, 4];
  const random = Random.fromSeed(1);
  const z = Float32Array.from({ length: 2 * batch * d }, () => 0.5 * random.normal());
  const { gradient } = vicregLoss(z, batch, setting);
  for (let e = 0; e < z.length; e++) {
    const step = 2 ** -9;
    const at = (shift: number) =>
      vicregLoss(
        z.map((x, i) => (i === e ? x + shift : x)),
        batch,
        setting,
      ).loss;
    expect(gradient[e]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 2);
  }
});

test('equal views that are spread and uncorrelated lose nothing', () => {
  const z = Float32Array.from([2, 2, 2, -2, -2, 2, -2, -2]);
  expect(vicregLoss(Float32Array.from([...z, ...z]), 4, setting).loss).toBeCloseTo(0, 6);
});

test('training lowers the loss, and the same seed gives the same network', async () => {
  const texts = Array.from({ length: 60 }, (_, i) => [i % 3, 3 + (i % 4), 7 + (i % 5)]);
  const train = (steps: number) =>
    trainVicreg(texts, 12, setting, { steps, batch: 32 }, Random.fromSeed(2), async () => {});
  const [early, late, again] = [await train(10), await train(150), await train(150)];
  expect(late.loss).toBeLessThan(0.9 * early.loss);
  expect(again).toEqual(late);
});
