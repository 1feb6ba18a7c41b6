import { expect, test } from 'vitest';
import { meanCosine } from '../src/families/metrics/index.ts';
import { koleo } from '../src/families/objectives/index.ts';
import { compare, diagnose, disperse, layers, measure, rankRuns } from '../src/index.ts';

const lists = Array.from({ length: 12 }, (_, i) => [
  Math.sin(i),
  Math.cos(2 * i),
  Math.sin(3 * i + 1),
]);
const data = Float32Array.from(lists.flat());
const matrix = { data, rows: 12, cols: 3 };
const forms = { lists, tensor: { data, dims: [12, 3] }, table: { points: lists } };

test('every verb takes a tensor or lists for a matrix, with the same answer', async () => {
  const { minAngleDeg } = await measure(matrix);
  const { comparisons } = await compare(matrix, matrix);
  const { points } = await disperse(matrix, { steps: 2 });
  const { findings } = await diagnose(matrix);
  for (const form of Object.values(forms)) {
    expect((await measure(form)).minAngleDeg).toBe(minAngleDeg);
    expect((await compare(form, matrix)).comparisons).toEqual(comparisons);
    expect((await disperse(form, { steps: 2 })).points).toEqual(points);
    expect((await diagnose(form)).findings).toEqual(findings);
  }
});

test('every verb and method refuses what is no vectors in one sentence, at once', async () => {
  const wrong = { data: new Float32Array(6), rows: 3, cols: 3 } as never;
  const path = 'A.npy' as never;
  const calls: readonly ((given: never) => Promise<unknown>)[] = [
    measure,
    diagnose,
    disperse,
    (given) => compare(given, matrix),
    (given) => compare(matrix, given),
    (given) => layers([given, given]),
    (given) => rankRuns({ a: given, b: given }),
    meanCosine,
    koleo,
  ];
  for (const call of calls) {
    await expect(call(wrong)).rejects.toThrow('expected 9 values for 3 × 3; got 6');
    await expect(call(path)).rejects.toThrow('got the path "A.npy"; read it first');
  }
});
