import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import { maxMin } from './max-min.ts';
import { minChord } from './solver/separation.ts';
import { bestKnown } from './stored/index.ts';

const radians = (degrees: number) => (degrees * Math.PI) / 180;

test('random starts reach the proven optima of 5 to 14 and 24 points to 1e-9 rad', async () => {
  for (const n of [5, 7, 8, 9, 10, 11, 12, 13, 14, 24]) {
    const { minAngleDeg } = await maxMin({ n, d: 3 }, { chains: 2, patience: 20 });
    const optimum = bestKnown(n, 3)?.deg ?? NaN;
    expect(Math.abs(radians(minAngleDeg - optimum)), `${n} points`).toBeLessThan(1e-9);
  }
});

test('24 points end as the snub cube, with 60 contacts', async () => {
  // Its circumradius for edges of 1, through the tribonacci constant t³ = t² + t + 1.
  const t = 1.8392867552141612;
  const radius = Math.sqrt((3 - t) / (4 * (2 - t)));
  const { minAngleDeg, contacts } = await maxMin({ n: 24, d: 3 }, { chains: 2, patience: 20 });
  expect(radians(minAngleDeg)).toBeCloseTo(2 * Math.asin(1 / (2 * radius)), 12);
  expect(contacts).toBe(60);
});

test('27 points in 6 dimensions and 120 in 4 reach their sharp configurations', async () => {
  const schlafli = await maxMin({ n: 27, d: 6 }, { chains: 1, patience: 5 });
  expect(schlafli.cosine).toBeCloseTo(1 / 4, 13);
  const cell = await maxMin({ n: 120, d: 4 }, { chains: 1, patience: 0 });
  expect(cell.minAngleDeg).toBeCloseTo(36, 11);
});

test('one point more never leaves more room', async () => {
  const angles: number[] = [];
  for (let n = 4; n <= 12; n++) {
    angles.push((await maxMin({ n, d: 3 }, { chains: 2, patience: 10 })).minAngleDeg);
  }
  for (let k = 1; k < angles.length; k++) expect(angles[k]).toBeLessThan(angles[k - 1] + 1e-9);
});

test('the angle is that of the closest pair and rows have unit length', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 3, max: 14 }),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 0, max: 1000 }),
      async (n, d, seed) => {
        const { points, minAngleDeg } = await maxMin({ n, d }, { chains: 1, patience: 2, seed });
        const chord = minChord(points.data, d);
        expect(2 * Math.asin(Math.min(1, chord / 2))).toBeCloseTo(radians(minAngleDeg), 12);
        for (let i = 0; i < n; i++) {
          const row = points.data.subarray(i * d, (i + 1) * d);
          expect(row.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(1, 13);
        }
      },
    ),
    { numRuns: 10 },
  );
});

test('kept points do not move by a bit, and the rest keep away from them', async () => {
  const first = await maxMin({ n: 6, d: 3 }, { chains: 1 });
  const { points, minAngleDeg } = await maxMin({ n: 9, d: 3, kept: first.points }, { chains: 2 });
  expect(points.data.subarray(0, 18)).toEqual(first.points.data);
  // The octahedron's faces have their centres at arccos(1/√3) from the vertices.
  expect(minAngleDeg).toBeCloseTo((Math.acos(1 / Math.sqrt(3)) * 180) / Math.PI, 9);
});

test('a time limit ends the search with the best so far', async () => {
  const { minAngleDeg } = await maxMin({ n: 30, d: 3 }, { seconds: 0.05 });
  expect(minAngleDeg).toBeGreaterThan(36);
});

test('sizes and kept points that make no sense get a sentence', async () => {
  await expect(maxMin({ n: 1, d: 3 })).rejects.toThrow(OptionError);
  await expect(maxMin({ n: 5, d: 1 })).rejects.toThrow('in 1 dimension there are only +1 and −1');
  await expect(maxMin({ n: 2 ** 20, d: 1000 })).rejects.toThrow('8000 MiB');
  const kept = matrix(Float64Array.of(1, 0, 0, 0, 2, 0), 2, 3);
  await expect(maxMin({ n: 5, d: 3, kept })).rejects.toThrow(InputError);
  await expect(maxMin({ n: 5, d: 4, kept })).rejects.toThrow(ShapeError);
  await expect(maxMin({ n: 2, d: 3, kept })).rejects.toThrow('fewer than n = 2');
});
