import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { describeComparisonLaws } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { rotation } from '../../testing/points.ts';
import { tokenEnergy } from './token-energy.ts';

describe('token-energy', () => {
  test('any state has 1 in orthonormal tokens', async () => {
    const a = normalMatrix(30, 8, 1);
    const { value, low, high, null: drawn } = await tokenEnergy({ a, b: rotation(8, 2) });
    for (const x of [value, low, high, drawn?.value]) expect(x).toBeCloseTo(1, 12);
  });

  test('it is the formula, state by state', async () => {
    const [a, b] = [normalMatrix(4, 3, 1), normalMatrix(7, 3, 2)];
    const unit = ({ data, rows, cols }: typeof a) =>
      Array.from({ length: rows }, (_, i) => {
        const row = Array.from(data.subarray(i * cols, (i + 1) * cols));
        const norm = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
        return row.map((x) => x / norm);
      });
    const [h, u] = [unit(a), unit(b)];
    const meanSquare = (own: number[][], others: number[][]) =>
      own.flatMap((x) => others.map((y) => x.reduce((sum, xc, c) => sum + xc * y[c], 0) ** 2));
    const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
    const divisor = Math.sqrt(mean(meanSquare(u, u)));
    const wanted = mean(h.map((x) => Math.sqrt(mean(meanSquare([x], u))) / divisor));
    expect((await tokenEnergy({ a, b })).value).toBeCloseTo(wanted, 13);
  });

  test('tokens along one line: 1 for a state on it, its cosine for others, 0 at right angles', async () => {
    const b = matrix(Float64Array.of(1, 0, 0, 0, -2, 0, 0, 0), 2, 4);
    const of = async (...state: number[]) =>
      (await tokenEnergy({ a: matrix(Float64Array.from(state), 1, 4), b })).value;
    expect(await of(3, 0, 0, 0)).toBeCloseTo(1, 14);
    expect(await of(0, 1, 2, 0)).toBeCloseTo(0, 14);
    expect(await of(1, 1, 1, 1)).toBeCloseTo(0.5, 14);
  });

  test('states among the tokens stand above the null', async () => {
    const b = normalMatrix(40, 6, 3);
    const along = { ...b, data: b.data.map((x, e) => (e % 6 < 2 ? x : 0.05 * x)) };
    const { low, null: drawn } = await tokenEnergy({ a: along, b: along });
    expect(low).toBeGreaterThan(drawn?.high as number);
  });
});

describeComparisonLaws(tokenEnergy, { ignores: ['scale'], symmetric: false });
