import { describe, expect, test } from 'vitest';
import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import fixture from '../fixtures/metrics.fixture.json' with { type: 'json' };
import { type Judgement, retrievalMetrics } from './retrieval.ts';

const { scores, relevance, ndcg5, averagePrecision } = fixture.retrieval;
/** Documents e_j, so that a query's cosines to them are its own coordinates. */
const axes = fromRows(scores[0].map((_, j) => scores[0].map((__, c) => (c === j ? 1 : 0))));
const judgements: Judgement[] = relevance.flatMap((row, query) =>
  row.map((grade, document) => ({ query, document, relevance: grade })),
);

describe('retrievalMetrics', () => {
  test(`nDCG and average precision are those of ${fixture.library}`, async () => {
    const found = await retrievalMetrics(fromRows(scores), axes, judgements);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(found.ndcg[5].value).toBeCloseTo(mean(ndcg5), 12);
    for (const [q, value] of averagePrecision.entries()) {
      expect(found.averagePrecision[q]).toBeCloseTo(value, 12);
    }
    expect(found.map.value).toBeCloseTo(mean(averagePrecision), 12);
  });

  test('a document at rank 3 has MRR ⅓, AP ⅓, nDCG ½ and is in the recall from k = 3 on', async () => {
    const queries = fromRows([[0.5, 0.4, 0.3, 0.1]]);
    const four = fromRows([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    const found = await retrievalMetrics(queries, four, [{ query: 0, document: 2 }], {
      cutoffs: [2, 3, 10],
    });
    expect(found.mrr.value).toBeCloseTo(1 / 3, 14);
    expect(found.map.value).toBeCloseTo(1 / 3, 14);
    expect([found.recall[2].value, found.recall[3].value]).toEqual([0, 1]);
    expect(found.ndcg[10].value).toBeCloseTo(0.5, 14);
  });

  test('rows that are their own answers have 1 everywhere, and the interval [1, 1]', async () => {
    const points = uniformRows(30, 5, 1);
    const own = Array.from({ length: 30 }, (_, i) => ({ query: i, document: i }));
    const { recall, ndcg, mrr, map } = await retrievalMetrics(points, points, own);
    for (const { value, low, high } of [recall[1], ndcg[1], mrr, map]) {
      expect(value).toBeCloseTo(1, 12);
      expect(low).toBeCloseTo(1, 12);
      expect(high).toBeCloseTo(1, 12);
    }
  });

  test('the same queries give the same intervals, which hold the value', async () => {
    const first = await retrievalMetrics(fromRows(scores), axes, judgements);
    expect(await retrievalMetrics(fromRows(scores), axes, judgements)).toEqual(first);
    expect(first.map.low).toBeLessThan(first.map.value);
    expect(first.map.high).toBeGreaterThan(first.map.value);
  });

  test('queries without an answer are left out, with a sentence', async () => {
    const { queries, warnings } = await retrievalMetrics(fromRows(scores), axes, [
      { query: 2, document: 1 },
      { query: 3, document: 4, relevance: 0 },
    ]);
    expect(queries).toEqual([2]);
    expect(warnings).toEqual(['3 queries have no relevant document and are left out.']);
  });

  test('bad input is named', async () => {
    const queries = fromRows(scores);
    await expect(retrievalMetrics(queries, axes, [])).rejects.toThrow(InputError);
    await expect(retrievalMetrics(queries, axes, [{ query: 4, document: 0 }])).rejects.toThrow(
      'a judgement must have rows below 4 and 12',
    );
    await expect(retrievalMetrics(queries, uniformRows(3, 5, 1), judgements)).rejects.toThrow(
      ShapeError,
    );
    const cutoffs = { cutoffs: [0] };
    await expect(retrievalMetrics(queries, axes, judgements, cutoffs)).rejects.toThrow(OptionError);
  });
});
