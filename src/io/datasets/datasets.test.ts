import { describe, expect, it } from 'vitest';
import { firstBadValue } from '../table.ts';
import { loadCora } from './cora.ts';
import { loadGlove } from './glove.ts';
import { datasetByName, datasetNames } from './index.ts';
import { loadPackageDescriptions } from './package-descriptions.ts';
import { loadWordSet, loadWordSets, wordSetIds, wordSimilarity } from './word-similarity.ts';

describe('GloVe slice', () => {
  it('has 31,636 distinct words and 100 finite dimensions', async () => {
    const { points, labels } = await loadGlove();
    expect([points.rows, points.cols]).toEqual([31636, 100]);
    expect(new Set(labels).size).toBe(31636);
    expect(labels?.slice(0, 5)).toEqual(['the', 'of', 'to', 'and', 'in']);
    expect(firstBadValue(points)).toBeNull();
  });

  it('scores 0.525 on average over the four word sets', async () => {
    const { points, labels = [] } = await loadGlove();
    const scores = (await loadWordSets()).map((set) => wordSimilarity(points, labels, set));
    const mean = scores.reduce((sum, score) => sum + score.spearman, 0) / scores.length;
    expect(mean).toBeCloseTo(0.525, 3);
  });
});

describe('Cora', () => {
  it('is 2,708 papers of seven subjects, 49,216 words in all', async () => {
    const { points, columns } = await loadCora();
    expect([points.rows, points.cols]).toEqual([2708, 1433]);
    expect(points.data.reduce((sum, x) => sum + x, 0)).toBe(49216);
    const { subject } = columns ?? {};
    expect(new Set(subject as string[]).size).toBe(7);
  });
});

describe('package descriptions', () => {
  it('are 5,000 unit vectors of 512 dimensions, each with tags', async () => {
    const { points, labels, columns } = await loadPackageDescriptions();
    expect([points.rows, points.cols, labels?.length]).toEqual([5000, 512, 5000]);
    for (let i = 0; i < 5000; i += 500) {
      const row = points.data.subarray(i * 512, (i + 1) * 512);
      expect(Math.hypot(...row)).toBeCloseTo(1, 2);
    }
    expect(labels?.[0]).toBe('0ad');
    const { tags = [] } = columns ?? {};
    expect(Array.from(tags, String).every((tag) => tag.includes('::'))).toBe(true);
  });
});

it('shipped sets are found by name', () => {
  expect(datasetNames()).toEqual(['glove', 'package-descriptions', 'cora']);
  expect(datasetByName('glove')).toBe(loadGlove);
  expect(datasetByName('no such set')).toBeUndefined();
});

describe('word similarity', () => {
  it.each([
    ['ws-353', 353],
    ['simlex-999', 999],
    ['rg-65', 65],
    ['mturk-771', 771],
  ] as const)('%s has %i pairs with finite scores', async (id, pairs) => {
    const set = await loadWordSet(id);
    expect(set.pairs).toHaveLength(pairs);
    expect(set.scores.every(Number.isFinite)).toBe(true);
    expect(set.pairs.flat().every((word) => /^[\w'./-]+$/.test(word))).toBe(true);
  });

  it('lists its sets', () => {
    expect(wordSetIds).toEqual(['ws-353', 'simlex-999', 'rg-65', 'mturk-771']);
  });

  it('names the words without a vector and takes the lower case of the others', () => {
    const points = { data: Float32Array.of(1, 0, 0.9, 0.1, 0, 1, 0, 0), rows: 4, cols: 2 };
    const labels = ['cat', 'dog', 'car', 'nothing'];
    const set = {
      id: 'rg-65',
      title: 'three pairs',
      pairs: [
        ['Cat', 'dog'],
        ['cat', 'car'],
        ['dog', 'unicorn'],
        ['cat', 'nothing'],
      ],
      scores: Float64Array.of(9, 1, 5, 5),
    } as const;
    expect(wordSimilarity(points, labels, set)).toEqual({
      spearman: 1,
      used: 2,
      missing: ['unicorn', 'nothing'],
    });
  });
});
