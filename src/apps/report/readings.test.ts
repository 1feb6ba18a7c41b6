import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureExample, reportExample } from '../../testing/report-data.ts';
import type { ReportData } from './contract.ts';
import { joinedBins, smoothed } from './figures.ts';
import { comparison } from './measures.ts';
import {
  baselinesReading,
  lossReading,
  meanScore,
  nullQuantile,
  pairwiseReading,
  quantile,
  spectrumReading,
  summary,
} from './readings.ts';

const data = reportExample();

describe('summary', () => {
  test('says what rose and fell, beside uniform points', () => {
    expect(summary(data)).toBe(
      'The median angle to the nearest neighbour rose from 31.4° to 42.3° (uniform points: 50.1°), ' +
        'hubness skewness fell from 2.05 to 0.52 (uniform points: 0.26) and effective rank rose ' +
        'from 14.2 to 22.6 (uniform points: 23.8). Rows moved by 21.3° on average and keep a mean ' +
        'cosine of 0.926 with where they started. 7 of 7 measures came closer to their value for ' +
        'uniform points.',
    );
  });

  test('names the measures that went the other way', () => {
    const worse: ReportData = { ...data, after: { ...data.before, minAngleDeg: 1 } };
    expect(summary(worse)).toContain(
      'the median angle to the nearest neighbour stayed at 31.4°'.slice(4),
    );
    expect(summary(worse)).toContain('0 of 7 measures came closer');
    expect(summary(worse)).toContain('the smallest angle went away from it');
  });

  test('of one measurement speaks of no change', () => {
    expect(summary(measureExample())).toBe(
      'The median angle to the nearest neighbour is 31.4° (50.1°), hubness skewness is 2.05 (0.26) ' +
        'and effective rank is 14.2 (23.8). In brackets: uniform random points of the same number ' +
        'and dimension.',
    );
  });

  test('of nothing measurable says so', () => {
    const fields = Object.keys(data.before).map((key) => [key, null]);
    const before = { ...Object.fromEntries(fields), n: 1, d: 3, engine: 'reference', seconds: 0 };
    expect(summary({ ...measureExample(), before: before as ReportData['before'] })).toBe(
      'There are too few rows to measure.',
    );
  });
});

describe('comparison', () => {
  const rows = comparison(data.before, data.after, data.nulls);
  const textOf = (field: string) => rows.find((r) => r.measure.field === field)?.text;

  test('a row has the same decimals throughout', () => {
    for (const { text } of rows) {
      const decimals = [text.before, text.after, text.change].map(
        (t) => t.replace('°', '').split('.')[1]?.length ?? 0,
      );
      expect(new Set(decimals).size).toBe(1);
    }
  });

  test('small values get the decimals they need', () => {
    expect(textOf('mmd')).toMatchObject({ before: '0.05910', after: '0.00030' });
    expect(textOf('meanCosine')).toMatchObject({ before: '0.3300', after: '−0.0002' });
  });

  test('an interval too narrow for the decimals is written as ±', () => {
    expect(textOf('mmd')?.interval).toBe('±1.8·10⁻⁶');
    expect(textOf('uniformity')?.interval).toBe('±0.0002');
    expect(textOf('minAngleDeg')?.interval).toBe('30.2 to 34.9°');
    expect(textOf('effectiveRank')?.interval).toBe('');
  });

  test('what has no null has a dash', () => {
    expect(textOf('circularVariance')?.null).toBe('–');
  });
});

describe('quantiles', () => {
  test('of even counts lie evenly', () => {
    expect(quantile([0, 1, 2, 3, 4], [5, 5, 5, 5], 0.25)).toBeCloseTo(1, 12);
    expect(quantile([0, 1, 2, 3, 4], [5, 5, 5, 5], 0.5)).toBeCloseTo(2, 12);
  });

  test('grow with p and stay within the edges', () => {
    const lists = fc.array(fc.nat(50), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(lists, (counts) => {
        fc.pre(counts.some((c) => c > 0));
        const edges = [...counts.map((_, i) => i), counts.length];
        const at = [0, 0.2, 0.5, 0.9, 1].map((p) => quantile(edges, counts, p));
        for (const q of at) {
          expect(q).toBeGreaterThanOrEqual(0);
          expect(q).toBeLessThanOrEqual(counts.length);
        }
        expect([...at].sort((a, b) => a - b)).toEqual(at);
      }),
    );
  });

  test('of nothing are not a number', () => {
    expect(quantile([0, 1], [0], 0.5)).toBeNaN();
  });

  test('a symmetric density has its median in the middle', () => {
    const angleDeg = [0, 45, 90, 135, 180];
    expect(nullQuantile({ angleDeg, density: [0, 1, 2, 1, 0] }, 0.5)).toBeCloseTo(90, 9);
  });
});

describe('figures', () => {
  test('joining bins keeps every count', () => {
    const edgesDeg = Array.from({ length: 361 }, (_, i) => i / 2);
    const before = edgesDeg.slice(1).map((x) => Math.round(9 * Math.exp(-((x - 60) ** 2) / 300)));
    const joined = joinedBins({ edgesDeg, before });
    const sum = (list: ArrayLike<number>) => Array.from(list).reduce((a, b) => a + b, 0);
    expect(joined.before.length).toBeLessThan(360);
    expect(sum(joined.before)).toBe(sum(before));
    expect(joined.edgesDeg).toHaveLength(joined.before.length + 1);
    expect(joined.edgesDeg[joined.before.length]).toBe(180);
  });

  test('smoothing keeps a straight line straight, to its ends', () => {
    const line = Array.from({ length: 20 }, (_, i) => 3 * i + 1);
    const smooth = smoothed(line, 5);
    for (let i = 0; i < 20; i++) expect(smooth[i]).toBeCloseTo(line[i], 12);
  });
});

describe('readings', () => {
  test('a loss that did not fall is said not to have fallen', () => {
    const reading = lossReading({ name: 'x', steps: [0, 1, 2], losses: [1, 2, 3] });
    expect(reading).toContain('the loss did not fall');
  });

  test('a loss still falling says how much the end brought', () => {
    const steps = Array.from({ length: 101 }, (_, i) => i);
    const reading = lossReading({ name: 'x', steps, losses: steps.map((i) => 100 - i) });
    expect(reading).toContain('the last tenth of the steps brought 10 % of the fall');
  });

  test('the spectrum is told in units of the level at which all are equal', () => {
    expect(spectrumReading({ before: [20, 5] }, 400, 4)).toContain('2.00 times √(n/d)');
  });

  test('pairs are counted, or said to be sampled', () => {
    const h = { edgesDeg: [0, 90, 180], before: [1, 1] };
    expect(pairwiseReading(h, 400)).toContain('all 79,800 pairs');
    expect(pairwiseReading({ ...h, sampled: 1000 }, 400)).toContain('of 1,000 pairs');
  });

  test('a mean over some of the sets only is no mean', () => {
    expect(meanScore([0.5, 0.7])).toBeCloseTo(0.6, 12);
    expect(meanScore([0.5, null])).toBeNull();
    expect(meanScore([])).toBeNull();
  });

  test('a tie of means is called shared', () => {
    const treatments = [
      { name: 'a', values: [0.5] },
      { name: 'b', values: [0.5001] },
    ];
    const reading = baselinesReading({ score: 's', sets: ['x'], treatments });
    expect(reading).toContain('is shared by b and a');
  });
});
