import { describe, expect, test } from 'vitest';
import { OptionError, ShapeError } from '../../../core/errors.ts';
import { matrix, rows } from '../../../core/matrix.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { independentPair } from '../../../testing/comparison-laws.ts';
import { normalMatrix } from '../../../testing/matrices.ts';
import { angularShapeDistance } from '../angular-shape-distance.ts';
import { planShapeDistance } from './shape-plan.ts';

const run = { engine: referenceEngine };

describe('planShapeDistance', () => {
  test('unrelated spaces: the plug-in form keeps the accuracy at the planned rows, not at an eighth', async () => {
    const plan = await planShapeDistance(independentPair(60, 4, 4, 1), { accuracy: 0.16 }, run);
    const likeness = async (n: number) =>
      Math.cos((await angularShapeDistance(independentPair(n, 4, 4, 7), {}, run)).value);
    expect(plan.plugIn.rows).toBeGreaterThan(60);
    expect(plan.plugIn.rows).toBeLessThan(4 * plan.plugIn.rowsForAnySpectra);
    expect(plan.plugIn.rowsForAnySpectra).toBe(157);
    expect(await likeness(plan.plugIn.rows)).toBeLessThan(0.16);
    expect(await likeness(Math.floor(plan.plugIn.rows / 8))).toBeGreaterThan(0.16);
  });

  test('more accuracy takes more rows; rows that suffice are said to', async () => {
    const a = normalMatrix(300, 3, 1);
    const noise = normalMatrix(300, 3, 2);
    const b = matrix(
      a.data.map((x, i) => x + noise.data[i]),
      300,
      3,
    );
    const at = (accuracy: number) => planShapeDistance({ a, b }, { accuracy }, run);
    const [coarse, fine] = [await at(0.3), await at(0.02)];
    expect(coarse.moments.rows).toBe(300);
    expect(fine.moments.rows ?? Infinity).toBeGreaterThan(300);
    expect(fine.plugIn.rows).toBeGreaterThan(coarse.plugIn.rows);
    expect(fine.sentence).toMatch(/^For cos θ to ±0\.02 the plug-in shape distance needs about /);
  });

  test('what cannot be planned is refused in one sentence', async () => {
    const pair = independentPair(20, 2, 2, 1);
    const bad = planShapeDistance(pair, { accuracy: 0 }, run);
    await expect(bad).rejects.toThrow(OptionError);
    await expect(bad).rejects.toThrow('planShapeDistance: option "accuracy"');
    const few = { a: rows(pair.a, 0, 4), b: rows(pair.b, 0, 4) };
    await expect(planShapeDistance(few, {}, run)).rejects.toThrow(ShapeError);
    const still = { a: pair.a, b: { ...pair.b, data: pair.b.data.map(() => 1) } };
    await expect(planShapeDistance(still, {}, run)).rejects.toThrow('equal rows in B');
  });
});
