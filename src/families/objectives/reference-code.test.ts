/**
 * Formula by formula against the reference code of the paper, ltl-uva/ledoh-torch (commit 882a1c1):
 * equal where it is right, and a named difference where it is not. Its formulas are restated here.
 */
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { contextOf } from '../../testing/objective-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../testing/points.ts';
import {
  fidelity,
  gaussianEnergy,
  koleo,
  laplaceEnergy,
  lloyd,
  maxMinAngle,
  minMaxCosine,
  rieszEnergy,
  sliced,
  slicedAxis,
} from './index.ts';
import { greatCircles, uniformDirections } from './support/random-directions.ts';

const CLAMP = 1e-7;
const clampedAcos = (c: number) => Math.acos(Math.min(1 - CLAMP, Math.max(-1 + CLAMP, c)));

function cosine(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < a.cols; c++) sum += a.data[i * a.cols + c] * b.data[j * b.cols + c];
  return sum;
}

/** Cosines of the pairs i < j. */
function upperCosines(x: Matrix): number[] {
  const cosines: number[] = [];
  for (let i = 0; i < x.rows; i++) {
    for (let j = i + 1; j < x.rows; j++) cosines.push(cosine(x, i, x, j));
  }
  return cosines;
}

/** KernelSphereDispersion: 2 · mean over i < j. */
function kernelDispersion(x: Matrix, kernel: (c: number) => number): number {
  const values = upperCosines(x).map(kernel);
  return (2 * values.reduce((s, v) => s + v, 0)) / values.length;
}

/** Row by row over the other rows. */
function meanOverRows(x: Matrix, best: (cosines: number[]) => number): number {
  let sum = 0;
  for (let i = 0; i < x.rows; i++) {
    const others = Array.from({ length: x.rows }, (_, j) => j).filter((j) => j !== i);
    sum += best(others.map((j) => cosine(x, i, x, j)));
  }
  return sum / x.rows;
}

/** _dist_along_slice: ½ Σ (θ − θ*)², θ* = mean θ + 2πk/n − π − π/n by rank. */
function distAlongSlice(xp: readonly number[], xq: readonly number[]): number {
  const n = xp.length;
  const thetas = xp.map((p, i) => Math.atan2(xq[i] ?? 0, p));
  const mean = thetas.reduce((s, v) => s + v, 0) / n;
  return thetas
    .toSorted((a, b) => a - b)
    .reduce((sum, theta, k) => {
      const phi = (2 * Math.PI * (k + 1)) / n - (Math.PI + Math.PI / n);
      return sum + 0.5 * (theta - mean - phi) ** 2;
    }, 0);
}

const points = uniformRows(24, 5, 1);

describe('equal to the reference code', () => {
  test('Gaussian: its loss is 2e^γ_ref times ours at γ = γ_ref/2', async () => {
    for (const gamma of [1, 20, 25]) {
      const reference = kernelDispersion(points, (c) => Math.exp(gamma * c));
      const { loss } = await gaussianEnergy(points, { gamma: gamma / 2 });
      expect((2 * Math.exp(gamma) * loss) / reference).toBeCloseTo(1, 12);
    }
  });
  test('geodesic Gaussian, away from duplicates: twice ours at the same γ', async () => {
    const reference = kernelDispersion(points, (c) => Math.exp(-(Math.acos(c) ** 2)));
    const { loss } = await gaussianEnergy(points, { gamma: 1, distance: 'geodesic' });
    expect(2 * loss).toBeCloseTo(reference, 13);
  });
  test('geodesic Laplace: twice ours', async () => {
    const reference = kernelDispersion(points, (c) => Math.exp(-1.5 * clampedAcos(c)));
    const { loss } = await laplaceEnergy(points, { gamma: 1.5, distance: 'geodesic' });
    expect(2 * loss).toBeCloseTo(reference, 13);
  });
  test('geodesic Riesz for s above, at and below 0: twice ours', async () => {
    const kernels = [
      [2, (c: number) => clampedAcos(c) ** -2],
      [0, (c: number) => -Math.log(clampedAcos(c))],
      [-0.5, (c: number) => -(clampedAcos(c) ** 0.5)],
    ] as const;
    for (const [s, kernel] of kernels) {
      const { loss } = await rieszEnergy(points, { s, distance: 'geodesic' });
      expect(2 * loss).toBeCloseTo(kernelDispersion(points, kernel), 12);
    }
  });
  test('MMA: the same number', async () => {
    const reference = -meanOverRows(points, (c) => Math.min(...c.map(clampedAcos)));
    expect((await maxMinAngle(points)).loss).toBeCloseTo(reference, 13);
  });
  test('MMCS: ours plus 1', async () => {
    const reference = meanOverRows(points, (c) => Math.max(...c.map((v) => v + 1)));
    expect((await minMaxCosine(points)).loss + 1).toBeCloseTo(reference, 13);
  });
  test('KoLeo: the same number as ε → 0', async () => {
    const chord = (c: number) => Math.sqrt(2 - 2 * c);
    const reference = -meanOverRows(points, (c) => Math.min(...c.map((v) => Math.log(chord(v)))));
    expect((await koleo(points, { epsilon: 1e-12 })).loss).toBeCloseTo(reference, 10);
  });
  test('Lloyd: the same number on the same samples', async () => {
    const samples = uniformDirections(30, points, Random.fromSeed(2));
    let reference = 0;
    for (let k = 0; k < 30; k++) {
      const squares = Array.from(
        { length: points.rows },
        (_, j) => clampedAcos(cosine(samples, k, points, j)) ** 2,
      );
      reference += Math.min(...squares) / 30;
    }
    const { loss } = await lloyd(points, { samples: 30 }, { seed: 2 });
    expect(loss).toBeCloseTo(reference, 13);
  });
  test('sliced: ½ Σ over the points is n times ours, on the same circle', async () => {
    const planes = greatCircles(1, points, Random.fromSeed(2));
    const along = (r: number) =>
      Array.from({ length: points.rows }, (_, i) => cosine(points, i, planes, r));
    const { loss } = await sliced(points, { circles: 1 }, { seed: 2 });
    expect(points.rows * loss).toBeCloseTo(distAlongSlice(along(0), along(1)), 11);
  });
  test('axis-aligned sliced: ½ Σ averaged over the pairs of columns is n times ours', async () => {
    const { rows: n, cols: d } = points;
    const random = Random.fromSeed(2);
    let reference = 0;
    for (let l = 0; l < 4; l++) {
      const u = random.integer(d);
      const v = random.integer(d - 1);
      const column = (c: number) => Array.from({ length: n }, (_, i) => points.data[i * d + c]);
      reference += distAlongSlice(column(u), column(v >= u ? v + 1 : v)) / 4;
    }
    const { loss } = await slicedAxis(points, { circles: 4 }, { seed: 2 });
    expect(n * loss).toBeCloseTo(reference, 11);
  });
});

