import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type { CheckedCorpus, Found, SearchRequest } from '../types.ts';
import { effortCurve } from './effort-curve.ts';

const points = matrix(
  Float32Array.from({ length: 60 }, (_, i) => i),
  60,
  1,
);

/** Rows by their distance on a line; of them the first `effort`. */
async function line(queries: CheckedCorpus, { k, effort = 60 }: SearchRequest): Promise<Found> {
  const rows = new Int32Array(queries.n * k).fill(-1);
  const scores = new Float64Array(queries.n * k).fill(-Infinity);
  for (let q = 0; q < queries.n; q++) {
    const x = queries.points?.data[q] ?? 0;
    const order = Array.from({ length: 60 }, (_, i) => i).sort(
      (a, b) => Math.abs(a - x) - Math.abs(b - x) || a - b,
    );
    for (const [at, row] of order.slice(0, Math.min(k, effort)).entries()) {
      rows[q * k + at] = row;
      scores[q * k + at] = -Math.abs(row - x);
    }
  }
  return { rows, scores, scanned: new Float64Array(queries.n).fill(effort), exact: false };
}

test('a search that finds the nearest e has a recall of (e − 1)/10: the document itself is left out', async () => {
  const asks = { search: line, exactly: line, most: 60 };
  const measured = await effortCurve({ points, n: 60 }, asks, Random.fromSeed(1));
  expect(measured?.curveK).toBe(10);
  expect(measured?.curve.map(({ effort }) => effort)).toEqual([1, 2, 3, 4, 6, 8, 12]);
  const recalls = measured?.curve.map(({ recall }) => recall) ?? [];
  for (const [i, recall] of [0, 0.1, 0.2, 0.3, 0.5, 0.7, 1].entries())
    expect(recalls[i]).toBeCloseTo(recall, 12);
  expect(measured?.curve.at(-1)).toMatchObject({ high: 1, scanned: 12 });
});

test('a single document has no others', async () => {
  const one = { points: matrix(Float32Array.of(1), 1, 1), n: 1 };
  const asks = { search: line, exactly: line, most: 1 };
  expect(await effortCurve(one, asks, Random.fromSeed(1))).toBeUndefined();
});
