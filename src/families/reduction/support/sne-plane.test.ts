import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { jointProbabilities } from './joint-probabilities.ts';
import { planeTarget } from './sne-plane.ts';

test('the steps after the early ones begin at rest, with gains of 1', async () => {
  const random = Random.fromSeed(4);
  const data = Float64Array.from({ length: 120 }, () => random.normal());
  const graph = await referenceEngine.nearest({ data, rows: 40, cols: 3 }, 12);
  const joint = jointProbabilities(graph, 4);
  const start = Float64Array.from({ length: 80 }, () => 1e-4 * random.normal());
  const moved = planeTarget(joint, start, 2);
  for (let at = 0; at < 30; at++) moved.step(12, 0.5, 3, true, at === 0);
  expect(new Set(moved.state['gains']).size).toBeGreaterThan(2);
  const fresh = planeTarget(joint, moved.state.places.slice(), 2);
  for (const target of [moved, fresh]) target.step(1, 0.8, 3, false, true);
  expect(moved.state).toEqual(fresh.state);
});
