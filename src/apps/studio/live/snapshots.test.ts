import { expect, test } from 'vitest';
import type { OptimizerState } from '../../../families/optimizers/index.ts';
import { Snapshots } from './snapshots.ts';

const stateOf = (step: number): OptimizerState => ({
  optimizer: 'riemannian-sgd',
  step,
  arrays: { points: new Float32Array(100) },
  history: [],
});

function offered(steps: number, kept: Snapshots): Snapshots {
  for (let step = 1; step <= steps; step++) kept.offer(step, () => stateOf(step));
  return kept;
}

test('thinned by halves, never more than there is room for, evenly spread', () => {
  const { steps } = offered(1000, new Snapshots(1, 8));
  expect(steps).toEqual([128, 256, 384, 512, 640, 768, 896]);
});

test('bytes bound them as well, and one stays', () => {
  expect(offered(64, new Snapshots(1, 100, 1600)).steps).toEqual([16, 32, 48, 64]);
  expect(offered(64, new Snapshots(1, 100, 1)).steps.length).toBeLessThanOrEqual(1);
});

test('of many steps not every one is kept at first', () => {
  expect(offered(9, new Snapshots(1000, 24)).steps).toEqual([8]);
});

test('the last one at or before a step', () => {
  const kept = offered(10, new Snapshots(1, 100));
  expect(kept.before(7)?.step).toBe(7);
  expect(kept.before(99)?.step).toBe(10);
  expect(kept.before(0)).toBeUndefined();
});
