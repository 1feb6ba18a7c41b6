import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../testing/points.ts';
import { lloyd } from './lloyd.ts';
import { uniformDirections } from './support/random-directions.ts';

describe('lloyd', () => {
  test('of one point estimates E θ² = π²/4 + Var θ: on S², π²/2 − 2', async () => {
    const pole = fromRows([[0, 0, 1]]);
    const { loss } = await lloyd(pole, { samples: 40_000 });
    // Var θ² on S² is below 8, so five standard errors are below 0.07.
    expect(Math.abs(loss - (Math.PI ** 2 / 2 - 2))).toBeLessThan(0.07);
  });
  test('of an even n-gon on the circle estimates (π/n)²/3', async () => {
    const n = 8;
    const ring = fromRows(
      Array.from({ length: n }, (_, k) => [
        Math.cos((2 * Math.PI * k) / n),
        Math.sin((2 * Math.PI * k) / n),
      ]),
    );
    const { loss } = await lloyd(ring, { samples: 20_000 });
    expect(loss / ((Math.PI / n) ** 2 / 3)).toBeCloseTo(1, 1);
  });
  test('is the mean squared angle from each sample to the nearest point', async () => {
    const points = uniformRows(6, 3, 1);
    const { loss } = await lloyd(points, { samples: 50 }, { seed: 4 });
    const samples = uniformDirections(50, points, Random.fromSeed(4));
    let mean = 0;
    for (let k = 0; k < 50; k++) {
      let best = Infinity;
      for (let j = 0; j < 6; j++) {
        let cosine = 0;
        for (let c = 0; c < 3; c++) cosine += samples.data[3 * k + c] * points.data[3 * j + c];
        best = Math.min(best, Math.acos(cosine) ** 2);
      }
      mean += best / 50;
    }
    expect(loss).toBeCloseTo(mean, 12);
  });
  test('is smaller for the octahedron than for six clumped points', async () => {
    const clump = fromRows(
      Array.from({ length: 6 }, (_, k) => [Math.cos(k / 9), Math.sin(k / 9), 0]),
    );
    const spread = await lloyd(orthoplex(3), { samples: 500 });
    expect(spread.loss).toBeLessThan((await lloyd(clump, { samples: 500 })).loss / 3);
  });
  test('another seed gives other samples', async () => {
    const points = uniformRows(6, 3, 1);
    const one = await lloyd(points, {}, { seed: 1 });
    expect((await lloyd(points, {}, { seed: 2 })).loss).not.toBe(one.loss);
  });
  test('takes a single point, in one dimension too', async () => {
    const { loss } = await lloyd(fromRows([[1]]), { samples: 64 });
    expect(loss).toBeGreaterThanOrEqual(0);
    expect(loss).toBeLessThanOrEqual(Math.PI ** 2);
  });
  describeObjectiveLaws(lloyd.bind({ samples: 8 }), { rotationInvariant: false });
});
