import { expect, test } from 'vitest';
import { fromRows } from '../../../testing/points.ts';
import { averagePrecision } from './average-precision.ts';

test('answers at ranks 1, 3 and 4 have precisions 1, 2/3 and 3/4', async () => {
  const points = fromRows([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]);
  const judgements = [0, 2, 3].map((document) => ({ query: 0, document }));
  const answers = { queries: fromRows([[4, 3, 2, 1]]), judgements };
  const { value } = await averagePrecision(points, {}, { answers });
  expect(value).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12);
});
