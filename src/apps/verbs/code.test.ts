import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matrix, rows } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { minChord } from '../../families/codes/solver/separation.ts';
import { readExact, writeExact } from '../../io/exact.ts';
import { read, write } from '../../io/index.ts';
import { type CodeRequest, code, verifyCode } from './code.ts';

const quick = { chains: 1, patience: 0 } as const;
const degrees = (chord: number) => (2 * Math.asin(chord / 2) * 180) / Math.PI;

test('a code comes with its certificate, and the certificate with the fields promised', async () => {
  const { points, report } = await code({ count: 24, dim: 3 });
  expect([points.rows, points.cols]).toEqual([24, 3]);
  expect(report.minAngleDeg).toBeCloseTo(43.6907671, 7);
  expect(report.minAngleDeg).toBeCloseTo(degrees(minChord(points.data, 3)), 12);
  expect(report).toMatchObject({ n: 24, d: 3, contacts: 60, provenOptimal: false, seed: 0 });
  expect(report.bestKnownProof).toContain('Robinson 1961');
  expect(report.gapToBoundDeg).toBe(report.bounds[0].deg - report.minAngleDeg);
  for (const { name, deg } of report.bounds) {
    expect(name).not.toBe('');
    expect(deg).toBeGreaterThan(report.minAngleDeg);
  }
});

test('the same request gives the same bytes', async () => {
  const request = { count: 40, dim: 4, seed: 3, ...quick };
  const [one, two] = [await code(request), await code(request)];
  expect(two.points.data).toEqual(one.points.data);
});

test('kept points stay bit for bit, and the report says what that costs', async () => {
  const { points } = await code({ count: 10, dim: 3 });
  const more = await code({ count: 12, dim: 3, keep: points, ...quick });
  expect(more.points.data.subarray(0, 30)).toEqual(points.data);
  const { kept, keptMinAngleDeg, freshMinAngleDeg, lossDeg } = more.report.keep ?? {};
  expect(kept).toBe(10);
  expect(keptMinAngleDeg).toBeCloseTo(66.1468219879, 8);
  // Twelve points that keep nothing are the icosahedron.
  expect(freshMinAngleDeg).toBeCloseTo(63.4349488229, 8);
  expect(lossDeg).toBeCloseTo(63.4349488229 - more.report.minAngleDeg, 8);
  expect(lossDeg).toBeGreaterThan(0);
});

test('reserved points come last, and leaving them out never brings the rest nearer', async () => {
  const { points, report } = await code({ count: 10, dim: 3, reserve: 2 });
  expect(points.rows).toBe(12);
  expect(report.minAngleDeg).toBeCloseTo(63.4349488229, 8);
  const used = rows(points, 0, 10);
  const { reserved, usedMinAngleDeg } = report.reserve ?? { reserved: 0, usedMinAngleDeg: 0 };
  expect(reserved).toBe(2);
  expect(usedMinAngleDeg).toBeCloseTo(degrees(minChord(used.data.slice(), 3)), 10);
  expect(usedMinAngleDeg).toBeGreaterThan(report.minAngleDeg - 1e-10);
});

test('reserved points can be used later: keeping the first rows and adding them loses nothing', async () => {
  const planned = await code({ count: 10, dim: 3, reserve: 2 });
  const { report } = await verified(planned.points.data, 3);
  expect(report.minAngleDeg).toBeCloseTo(63.4349488229, 8);
});

async function verified(data: Float64Array, d: number) {
  return { report: await verifyCode(matrix(data, data.length / d, d)) };
}

test('lines, least energy, wanted cosines and meanings each report their own measure', async () => {
  const lines = await code({ count: 6, dim: 3, lines: true, ...quick });
  expect(lines.report.maxAbsCosine).toBeCloseTo(1 / Math.sqrt(5), 12);
  expect(lines.report.provenOptimal).toBe(true);

  const thomson = await code({ count: 12, dim: 3, exponent: 1, ...quick });
  expect(thomson.report.energy?.value).toBeCloseTo(49.165253058, 8);
  expect(thomson.report.energy?.bestKnown).toBeCloseTo(49.165253058, 8);

  const wanted = matrix(Float64Array.of(1, 0.5, 0.5, 1), 2, 2);
  const { report, points } = await code({ dim: 3, targets: wanted });
  expect(report.targets?.largestError).toBeLessThan(1e-6);
  expect(points.rows).toBe(2);

  const random = Random.fromSeed(1);
  const semantics = matrix(
    Float64Array.from({ length: 8 * 5 }, () => random.normal()),
    8,
    5,
  );
  const assigned = await code({ count: 8, dim: 3, semantics });
  const { correlation, correlationBefore } = assigned.report.assignment ?? {};
  expect(correlation).toBeGreaterThanOrEqual((correlationBefore ?? 0) - 1e-12);
  expect(assigned.report.minAngleDeg).toBeCloseTo(degrees(minChord(assigned.points.data, 3)), 10);
});

test('what cannot be asked for together, or makes no sense, gets a sentence', async () => {
  const keep = matrix(Float64Array.of(1, 0, 0, 1, 0, 0), 2, 3);
  const wanted = matrix(Float64Array.of(1, 0, 0, 1), 2, 2);
  const cases: readonly [CodeRequest, RegExp][] = [
    [{ count: 1, dim: 3 }, /one point is never apart/],
    [{ count: 5, dim: 1 }, /only \+1 and −1/],
    [{ count: 1e9, dim: 64 }, /at most 1048576 in 64 dimensions/],
    [{ dim: 3 }, /"count" must be given/],
    [{ count: 5, dim: 3, keep }, /rows 0 and 1 of the points to keep coincide/],
    [{ count: 2, dim: 3, keep: rows(keep, 0, 1), lines: true }, /"keep" must be left out/],
    [{ count: 1, dim: 3, keep: rows(keep, 0, 1) }, /one point is never apart/],
    [{ count: 5, dim: 4, keep: rows(keep, 0, 1) }, /kept points with 4 coordinates/],
    [{ count: 2, dim: 3, keep: matrix(Float64Array.of(2, 0, 0), 1, 3) }, /has length 2/],
    [{ count: 5, dim: 3, lines: true, exponent: 1 }, /"energy" must be left out/],
    [{ count: 3, dim: 3, targets: wanted }, /as many as targets has rows/],
    [{ count: 5, dim: 3, reserve: -1 }, /"reserve" must be an integer/],
    [{ count: 5, dim: 3, semantics: wanted }, /5 rows of meanings/],
  ];
  for (const [request, sentence] of cases) {
    await expect(code({ ...quick, ...request }), String(sentence)).rejects.toThrow(sentence);
  }
});

test('npy files keep float64 to the bit, other formats say that they round', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tammes-code-'));
  const { points } = await code({ count: 7, dim: 3 });
  const npy = join(folder, 'code.npy');
  expect(await writeExact(npy, points)).toEqual({ rounded: false });
  expect(readFileSync(npy).length).toBe(128 + 8 * 21);
  expect((await readExact(npy)).points.data).toEqual(points.data);
  expect((await read(npy)).points.data).toEqual(Float32Array.from(points.data));

  const csv = join(folder, 'code.csv');
  expect(await writeExact(csv, points)).toEqual({ rounded: true });
  expect((await readExact(csv)).points.data).toEqual(Float32Array.from(points.data));

  const short = join(folder, 'short.npy');
  await write(short, { points: matrix(Float32Array.from(points.data), 7, 3) });
  expect((await readExact(short)).points.data).toBeInstanceOf(Float32Array);
});
