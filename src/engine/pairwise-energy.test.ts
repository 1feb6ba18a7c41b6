import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Matrix, toFloat32, zerosLike } from '../core/matrix.ts';
import { fromRows, simplex, uniformRows } from '../testing/points.ts';
import { chooseEngine } from './choose.ts';
import type { Engine } from './engine.ts';
import type { PairKernel } from './kernels/pairwise-energy/contract.ts';
import { referenceEngine } from './reference.ts';

let wasm: Engine;
beforeAll(async () => {
  wasm = await chooseEngine('wasm', { threads: 2 });
});
afterAll(() => wasm.dispose());

/** k and −dk/dρ as the contract writes them. */
const shapes = {
  gaussian: [
    (a: number, rho: number) => Math.exp(-a * rho ** 2),
    (a: number, rho: number) => 2 * a * rho * Math.exp(-a * rho ** 2),
  ],
  laplace: [
    (a: number, rho: number) => Math.exp(-a * rho),
    (a: number, rho: number) => a * Math.exp(-a * rho),
  ],
  riesz: [
    (a: number, rho: number) => (a === 0 ? -Math.log(rho) : Math.sign(a) * rho ** -a),
    (a: number, rho: number) => (a === 0 ? 1 / rho : Math.abs(a) * rho ** (-a - 1)),
  ],
} as const;

/** k and F = −dk/dθ at the angle θ. */
function closedForm({ shape, distance, scale }: PairKernel, theta: number): [number, number] {
  const [k, slope] = shapes[shape];
  if (distance === 'geodesic') return [k(scale, theta), slope(scale, theta)];
  const r = 2 * Math.sin(theta / 2);
  return [k(scale, r), slope(scale, r) * Math.cos(theta / 2)];
}

const kernels: readonly PairKernel[] = (['chordal', 'geodesic'] as const).flatMap((distance) => [
  { shape: 'gaussian', distance, scale: 0.7 } as const,
  { shape: 'laplace', distance, scale: 3 } as const,
  { shape: 'riesz', distance, scale: 1.5 } as const,
  { shape: 'riesz', distance, scale: 0 } as const,
  { shape: 'riesz', distance, scale: -0.5 } as const,
]);

/** Two points at the angle θ. */
function pair(theta: number): Matrix<Float64Array> {
  return fromRows([
    [1, 0, 0],
    [Math.cos(theta), 0, Math.sin(theta)],
  ]);
}

describe.each(kernels)('the $distance $shape energy with scale $scale', (kernel) => {
  it('of two points is k, with force F along the circle through them', async () => {
    for (const theta of [0.002, 0.05, 0.5, 1.5, 2.5, 3.1]) {
      const [value, force] = closedForm(kernel, theta);
      for (const engine of [referenceEngine, wasm]) {
        const points: Matrix = engine === wasm ? toFloat32(pair(theta)) : pair(theta);
        const gradient = zerosLike(points);
        const { sum, rowSums } = await engine.pairwiseEnergy(points, kernel, gradient);
        // Float32 rows are themselves off by 6e-8, which at small angles is 6e-8/θ of the angle.
        const tolerance = engine === wasm ? (1e-6 * 4) / Math.min(1, theta) : 1e-13 / theta;
        const scale = Math.abs(value) + force * theta;
        expect(Math.abs(sum - value)).toBeLessThan(tolerance * scale);
        expect([...rowSums]).toEqual([sum, sum]);
        // Moving x₀ along +e₂ brings it nearer to x₁: the energy rises by F.
        expect(Math.abs(gradient.data[2] - force)).toBeLessThan(2 * tolerance * (force + scale));
        expect(gradient.data[1]).toBe(0);
        const length = Math.hypot(...gradient.data.subarray(3));
        expect(Math.abs(length - force)).toBeLessThan(2 * tolerance * (force + scale));
      }
    }
  });

  it('of a simplex is that of its one angle, at rest', async () => {
    for (const d of [2, 3, 10]) {
      const pairs = (d * (d + 1)) / 2;
      const [value, force] = closedForm(kernel, Math.acos(-1 / d));
      for (const engine of [referenceEngine, wasm]) {
        const points: Matrix = engine === wasm ? toFloat32(simplex(d)) : simplex(d);
        const gradient = zerosLike(points);
        const { sum } = await engine.pairwiseEnergy(points, kernel, gradient);
        const tolerance = engine === wasm ? 4e-6 : 1e-13;
        expect(Math.abs(sum / pairs - value)).toBeLessThan(tolerance * (Math.abs(value) + force));
        for (const entry of gradient.data) {
          expect(Math.abs(entry)).toBeLessThan(tolerance * d * (Math.abs(value) + force));
        }
      }
    }
  });

  it('goes on linearly below θ₀, with the force of θ₀', async () => {
    const theta0 = 2 ** -20;
    const [value, force] = closedForm(kernel, theta0);
    for (const share of [0.9, 0.5, 0.01]) {
      const points = pair(share * theta0);
      const gradient = zerosLike(points);
      const { sum } = await referenceEngine.pairwiseEnergy(points, kernel, gradient);
      const wanted = value + force * theta0 * (1 - share);
      expect(Math.abs(sum / wanted - 1)).toBeLessThan(1e-9);
      expect(Math.abs(gradient.data[2] / force - 1)).toBeLessThan(1e-9);
    }
  });

  it('is finite at coincident and opposite rows, which push nothing', async () => {
    const points = fromRows([
      [0.6, 0.8],
      [0.6, 0.8],
      [-0.6, -0.8],
    ]);
    for (const engine of [referenceEngine, wasm]) {
      const rows: Matrix = engine === wasm ? toFloat32(points) : points;
      const gradient = zerosLike(rows);
      const { sum } = await engine.pairwiseEnergy(rows, kernel, gradient);
      expect(Number.isFinite(sum)).toBe(true);
      for (const entry of gradient.data) expect(Math.abs(entry)).toBeLessThan(1e-6);
    }
  });
});

describe('a kernel that is very narrow or steep', () => {
  it('is 0 in float32 where float64 has less than 1e-37', async () => {
    const points = toFloat32(uniformRows(10, 6, 5));
    const kernel = { shape: 'gaussian', distance: 'chordal', scale: 1e6 } as const;
    const gradient = zerosLike(points);
    expect((await wasm.pairwiseEnergy(points, kernel, gradient)).sum).toBe(0);
    expect(gradient.data.every((entry) => Math.abs(entry) === 0)).toBe(true);
  });

  it('keeps its digits for large s as long as the result fits float32', async () => {
    const points = toFloat32(simplex(5));
    const kernel = { shape: 'riesz', distance: 'chordal', scale: 100 } as const;
    const wanted = (await referenceEngine.pairwiseEnergy(points, kernel)).sum;
    const { sum } = await wasm.pairwiseEnergy(points, kernel);
    expect(Math.abs(sum / wanted - 1)).toBeLessThan(1e-4);
  });
});