describe('different from the reference code, on purpose', () => {
  test('the chord of Laplace is √(2−2c): its √(2−c) is 1, not 0, at coincidence', async () => {
    const reference = kernelDispersion(points, (c) => Math.exp(-Math.sqrt(2 - c)));
    const right = kernelDispersion(points, (c) => Math.exp(-Math.sqrt(2 - 2 * c)));
    const { loss } = await laplaceEnergy(points, { gamma: 1 });
    expect(2 * loss).toBeCloseTo(right, 13);
    expect(Math.abs(2 * loss - reference)).toBeGreaterThan(0.01);
    const twins = await laplaceEnergy(
      fromRows([
        [0, 1],
        [0, 1],
      ]),
    );
    expect(twins.loss).toBeCloseTo(1, 5); // its kernel there is e⁻¹
  });
  test('the chord of Riesz is √(2−2c): its 2−c puts no barrier between close points', async () => {
    const theta = 1e-3;
    const pair = fromRows([
      [1, 0],
      [Math.cos(theta), Math.sin(theta)],
    ]);
    expect((await rieszEnergy(pair, { s: 1 })).loss * theta).toBeCloseTo(1, 5);
    expect(kernelDispersion(pair, (c) => (2 - c) ** -0.5) / 2).toBeCloseTo(1, 5);
    const right = kernelDispersion(points, (c) => (2 - 2 * c) ** -0.5);
    expect(2 * (await rieszEnergy(points, { s: 1 })).loss).toBeCloseTo(right, 12);
  });
  test('angles below its floor of 0.028° (float32) are told apart', async () => {
    const floor = Math.acos(Math.fround(1 - CLAMP));
    expect((floor * 180) / Math.PI).toBeCloseTo(0.028, 3);
    for (const theta of [1e-4, 1e-5]) {
      const pair = fromRows([
        [1, 0],
        [Math.cos(theta), Math.sin(theta)],
      ]);
      expect(clampedAcos(cosine(pair, 0, pair, 1))).toBeGreaterThan(4 * theta);
      expect(-(await maxMinAngle(pair)).loss / theta).toBeCloseTo(1, 5);
    }
  });
  test('nearest angles are exact across blocks: its diagonal mask hides the pairs i, i + block', async () => {
    // minimum_acos_distance_batch masks the diagonal of every block pair, not only of equal ones.
    const block = 4;
    const x = orthoplex(4);
    x.data.set([0.6, 0, 0, 0.8], 0);
    x.data.set([0.6, 0, 0, 0.8], 4 * block); // row 4 is the twin of row 0
    let masked = Infinity;
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) {
        if (i % block !== j % block) masked = Math.min(masked, clampedAcos(cosine(x, i, x, j)));
      }
    }
    expect(masked).toBeGreaterThan(0.6);
    const { indices, distances } = await referenceEngine.nearest(x, 1);
    expect([indices[0], distances[0]]).toEqual([block, 0]);
  });
  test('the hyperspherical energy is a mean: its MHE is the plain sum, for its default batch −1', async () => {
    for (const n of [10, 40]) {
      const x = uniformRows(n, 4, 1);
      const factor = 2 / (-1 * (-1 - 1));
      const sum = upperCosines(x).reduce((s, c) => s + clampedAcos(c) ** -1, 0) * factor;
      const { loss } = await rieszEnergy(x, { s: 1, distance: 'geodesic' });
      expect(((n * (n - 1)) / 2) * loss).toBeCloseTo(sum, 9);
    }
  });
  test('duplicates stay finite: its geodesic Gaussian gives NaN and its KoLeo infinity', async () => {
    const nearlyOne = 1 + 2 ** -52; // what the cosine of a rounded unit row with itself may be
    expect(Math.exp(-(Math.acos(nearlyOne) ** 2))).toBeNaN();
    expect(-Math.log(0)).toBe(Infinity);
    const row = [0.6, 0.8, 0];
    const x = fromRows([row, row, row, [0, 0, 1]]);
    const all = [
      gaussianEnergy.bind({ distance: 'geodesic' }),
      laplaceEnergy.bind(),
      rieszEnergy.bind({ s: 3 }),
      maxMinAngle.bind(),
      koleo.bind(),
      sliced.bind(),
      fidelity.bind(),
    ];
    for (const objective of all) {
      const gradient = { ...x, data: new Float64Array(12) };
      const loss = await objective.lossAndGradient(x, gradient, contextOf(1, x));
      expect(Number.isFinite(loss), objective.name).toBe(true);
      expect(gradient.data.every(Number.isFinite), objective.name).toBe(true);
    }
  });
});
