import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { coreset } from './coreset.ts';

const KINDS = ['leverage', 'root-leverage', 'sensitivity', 'lewis'] as const;

function normalRows(n: number, d: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

/** The sum of the scores. */
async function totalOf(points: Matrix, options: Parameters<typeof coreset>[1]) {
  return (await coreset(points, options)).facts['total'];
}

/** ‖Ax‖_p^p, of weighted rows. */
function sizeOf(
  { data, rows: n, cols: d }: Matrix,
  x: readonly number[],
  p: number,
  w?: ArrayLike<number>,
) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let along = 0;
    for (let c = 0; c < d; c++) along += data[i * d + c] * x[c];
    sum += (w ? w[i] : 1) * Math.abs(along) ** p;
  }
  return sum;
}

describe('scores', () => {
  test('leverages and Lewis weights add up to the rank, at every p below 4', async () => {
    const points = normalRows(60, 3, 1);
    expect(await totalOf(points, { scores: 'leverage' })).toBeCloseTo(3, 9);
    for (const p of [1, 1.5, 2, 3, 3.5])
      expect(await totalOf(points, { scores: 'lewis', p })).toBeCloseTo(3, 4);
  });

  test('at p = 2 sensitivities are leverages', async () => {
    const points = normalRows(40, 4, 2);
    const [a, b] = await Promise.all(
      (['sensitivity', 'leverage'] as const).map((scores) => coreset(points, { scores, p: 2 })),
    );
    expect(b.kept?.rows).toEqual(a.kept?.rows);
    a.kept?.weights.forEach((weight, i) => {
      // Within the gap of 0.1 % that the dual leaves.
      expect(weight / (b.kept?.weights[i] ?? NaN)).toBeCloseTo(1, 2);
    });
  });

  test('of one column they are |aᵢ|^p/Σ|aⱼ|^p: the total is 1', async () => {
    const points = matrix(new Float64Array([1, -2, 3, 0, 10]), 5, 1);
    for (const p of [1, 1.5, 3, 6])
      expect(await totalOf(points, { scores: 'sensitivity', p })).toBeCloseTo(1, 9);
  });

  test('of two columns their sum is that of the largest shares over all directions', async () => {
    const points = normalRows(30, 2, 3);
    for (const p of [1, 1.5, 3, 5]) {
      const largest = new Float64Array(30);
      for (let step = 0; step < 4000; step++) {
        const x = [Math.cos((Math.PI * step) / 4000), Math.sin((Math.PI * step) / 4000)];
        const size = sizeOf(points, x, p);
        for (let i = 0; i < 30; i++) {
          const along = points.data[2 * i] * x[0] + points.data[2 * i + 1] * x[1];
          largest[i] = Math.max(largest[i], Math.abs(along) ** p / size);
        }
      }
      const expected = largest.reduce((sum, share) => sum + share, 0);
      const total = await totalOf(points, { scores: 'sensitivity', p });
      // The grid of directions errs below by some 1e-4 at the corners of p = 1, the regressions by at most 1e-3.
      expect(Math.abs((total ?? NaN) / expected - 1)).toBeLessThan(1e-3);
    }
  });

  test('k equal rows on each of d axes have sensitivity 1/k at every p', async () => {
    const rows = matrix(new Float64Array(36), 12, 3);
    for (let i = 0; i < 12; i++) rows.data[3 * i + (i % 3)] = i % 3 === 0 ? 1 : 7;
    for (const p of [1, 1.5, 3])
      expect(await totalOf(rows, { scores: 'sensitivity', p })).toBeCloseTo(3, 9);
  });

  test('an invertible map of the columns changes no score, a column that depends on others neither', async () => {
    const points = normalRows(50, 2, 4);
    const mapped = matrix(new Float64Array(150), 50, 3);
    for (let i = 0; i < 50; i++) {
      const [x, y] = points.data.subarray(2 * i, 2 * i + 2);
      mapped.data.set([3 * x + y, x - 20 * y, 4 * x - 19 * y], 3 * i);
    }
    for (const scores of KINDS) {
      const [before, after] = await Promise.all(
        [points, mapped].map((rows) => coreset(rows, { scores, p: 1.5, rows: 30 })),
      );
      expect(after.kept?.rows).toEqual(before.kept?.rows);
      expect(after.facts['total']).toBeCloseTo(before.facts['total'] ?? NaN, 2);
    }
  });

  test('of fewer rows than columns each is all there is of its direction: 1', async () => {
    for (const scores of KINDS)
      expect(await totalOf(normalRows(3, 8, 5), { scores, p: 1.5 })).toBeCloseTo(3, 6);
  });
});

