import { describe, expect, test } from 'vitest';
import { rows as rowsOf } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import type { EffortPoint } from '../../../families/search/types.ts';
import { uniformPoints } from '../../../manifolds/sampling.ts';
import { buildIndex, indexById, queryIndex } from '../search.ts';
import { effortFor } from './estimated-recall.ts';

const points = uniformPoints(2000, 16, Random.fromSeed(1));
const queries = uniformPoints(64, 16, Random.fromSeed(2));
const graph = indexById('graph');
const built = async () => ({ ...(await buildIndex({ points }, 'graph')).index, id: 'graph' });

describe('the recall of an answer', () => {
  test('the effort for a recall is the least of the curve, and more for more rows', async () => {
    const index = await built();
    const curve = index.settings['curve'] as EffortPoint[];
    const least = curve.find(({ recall }) => recall >= 0.9) as EffortPoint;
    expect(effortFor(graph, index, 0.9, 10)).toBe(least.effort);
    expect(effortFor(graph, index, 0.9, 30)).toBe(3 * least.effort);
    expect(curve.every(({ low, recall, high }) => low <= recall && recall <= high)).toBe(true);
  });

  test('of many queries it is measured on some of them, near the true one', async () => {
    const index = await built();
    const answers = await queryIndex(index, { points: queries }, { k: 10, effort: 12 });
    const truth = await queryIndex(index, { points: queries }, { k: 10, effort: 2000 });
    expect(truth[0]).toMatchObject({ exact: true, estimatedRecall: 1 });
    const hits = answers.map(({ rows }, q) => rows.filter((row) => truth[q].rows.includes(row)));
    const recall = hits.flat().length / 640;
    // 320 of the 640 answers are in the sample: 4 standard deviations of half of them.
    const spread = 4 * Math.sqrt((recall * (1 - recall)) / 640);
    expect(Math.abs((answers[0].estimatedRecall ?? NaN) - recall)).toBeLessThan(spread);
    expect(answers[0].exact).toBe(false);
  });

  test('of few queries it is what the curve says', async () => {
    const index = await built();
    const few = { points: rowsOf(queries, 0, 3) };
    const curve = index.settings['curve'] as EffortPoint[];
    const [{ estimatedRecall }] = await queryIndex(index, few, { k: 10, effort: 12 });
    expect(estimatedRecall).toBe(curve.find(({ effort }) => effort === 12)?.recall);
  });

  test('an exact index needs no effort', async () => {
    const { index } = await buildIndex({ points }, 'exact');
    const [answer] = await queryIndex(
      { ...index, id: 'exact' },
      { points: queries },
      { recall: 0.5 },
    );
    expect(answer).toMatchObject({ exact: true, estimatedRecall: 1, scanned: 2000 });
  });

  test('what makes no sense is refused', async () => {
    const index = await built();
    const asked = { points: queries };
    await expect(queryIndex(index, asked, { recall: 1.5 })).rejects.toThrow('"recall" must be');
    await expect(queryIndex(index, asked, { recall: 0.9, effort: 3 })).rejects.toThrow(
      'left out where there is an effort',
    );
    const { curve, ...settings } = index.settings;
    expect(curve).toBeDefined();
    await expect(queryIndex({ ...index, settings }, asked, { recall: 0.9 })).rejects.toThrow(
      'does not say its recall',
    );
  });
});
