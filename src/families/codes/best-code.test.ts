import { expect, test } from 'vitest';
import { bestCode } from './best-code.ts';
import { minChord } from './solver/separation.ts';

const sharp = [
  [2, 3, -1],
  [4, 3, -1 / 3],
  [6, 3, 0],
  [12, 3, 1 / Math.sqrt(5)],
  [120, 4, (1 + Math.sqrt(5)) / 4],
  [16, 5, 1 / 5],
  [27, 6, 1 / 4],
  [56, 7, 1 / 3],
  [240, 8, 1 / 2],
  [112, 21, 1 / 9],
  [162, 21, 1 / 7],
  [100, 22, 1 / 11],
  [275, 22, 1 / 6],
  [891, 22, 1 / 4],
  [552, 23, 1 / 5],
] as const;

test('sharp configurations are constructed and proven optimal', async () => {
  for (const [n, d, cosine] of sharp) {
    const { certificate, points } = await bestCode({ n, d });
    expect(certificate.provenOptimal, `${n} points in ${d} dimensions`).toBe(true);
    expect(certificate.gapToBoundDeg).toBe(0);
    expect(1 - minChord(points.data, d) ** 2 / 2).toBeCloseTo(cosine, 12);
  }
});

test('a code that a published proof alone shows optimal is not called proven here', async () => {
  const { certificate } = await bestCode({ n: 24, d: 4 });
  expect(certificate).toMatchObject({ minAngleDeg: 60, provenOptimal: false, contacts: 96 });
  expect(certificate.bestKnownProof).toContain('arXiv:2404.18794');
  expect(certificate.bounds[0].name).toContain('linear programming');
  expect(certificate.gapToBoundDeg).toBeCloseTo(1.41, 2);
});

test('the kissing sets of E6 and E7 are called best known, not optimal', async () => {
  for (const [n, d] of [
    [72, 6],
    [126, 7],
  ]) {
    const { certificate } = await bestCode({ n, d }, { chains: 1, patience: 0 });
    expect(certificate.minAngleDeg).toBe(60);
    expect(certificate.provenOptimal).toBe(false);
    expect(certificate.bestKnownProof).toBeUndefined();
  }
});

test('a stored start settles at the best known angle and the certificate says so', async () => {
  for (const n of [17, 40, 58]) {
    const { certificate, points } = await bestCode({ n, d: 3 });
    expect(certificate.start).toBe('stored');
    expect(certificate.minAngleDeg).toBeGreaterThan((certificate.bestKnownDeg ?? 0) - 5e-9);
    expect(points.rows).toBe(n);
  }
});

test.each([122, 127, 128])(
  'the stored start of %i points settles at the published angle',
  async (n) => {
    const { certificate } = await bestCode({ n, d: 3 });
    expect(certificate.start).toBe('stored');
    // The tables have ten digits.
    expect(certificate.minAngleDeg).toBeCloseTo(certificate.bestKnownDeg ?? NaN, 9);
  },
);

test('a fresh search uses no stored start', async () => {
  const { certificate } = await bestCode({ n: 17, d: 3 }, { fresh: true, chains: 1 });
  expect(certificate).toMatchObject({ start: 'random', seed: 0 });
});

test('the paper’s sizes have their closed forms and constructions', async () => {
  const orthoplex = await bestCode({ n: 1000, d: 512 });
  expect(orthoplex.certificate).toMatchObject({ minAngleDeg: 90, provenOptimal: true });
  const simplex = await bestCode({ n: 1000, d: 1024 });
  expect(simplex.certificate.minAngleDeg).toBeCloseTo(90.0573531422, 9);
  expect(simplex.certificate.provenOptimal).toBe(true);
  const shortened = await bestCode({ n: 1000, d: 64 });
  expect(shortened.certificate.minAngleDeg).toBeGreaterThan(84.44);
  expect(shortened.certificate.exactCosine).toBe('3/31');
  expect(shortened.certificate.gapToBoundDeg).toBeLessThan(0.3);
});

test('kept points leave constructions and stored starts out', async () => {
  const { points } = await bestCode({ n: 4, d: 3 });
  const more = await bestCode({ n: 6, d: 3, kept: points }, { chains: 1 });
  expect(more.certificate.start).toBe('random');
  expect(more.points.data.subarray(0, 12)).toEqual(points.data);
});
