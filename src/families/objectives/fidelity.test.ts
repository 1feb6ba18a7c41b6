import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from '../../core/errors.ts';
import { copied } from '../../core/matrix.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { fidelity } from './fidelity.ts';

describe('fidelity', () => {
  test('is the mean squared angle: (π/3)² and (π/2)² average', async () => {
    const start = fromRows([
      [1, 0],
      [1, 0],
    ]);
    const points = fromRows([
      [0.5, Math.sqrt(0.75)],
      [0, 1],
    ]);
    const { loss } = await fidelity(points, {}, { start });
    expect(loss).toBeCloseTo(((Math.PI / 3) ** 2 + (Math.PI / 2) ** 2) / 2, 14);
  });
  test('is zero at the start, without force', async () => {
    const start = uniformRows(7, 4, 1);
    const { loss, gradient } = await fidelity(copied(start), {}, { start });
    expect(loss).toBe(0);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });
  test('has gradient −(2/n) log_x(start)', async () => {
    const [n, d] = [5, 4];
    const start = uniformRows(n, d, 1);
    const points = uniformRows(n, d, 2);
    const { gradient } = await fidelity(points, {}, { start });
    const back = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      const [from, to] = [i * d, (i + 1) * d];
      sphere.log(points.data.subarray(from, to), start.data.subarray(from, to), back);
      for (let c = 0; c < d; c++) {
        expect(gradient.data[from + c]).toBeCloseTo((-2 / n) * back[c], 12);
      }
    }
  });
  test('leads one step of length n/2 home', async () => {
    const start = uniformRows(3, 5, 8);
    const points = uniformRows(3, 5, 9);
    const { gradient } = await fidelity(points, {}, { start });
    for (let i = 0; i < 3; i++) {
      const x = points.data.subarray(5 * i, 5 * i + 5);
      const step = gradient.data.slice(5 * i, 5 * i + 5).map((value) => -1.5 * value);
      const home = new Float64Array(5);
      sphere.exp(x, step, home);
      for (let c = 0; c < 5; c++) expect(home[c]).toBeCloseTo(start.data[5 * i + c], 12);
    }
  });
  test('at the antipode of the start is π², without force', async () => {
    const { loss, gradient } = await fidelity(
      fromRows([[0, 1, 0]]),
      {},
      { start: fromRows([[0, -1, 0]]) },
    );
    expect(loss).toBeCloseTo(Math.PI ** 2, 13);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });
  test('refuses to run without a start, or with one of another shape', async () => {
    const points = uniformRows(3, 2, 1);
    await expect(fidelity(points)).rejects.toThrow(InputError);
    await expect(fidelity(points, {}, { start: uniformRows(2, 2, 1) })).rejects.toThrow(ShapeError);
  });
  describeObjectiveLaws(fidelity.bind(), { needsStart: true });
});
