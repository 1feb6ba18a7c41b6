import { describe, expect, test } from 'vitest';
import * as metrics from '../../families/metrics/index.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import { examine } from './examine.ts';
import { rules } from './rules/index.ts';

const row = (id: string, value: number, more: Partial<MetricRow> = {}): [string, MetricRow] => [
  id,
  {
    id,
    group: 'hubness',
    title: id,
    unit: undefined,
    value,
    low: value,
    high: value,
    level: 0.95,
    null: null,
    warnings: [],
    ...more,
  },
];

function found(...rows: readonly [string, MetricRow][]) {
  const known = new Map(rows);
  return examine({
    source: 'a.npy',
    n: 1000,
    d: 100,
    metric: (id) => known.get(id),
    labelOf: (i) => `row ${i}`,
  });
}

describe('rules', () => {
  test('read metrics and explain rules that exist, none of them itself in a circle', () => {
    const ids = new Set(rules.map(({ id }) => id));
    const specs = Object.values(metrics).flatMap((m) =>
      typeof m === 'function' && 'spec' in m ? [m.spec.id] : [],
    );
    const effects = new Map(rules.map(({ id, explains = [] }) => [id, explains]));
    const reaches = (from: string): string[] =>
      (effects.get(from) ?? []).flatMap((id) => [id, ...reaches(id)]);
    for (const { id, reads } of rules) {
      for (const metric of reads) expect(specs).toContain(metric);
      for (const effect of reaches(id)) expect(ids).toContain(effect);
      expect(reaches(id)).not.toContain(id);
    }
  });
});

describe('examine', () => {
  const hubness = row('hubness-skewness', 3, { rows: [4] });
  const unfound = row('anti-hubs', 0.2, { rows: [8] });

  test('hubs are the cause of anti-hubs, which stand alone without them', () => {
    expect(found(unfound).map(({ id }) => id)).toEqual(['anti-hubs']);
    const [hubs, ...others] = found(hubness, unfound);
    expect(hubs.sentence).toContain('Likely because of it: anti-hubs.');
    expect(others).toEqual([]);
  });

  test('what a consequence explains belongs to the cause of it', () => {
    const [cause, ...others] = found(row('mean-cosine', 0.3), hubness, unfound);
    expect(cause.id).toBe('off-center');
    expect(cause.sentence).toContain('Likely because of it: hubs, anti-hubs.');
    expect(others).toEqual([]);
  });

  test('both estimates of the dimension must be low for certain', () => {
    const low = row('gride', 20);
    expect(found(low, row('mle-dimension', 19)).map(({ id }) => id)).toEqual(['few-dimensions']);
    expect(found(low, row('mle-dimension', 19, { high: 26 }))).toEqual([]);
    // Twice the upper end of the larger one, and one more.
    const [{ fix }] = found(low, row('mle-dimension', 19, { high: 20.3 }));
    expect(fix).toContain('--method pca --dim 43 ');
    expect(found(low)).toEqual([]);
  });

  test('rows alone are few; where there are many, they are a part of the file', () => {
    const series = { x: [50, 55, 80], y: [0, 0.5, 1], xName: 'angle', yName: 'share' };
    const alone = (count: number) =>
      row('codensity', 55, { series, rows: Array.from({ length: count }, (_, i) => i) });
    expect(found(alone(1))[0].sentence).toMatch(/^1 row lies far from all others \(row 0\): 80°/);
    expect(found(alone(50)).map(({ id }) => id)).toEqual(['lonely-rows']);
    expect(found(alone(51))).toEqual([]);
  });
});
