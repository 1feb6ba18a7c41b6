import { describe, expect, test } from 'vitest';
import type { Forecast, OpenIndex, Planned, SearchIndex } from '../../../families/search/types.ts';
import { packedInMemory } from '../../../io/packed.ts';
import { chosenPlan, curveForecast, planCosts, postCount, type Situation } from './filter-plan.ts';

const indexOf = (settings: OpenIndex['settings']): OpenIndex => ({
  settings: { dims: 100, ...settings },
  arrays: packedInMemory({}, {}),
  n: 100_000,
});
const situation = (share: number, settings: OpenIndex['settings'] = {}): Situation => ({
  index: indexOf(settings),
  k: 10,
  share,
  columns: 1,
  queries: 100,
});
const effort = { unit: 'candidates', usual: () => 64, most: () => 100_000 };
const searchOf = (own: Partial<SearchIndex>) =>
  ({ effort, canBeExact: true, ...own }) as SearchIndex;

/** Ten percent of the rows are looked at; of those only the ones that pass are scored. */
const forecast = (_: OpenIndex, { share }: Planned): Forecast => ({
  scanned: 10_000 * share,
  filtered: 10_000,
  overhead: 500,
  recall: 0.95,
});

const curve = [
  { effort: 10, recall: 0.5, low: 0.4, high: 0.6, scanned: 300 },
  { effort: 40, recall: 0.96, low: 0.94, high: 0.98, scanned: 900 },
  { effort: 80, recall: 0.99, low: 0.98, high: 1, scanned: 1700 },
];

describe('what plans cost', () => {
  test('by the formula, with what the index says', () => {
    const { exact, in: inside, post } = planCosts(searchOf({ forecast }), situation(0.2));
    // One column of 8 bytes beside 100 numbers of 4: 0.02 of a score; once for all 100 queries.
    expect(exact).toBeCloseTo(20_000 + (0.02 * 100_000) / 100);
    expect(inside).toBeCloseTo(2000 + 500 + 0.02 * 10_000);
    expect(post).toBeCloseTo(10_000 + 500 + 20);
  });

  test('of an index without an effort only one way is known', () => {
    const { effort: _, ...exactOnly } = searchOf({});
    expect(Object.keys(planCosts(exactOnly as SearchIndex, situation(0.5)))).toEqual(['exact']);
  });

  test('without the filter enough rows are asked for, and never more than there are', () => {
    expect(postCount(situation(0.1))).toBe(150);
    expect(postCount(situation(0))).toBe(100_000);
  });
});

describe('the plan', () => {
  test.each([
    [0.5, 'in'],
    [0.1, 'in'],
    [0.001, 'exact'],
  ])('of those that an index knows the least is taken: %s pass, %s', (share, plan) => {
    const own = searchOf({ forecast });
    expect(chosenPlan(own, situation(share), planCosts(own, situation(share)))).toBe(plan);
  });

  test('an index that knows nothing scores few rows and searches many', () => {
    const own = searchOf({});
    expect(chosenPlan(own, situation(0.01), {})).toBe('exact');
    expect(chosenPlan(own, situation(0.5), {})).toBe('in');
    expect(chosenPlan(searchOf({ canBeExact: false }), situation(0.01), {})).toBe('in');
  });

  test('the curve of an index speaks for it', () => {
    const plan = (share: number) => {
      const at = situation(share, { curve });
      return chosenPlan(searchOf({}), at, planCosts(searchOf({}), at));
    };
    expect([0.5, 0.1, 0.0005].map(plan)).toEqual(['in', 'in', 'exact']);
  });
});

describe('what a curve says', () => {
  test('without a filter, its own points', () => {
    expect(curveForecast(curve, { k: 10, share: 1 })).toMatchObject({ scanned: 900, recall: 0.96 });
    expect(curveForecast(curve, { k: 10, share: 1, effort: 80 })).toMatchObject({
      scanned: 1700,
      recall: 0.99,
    });
  });

  test('between its points and beyond them, along the line', () => {
    expect(curveForecast(curve, { k: 15, share: 1 }).scanned).toBe(1300);
    // 40/0.1 = 400 candidates, at 20 a candidate beyond the last point.
    expect(curveForecast(curve, { k: 10, share: 0.1 }).scanned).toBe(1700 + 20 * 320);
    expect(curveForecast(curve, { k: 1, share: 1, effort: 5 })).toMatchObject({
      scanned: 150,
      recall: 0.5,
    });
  });
});
