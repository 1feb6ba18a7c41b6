import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { occurrences } from '../../../structures/neighbors/occurrences.ts';
import { uniformRows } from '../../../testing/points.ts';
import { occurrenceSpread } from './occurrence-jackknife.ts';

test('leaving rows out closes the lists up, as if the rows had never been there', async () => {
  // Groups are single rows here, and the statistic sees the counts of the others.
  const points = uniformRows(9, 3, 3);
  const graph = await referenceEngine.nearest(points, 8);
  const seen: string[] = [];
  occurrenceSpread(graph, 2, 9, Random.fromSeed(1), (counts) => {
    seen.push([...counts].join());
    return 0;
  });
  const wanted: string[] = [];
  for (let left = 0; left < 9; left++) {
    const kept = [...Array(9).keys()].filter((i) => i !== left);
    const data = Float64Array.from(
      kept.flatMap((i) => [...points.data.subarray(i * 3, i * 3 + 3)]),
    );
    const without = await referenceEngine.nearest({ data, rows: 8, cols: 3 }, 2);
    wanted.push([...occurrences(without)].join());
  }
  expect(seen.toSorted()).toEqual(wanted.toSorted());
});
