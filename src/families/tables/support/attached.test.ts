import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { gradientsOf, parameter, sum, Workspace } from '../../../learning/index.ts';
import { numbersOf } from '../../../testing/operation-checks.ts';
import { attached } from './attached.ts';

test('it is the code words; the gradient goes to the rows, and both are drawn to one another', async () => {
  const rows = parameter('rows', Float64Array.of(1, 2, 3, 4), [2, 2]);
  const words = parameter('words', Float64Array.of(1, 0, 3, 8), [2, 2]);
  const y = attached(rows, words);
  expect(await numbersOf(y)).toEqual([1, 0, 3, 8]);
  const { gradients } = await gradientsOf(sum(y), new Workspace(referenceEngine));
  // 1 + (q − c)/4/2 and (c − q)/2.
  expect(gradients.get(rows)?.data).toEqual(Float64Array.of(1, 1.25, 1, 0.5));
  expect(Array.from(gradients.get(words)?.data ?? [], (g) => g + 0)).toEqual([0, -1, 0, 2]);
});
