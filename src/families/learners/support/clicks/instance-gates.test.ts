import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { referenceEngine } from '../../../../engine/reference.ts';
import {
  evaluate,
  gradientsOf,
  parameter,
  sigmoid,
  sum,
  Workspace,
} from '../../../../learning/index.ts';
import { drawnGates, instanceGates } from './instance-gates.ts';

const workspace = new Workspace(referenceEngine);
const gates = () =>
  instanceGates({ names: ['a', 'b'], sizes: [3, 5], dim: 4, gateDim: 2, seed: 1 }, true);

test('gates of one example are those of the tape', async () => {
  const own = gates();
  const all = await evaluate(
    sigmoid(
      own.logits([
        [0, 2],
        [4, 1],
      ]),
    ),
    workspace,
  );
  [own.openness([0, 4]), own.openness([2, 1])].forEach((row, i) => {
    row.forEach((p, c) => {
      expect(p).toBeCloseTo(all[8 * i + c], 12);
    });
  });
});

test('gates are 1 as often as their probability says, and pass the gradient of the relaxed ones', async () => {
  const logits = parameter('logits', new Float64Array(4000).fill(Math.log(3)), [1000, 4]);
  const options = { temperature: 0.5, random: Random.fromSeed(1), float64: true };
  const drawn = drawnGates(logits, options);
  const values = await evaluate(drawn, workspace);
  expect(new Set(values)).toEqual(new Set([0, 1]));
  // 3,000 of 4,000, deviation √(4000·¾·¼) = 27.
  expect(Math.abs(values.filter((is: number) => is === 1).length - 3000)).toBeLessThan(5 * 27);
  const { gradients } = await gradientsOf(sum(drawn), workspace);
  const slopes = gradients.get(logits)?.data ?? [];
  // s(1 − s)/τ with s the relaxed gate: above 0, ½ at most.
  expect(Math.min(...slopes)).toBeGreaterThan(0);
  expect(Math.max(...slopes)).toBeLessThanOrEqual(0.5);
});
