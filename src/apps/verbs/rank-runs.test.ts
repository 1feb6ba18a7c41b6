import { describe, expect, test } from 'vitest';
import { copied, gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rankme } from '../../families/metrics/index.ts';
import { rankRuns } from './rank-runs.ts';

/** n normal rows whose k-th column has the standard deviation decay^k, plus noise of its own. */
function run(n: number, decay: number, seed: number, own = seed): Matrix<Float64Array> {
  const [random, noise] = [Random.fromSeed(seed), Random.fromSeed(own).fork('own')];
  return matrix(
    Float64Array.from(
      { length: n * 8 },
      (_, i) => decay ** (i % 8) * (random.normal() + 0.05 * noise.normal()),
    ),
    n,
    8,
  );
}

describe('rankRuns', () => {
  test('orders runs by RankMe, as the metric has it, and tells clear ones apart', async () => {
    const sweep = { flat: run(300, 0.5, 1), even: run(300, 1, 1), middle: run(300, 0.8, 1) };
    const { runs, settled, sentence, warnings } = await rankRuns(sweep);
    expect(runs.map(({ name }) => name)).toEqual(['even', 'middle', 'flat']);
    expect(runs.map(({ tied }) => tied)).toEqual([true, false, false]);
    expect(settled).toBe(1);
    expect(sentence).toMatch(
      /^even has the highest RankMe, 8\.0; the rows tell it from every other run\.$/,
    );
    expect(warnings).toEqual([]);
    for (const { name, rankme: found, behind } of runs) {
      const { value } = await rankme(sweep[name as keyof typeof sweep]);
      expect(found.value).toBeCloseTo(value, 9);
      expect(behind.value).toBeCloseTo(1 - value / runs[0].rankme.value, 9);
    }
  });

  test('rows in common tell runs apart that rows of their own do not', async () => {
    const [a, b] = [run(200, 0.8, 1, 1), run(200, 0.78, 1, 2)];
    const paired = await rankRuns({ a, b });
    const apart = await rankRuns({ a, b: gathered(run(220, 0.78, 5), [...Array(199).keys()]) });
    const width = ({ runs: [, { behind }] }: typeof paired) => behind.high - behind.low;
    expect(paired.runs[1].tied).toBe(false);
    expect(width(paired)).toBeLessThan(width(apart) / 2);
    expect(apart.warnings[0]).toContain('different numbers of rows');
  });

  test('runs that differ by nothing but noise are tied in 95 of 100 sweeps', async () => {
    let tied = 0;
    for (let r = 0; r < 100; r++) {
      const sweep = Object.fromEntries(
        [...Array(4).keys()].map((k) => [`run ${k}`, run(80, 0.8, 100 + 4 * r + k)]),
      );
      const { runs } = await rankRuns(sweep);
      if (runs.every((found) => found.tied)) tied += 1;
    }
    expect(tied).toBeGreaterThanOrEqual(85);
  });

  test('a collapsed run is named, however high its rank', async () => {
    const collapsed = copied(run(100, 1, 3));
    for (let e = 0; e < collapsed.data.length; e++) collapsed.data[e] *= 1e-4;
    const sweep = { collapsed, a: run(100, 0.7, 1), b: run(100, 0.6, 2) };
    const { runs, warnings } = await rankRuns(sweep);
    expect(runs[0].name).toBe('collapsed');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^collapsed: its rows hardly differ/);
  });

  test('refuses one run, too few rows, numbers that are none, and equal rows', async () => {
    const a = run(20, 1, 1);
    await expect(rankRuns({ a })).rejects.toThrow('at least 2 runs');
    await expect(rankRuns({ a, b: gathered(a, [0, 1]) })).rejects.toThrow(
      'b has 2 rows: at least 3 are needed',
    );
    const broken = copied(a);
    broken.data[3] = NaN;
    await expect(rankRuns({ a, broken })).rejects.toThrow('rank: broken has values that are NaN');
    const zero = matrix(new Float64Array(30), 10, 3);
    await expect(rankRuns({ a, zero })).rejects.toThrow('zero has rows of zeros only');
    const signal = AbortSignal.abort();
    await expect(rankRuns({ a, b: a }, {}, { signal })).rejects.toThrow('stopped');
  });
});