describe('rows that are kept', () => {
  test('weights make up for the odds: Σ wᵢ·scoreᵢ is the total', async () => {
    const points = normalRows(80, 1, 6);
    const whole = sizeOf(points, [1], 3);
    const { kept, points: rows } = await coreset(points, { scores: 'sensitivity', p: 3, rows: 10 });
    // In one column the score is the row's own share: one draw is as good as all.
    expect(sizeOf(rows, [1], 3, kept?.weights)).toBeCloseTo(whole, 6);
    expect(rows.rows).toBe(kept?.rows.length);
  });

  test('are ascending, each once, and as they were', async () => {
    const points = normalRows(20, 2, 7);
    const { kept, points: rows, facts } = await coreset(points, { rows: 40 });
    const names = Array.from(kept?.rows ?? []);
    expect(names).toEqual([...new Set(names)].sort((a, b) => a - b));
    expect(facts['draws']).toBe(40);
    for (const [at, row] of names.entries())
      expect(rows.data.slice(2 * at, 2 * at + 2)).toEqual(points.data.slice(2 * row, 2 * row + 2));
  });

  test('sizes are right on average: twenty seeds, within four standard errors', async () => {
    const points = normalRows(300, 3, 8);
    const x = [1, -1, 0.5];
    for (const scores of ['uniform', 'leverage', 'root-leverage', 'lewis'] as const) {
      const ratios: number[] = [];
      for (let seed = 0; seed < 20; seed++) {
        const { kept, points: rows } = await coreset(points, {
          scores,
          p: 1.5,
          rows: 60,
          seed,
        });
        ratios.push(sizeOf(rows, x, 1.5, kept?.weights) / sizeOf(points, x, 1.5));
      }
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / 20;
      const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / 19;
      expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / 20));
    }
  });

  test('hold the one row that is alone in its direction; a uniform draw misses it', async () => {
    const points = matrix(new Float64Array(4002), 2001, 2);
    for (let i = 0; i < 2000; i++) points.data[2 * i] = 1 + i / 2000;
    points.data[4001] = 1;
    for (const scores of ['root-leverage', 'lewis'] as const) {
      const { kept } = await coreset(points, {
        scores,
        rows: 30,
      });
      expect(kept?.rows.at(-1)).toBe(2000);
    }
    const { kept } = await coreset(points, { scores: 'uniform', rows: 30 });
    expect(kept?.rows.at(-1)).toBeLessThan(2000);
  });

  test('rows of zeros are never drawn', async () => {
    const points = normalRows(10, 2, 9);
    points.data.fill(0, 0, 10);
    for (const scores of KINDS) {
      const { kept } = await coreset(points, { scores, p: 1, rows: 200 });
      expect(kept?.rows[0]).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('refuses in a sentence', () => {
  test('rows that are all zero', async () => {
    const nothing = matrix(new Float64Array(6), 3, 2);
    for (const scores of KINDS)
      await expect(coreset(nothing, { scores })).rejects.toThrow('expected a row that is not zero');
  });

  test('Lewis weights from p = 4 on, and names the way out', async () => {
    await expect(coreset(normalRows(9, 2, 1), { p: 4 })).rejects.toThrow(
      'below 4 with Lewis weights (--scores sensitivity takes any)',
    );
  });

  test('a number of columns: rows are chosen, not columns', async () => {
    await expect(coreset(normalRows(9, 2, 1), { dim: 2 } as never)).rejects.toThrow('dim');
  });
});

test('as many draws as rows leave few out, and a sentence says so', async () => {
  const points = normalRows(30, 3, 5);
  expect((await coreset(points, { rows: 30 })).warnings).toEqual([
    '30 draws of 30 rows leave few out: ask for fewer (rows, --rows).',
  ]);
  expect((await coreset(points, { rows: 29 })).warnings).toEqual([]);
});
