import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { orthoplex, rotation, simplex, uniformRows } from '../../testing/points.ts';
import { riemannianSgd } from '../optimizers/index.ts';
import { framePotential } from './frame-potential.ts';

describe('framePotential', () => {
  test('of tight frames is 1/d: simplex, orthoplex; n² of it is n²/d', async () => {
    for (const d of [1, 2, 3, 7]) {
      for (const frame of [simplex(d), orthoplex(d)]) {
        const { loss, gradient } = await framePotential(frame);
        expect(frame.rows ** 2 * loss).toBeCloseTo(frame.rows ** 2 / d, 12);
        expect(Math.max(...gradient.data.map(Math.abs))).toBeLessThan(1e-14);
      }
    }
  });
  test('of fewer rows than columns is at least 1/n, at orthonormal rows', async () => {
    const basis = rotation(6, 3);
    const few = matrix(basis.data.slice(0, 4 * 6), 4, 6);
    expect((await framePotential(few)).loss).toBeCloseTo(1 / 4, 14);
    expect((await framePotential(uniformRows(4, 6, 2))).loss).toBeGreaterThan(1 / 4);
  });
  test('of one direction is 1, without force', async () => {
    const same = matrix(Float64Array.of(0, 1, 0, 1, 0, -1), 3, 2);
    const { loss, gradient } = await framePotential(same);
    expect(loss).toBe(1);
    expect(gradient.data.every((value) => Math.abs(value) < 1e-15)).toBe(true);
  });
  test('is the sum over pairs, through either side of the product', async () => {
    for (const [n, d] of [
      [3, 5],
      [5, 3],
      [4, 4],
    ]) {
      const x = uniformRows(n, d, 8);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let cosine = 0;
          for (let c = 0; c < d; c++) cosine += x.data[i * d + c] * x.data[j * d + c];
          sum += cosine ** 2;
        }
      }
      expect((await framePotential(x)).loss).toBeCloseTo(sum / n ** 2, 14);
    }
  });
  test('has no local minimum but the Welch bound: descent from anywhere ends at a tight frame', async () => {
    const problem = {
      objective: framePotential.bind(),
      manifold: sphere,
      start: uniformRows(7, 3, 4),
    };
    const { points } = await riemannianSgd(problem, { steps: 400, learningRate: 0.2 });
    expect((await framePotential(points)).loss).toBeCloseTo(1 / 3, 8);
  });
  describeObjectiveLaws(framePotential.bind());
  describeObjectiveLaws(framePotential.bind(), { taylor: { n: 3, d: 5, seed: 2 } });
});
