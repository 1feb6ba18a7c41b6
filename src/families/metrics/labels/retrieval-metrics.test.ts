import { describe, expect, test } from 'vitest';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { averagePrecision } from './average-precision.ts';
import { ndcg } from './ndcg.ts';
import { recall } from './recall.ts';
import { reciprocalRank } from './reciprocal-rank.ts';

const all = [recall, ndcg, reciprocalRank, averagePrecision];

/** Documents e_j, so that a query's cosines to them are its own coordinates. */
function asked(scores: readonly (readonly number[])[], relevance: readonly (readonly number[])[]) {
  const axes = fromRows(scores[0].map((_, j) => scores[0].map((__, c) => (c === j ? 1 : 0))));
  const judgements = relevance.flatMap((row, query) =>
    row.map((grade, document) => ({ query, document, relevance: grade })),
  );
  return { points: axes, answers: { queries: fromRows(scores), judgements } };
}

describe('numbers of searches', () => {
  const { scores, relevance, ndcg5, averagePrecision: precisions } = fixture.retrieval;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

  test(`nDCG and average precision are those of ${fixture.library}`, async () => {
    const { points, answers } = asked(scores, relevance);
    const { value } = await ndcg(points, { k: 5 }, { answers });
    expect(value).toBeCloseTo(mean(ndcg5), 12);
    expect((await averagePrecision(points, {}, { answers })).value).toBeCloseTo(
      mean(precisions),
      12,
    );
  });

  test('answers at ranks 2 and 3 of four: recall, reciprocal rank and precision by hand', async () => {
    const { points, answers } = asked([[0.5, 0.4, 0.3, 0.1]], [[0, 1, 1, 0]]);
    const values = await Promise.all([
      recall(points, { k: 2 }, { answers }),
      reciprocalRank(points, {}, { answers }),
      averagePrecision(points, {}, { answers }),
    ]);
    expect(values.map(({ value }) => value)).toEqual([1 / 2, 1 / 2, (1 / 2 + 2 / 3) / 2]);
    expect(values[0].warnings).toEqual(['1 query is few: the interval is too narrow.']);
  });

  test('the null is the mean over all orders of the rows', async () => {
    // Four rows, two answers of relevance 1 and 3: every order of the scores once.
    const orders = permutations([4, 3, 2, 1]);
    const { points, answers } = asked(
      orders,
      orders.map(() => [1, 0, 3, 0]),
    );
    for (const metric of all) {
      const options = 'k' in metric.spec.options ? { k: 2 } : {};
      const { value, null: expected } = await metric(points, options as never, { answers });
      expect(expected?.value, metric.spec.id).toBeCloseTo(value, 12);
    }
  });

  test('rows that are their own answers have 1', async () => {
    const points = uniformRows(40, 5, 1);
    const judgements = Array.from({ length: 40 }, (_, i) => ({ query: i, document: i }));
    for (const metric of all) {
      const answers = { queries: points, judgements };
      const { value, low, high } = await metric(points, {}, { answers });
      for (const one of [value, low, high]) expect(one).toBeCloseTo(1, 12);
    }
  });

  test('without queries there is no such number, and it says so', async () => {
    for (const metric of all) {
      const { value, warnings } = await metric(uniformRows(5, 3, 1));
      expect(value).toBeNaN();
      expect(warnings).toEqual(['this number needs queries and rows that answer them.']);
    }
  });

  test('the interval holds the mean of other queries of the same kind nine times in ten', async () => {
    const points = uniformRows(200, 8, 3);
    const draw = (seed: number, count: number) => {
      const random = Random.fromSeed(seed);
      const rows = Array.from({ length: count }, () => random.integer(200));
      const queries: Matrix<Float64Array> = gathered(points, rows);
      for (let e = 0; e < queries.data.length; e++) queries.data[e] += 0.4 * random.normal();
      return { queries, judgements: rows.map((document, query) => ({ query, document })) };
    };
    const { value } = await reciprocalRank(points, {}, { answers: draw(0, 4000) });
    let held = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { low = NaN, high = NaN } = await reciprocalRank(
        points,
        {},
        { answers: draw(seed, 100) },
      );
      if (low <= value && value <= high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(54);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length === 1) return [[...items]];
  return items.flatMap((first, i) =>
    permutations(items.toSpliced(i, 1)).map((rest) => [first, ...rest]),
  );
}
