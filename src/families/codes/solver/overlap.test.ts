import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import type { OverlapShape } from '../../../engine/kernels/overlap/contract.ts';
import { ReferenceOverlap } from '../../../engine/kernels/overlap/reference.ts';
import { softMaximum } from '../../../engine/kernels/soft-maximum/reference.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';
import { scatter } from './moves.ts';
import { RieszFunction } from './riesz.ts';
import { SoftMaximum } from './soft-maximum.ts';
import { WasmOverlap } from './wasm-overlap.ts';

function points(n: number, d: number, seed: number): Float64Array {
  const x = new Float64Array(n * d);
  scatter(x, { d, frozen: 0, diameter: 1 }, Random.fromSeed(seed));
  return x;
}

const shapes: OverlapShape[] = [
  { n: 2, d: 2, frozen: 0, lines: false },
  { n: 40, d: 3, frozen: 0, lines: false },
  { n: 41, d: 3, frozen: 7, lines: true },
  { n: 70, d: 8, frozen: 0, lines: false },
  { n: 67, d: 11, frozen: 3, lines: true },
  { n: 130, d: 17, frozen: 129, lines: false },
];

test('the WebAssembly kernel agrees with the reference on every shape', async () => {
  for (const shape of shapes) {
    const { n, d } = shape;
    const x = points(n, d, n);
    const least = 0.1;
    const kernels = [new ReferenceOverlap(shape), await WasmOverlap.create(shape)];
    const [plain, fast] = kernels;
    expect(fast.collect(x, least)).toBe(plain.collect(x, least));
    expect(fast.count(x, least)).toBe(plain.count(x, least));
    expect(fast.largestCosine(x)).toBeCloseTo(plain.largestCosine(x), 14);
    const pairs = kernels.map((kernel) =>
      kernel.closer(x, 0.3).map(({ i, j, sign }) => `${i},${j},${sign}`),
    );
    expect(pairs[1].toSorted()).toEqual(pairs[0].toSorted());
    const gradients = kernels.map(() => new Float64Array(n * d));
    const sums = kernels.map((kernel, k) => kernel.forces(x, 1.2, gradients[k]));
    expect(sums[1].energy).toBeCloseTo(sums[0].energy, 11);
    expect(sums[1].overlapSum).toBeCloseTo(sums[0].overlapSum, 11);
    for (let k = 0; k < n * d; k++) expect(gradients[1][k]).toBeCloseTo(gradients[0][k], 12);
  }
});

test('the smooth maximum in float32 agrees with the reference', async () => {
  for (const shape of shapes) {
    const { n, d } = shape;
    const x = points(n, d, n);
    const soft = await SoftMaximum.create(shape);
    for (const beta of [3, 300, 30]) {
      const [plain, fast] = [new Float64Array(n * d), new Float64Array(n * d)];
      const value = softMaximum(shape, x, beta, plain);
      expect(Math.abs(soft.evaluate(x, beta, fast) - value)).toBeLessThan(1e-6);
      const largest = plain.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
      for (let k = 0; k < n * d; k++) {
        expect(Math.abs(fast[k] - plain[k])).toBeLessThan(1e-6 * (beta + 10) * (largest + 1e-3));
      }
    }
  }
});

/** |f(exp(hv)) − f − h⟨g, v⟩| over h², at h and h/2: smooth functions keep it bounded. */
function taylorRest(
  f: (x: Float64Array, g: Float64Array) => number,
  x: Float64Array,
  d: number,
  h: number,
): number {
  const g = new Float64Array(x.length);
  const value = f(x, g);
  const direction = points(x.length / d, d, 99);
  const moved = x.map((v, k) => v + h * direction[k]);
  rescaleRows(moved, d, 0);
  // The tangent part of the step is what the Riemannian gradient sees.
  let slope = 0;
  for (let i = 0; i < x.length; i += d) {
    let along = 0;
    for (let k = i; k < i + d; k++) along += direction[k] * x[k];
    for (let k = i; k < i + d; k++) slope += g[k] * (direction[k] - along * x[k]);
  }
  return Math.abs(f(moved, new Float64Array(x.length)) - value - h * slope);
}

test('the gradients of overlap, smooth maximum and energies pass the Taylor check', () => {
  for (const lines of [false, true]) {
    const shape = { n: 20, d: 4, frozen: 0, lines };
    const x = points(20, 4, 5);
    const kernel = new ReferenceOverlap(shape);
    kernel.collect(x, -1);
    const functions = [
      (p: Float64Array, g: Float64Array) => kernel.forces(p, 1.1, g).energy,
      (p: Float64Array, g: Float64Array) => softMaximum(shape, p, 12, g),
      new RieszFunction(0, 4, 0).evaluate,
      new RieszFunction(1, 4, 0).evaluate,
      new RieszFunction(3.5, 4, 0).evaluate,
    ];
    for (const f of functions) {
      const [coarse, fine] = [1e-3, 5e-4].map((h) => taylorRest(f, x, 4, h));
      expect(fine).toBeLessThan(coarse / 3.5);
    }
  }
});

test('a rotation changes neither the energy nor the number of close pairs', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.double({ min: 0, max: 6.28, noNaN: true }),
      (seed, turn) => {
        const x = points(15, 3, seed);
        const turned = x.slice();
        for (let i = 0; i < x.length; i += 3) {
          turned[i] = Math.cos(turn) * x[i] - Math.sin(turn) * x[i + 1];
          turned[i + 1] = Math.sin(turn) * x[i] + Math.cos(turn) * x[i + 1];
        }
        const kernel = new ReferenceOverlap({ n: 15, d: 3, frozen: 0, lines: false });
        const energies = [x, turned].map((rows) => {
          kernel.collect(rows, -1);
          return kernel.forces(rows, 1, new Float64Array(45)).energy;
        });
        expect(energies[1]).toBeCloseTo(energies[0], 12);
      },
    ),
    { numRuns: 20 },
  );
});

test('coincident rows have a finite energy and no force', () => {
  const x = Float64Array.of(1, 0, 0, 1, 0, 0);
  const kernel = new ReferenceOverlap({ n: 2, d: 3, frozen: 0, lines: false });
  kernel.collect(x, 0);
  const gradient = new Float64Array(6);
  expect(kernel.forces(x, 1, gradient).energy).toBeCloseTo(1, 10);
  expect(Array.from(gradient)).toEqual([0, 0, 0, 0, 0, 0]);
});
