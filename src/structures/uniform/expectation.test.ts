import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { angleOfChord, cos, exp, log } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import { gaussLegendre } from '../../numerics/laws/special.ts';
import { uniformRows } from '../../testing/points.ts';
import {
  expectedKernel,
  kernelAt,
  kernelVariance,
  logAngleConstant,
  mmdToUniform,
} from './expectation.ts';

const kernel = (
  shape: PairKernel['shape'],
  distance: PairKernel['distance'],
  scale: number,
): PairKernel => ({ shape, distance, scale });

/** E k by a plain composite Gauss rule on [0, π], graded toward 0: nothing shared but the nodes. */
function byQuadrature(k: PairKernel, d: number): number {
  const { nodes, weights } = gaussLegendre(20);
  const constant = logAngleConstant(d);
  let sum = 0;
  let high = Math.PI;
  for (let piece = 0; piece < 60; piece++) {
    const low = piece < 32 ? high - Math.PI / 64 : high / 2;
    for (let i = 0; i < 20; i++) {
      const theta = low + ((high - low) * (1 + nodes[i])) / 2;
      const density = exp(constant) * Math.sin(theta) ** (d - 2);
      sum +=
        ((high - low) / 2) * weights[i] * density * kernelAt(k, 2 * Math.sin(theta / 2), theta);
    }
    high = low;
  }
  return sum;
}

const finite: readonly PairKernel[] = [
  kernel('gaussian', 'chordal', 0.5),
  kernel('gaussian', 'chordal', 12.5),
  kernel('gaussian', 'geodesic', 1),
  kernel('laplace', 'chordal', 1),
  kernel('laplace', 'geodesic', 2.5),
  kernel('riesz', 'chordal', 0.5),
  kernel('riesz', 'chordal', 0),
  kernel('riesz', 'chordal', -1),
  kernel('riesz', 'geodesic', 0.5),
  kernel('riesz', 'geodesic', 0),
  kernel('riesz', 'geodesic', -0.5),
];
const shown = (k: PairKernel) => `${k.distance} ${k.shape} ${k.scale}`;

describe('expectedKernel', () => {
  test('of the chordal Gaussian on S² is (1 − e^{−4γ})/(4γ)', () => {
    for (const gamma of [0.01, 0.5, 2, 25]) {
      const closed = (1 - exp(-4 * gamma)) / (4 * gamma);
      expect(expectedKernel(kernel('gaussian', 'chordal', gamma), 3)).toBeCloseTo(closed, 13);
    }
  });
  test('of Coulomb and the logarithm on S² are 1 and ½ − ln 2', () => {
    expect(expectedKernel(kernel('riesz', 'chordal', 1), 3)).toBeCloseTo(1, 13);
    expect(expectedKernel(kernel('riesz', 'chordal', 0), 3)).toBeCloseTo(0.5 - Math.LN2, 13);
  });
  test('of the geodesic Laplace kernel on the circle is (1 − e^{−γπ})/(γπ)', () => {
    for (const gamma of [0.1, 1, 7]) {
      const closed = (1 - exp(-gamma * Math.PI)) / (gamma * Math.PI);
      expect(expectedKernel(kernel('laplace', 'geodesic', gamma), 2)).toBeCloseTo(closed, 13);
    }
  });
  test('of the angle itself is π/2 in every dimension', () => {
    for (const d of [2, 3, 10, 64, 65, 500, 5000]) {
      expect(expectedKernel(kernel('riesz', 'geodesic', -1), d)).toBeCloseTo(-Math.PI / 2, 10);
    }
  });
  test('of the squared chord is 2 in every dimension', () => {
    for (const d of [1, 2, 3, 10, 64, 500]) {
      expect(expectedKernel(kernel('riesz', 'chordal', -2), d)).toBeCloseTo(-2, 11);
    }
  });
  for (const k of finite) {
    test(`agrees with a graded quadrature: ${shown(k)}`, () => {
      // Pieces down to 2⁻²⁸ leave 2e-5 of θ^(−½) in the plane; from d = 3 on, less than 1e-12.
      for (const d of [3, 4, 8, 33, 100]) {
        const value = expectedKernel(k, d);
        expect(Math.abs(byQuadrature(k, d) / value - 1)).toBeLessThan(1e-9);
      }
    });
  }
  test('of θ^{−s} stays exact close to the divergence at s = d − 1', () => {
    // ∫₀^π θ^{−s} dθ / π on the circle.
    for (const s of [0.5, 0.9, 0.99]) {
      const closed = Math.PI ** -s / (1 - s);
      const value = expectedKernel(kernel('riesz', 'geodesic', s), 2);
      expect(Math.abs(value / closed - 1)).toBeLessThan(1e-9);
    }
  });
  test('is infinite for Riesz kernels from s = d − 1', () => {
    expect(expectedKernel(kernel('riesz', 'chordal', 2), 3)).toBe(Infinity);
    expect(expectedKernel(kernel('riesz', 'geodesic', 3), 3)).toBe(Infinity);
    expect(expectedKernel(kernel('riesz', 'chordal', 0), 1)).toBe(Infinity);
  });
  test('of a chordal Gaussian lies between Jensen’s bound and 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0.001, max: 100, noNaN: true }),
        (d, gamma) => {
          const value = expectedKernel(kernel('gaussian', 'chordal', gamma), d);
          expect(value).toBeGreaterThanOrEqual(exp(-2 * gamma) * (1 - 1e-12));
          expect(value).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('kernelVariance', () => {
  test('of the chordal Gaussian is κ₀(2γ) − κ₀(γ)²', () => {
    for (const d of [1, 2, 3, 20, 300]) {
      const mean = expectedKernel(kernel('gaussian', 'chordal', 1), d);
      const closed = expectedKernel(kernel('gaussian', 'chordal', 2), d) - mean * mean;
      expect(kernelVariance(kernel('gaussian', 'chordal', 1), d)).toBeCloseTo(closed, 12);
    }
  });
  test('of the squared chord is 4/d', () => {
    for (const d of [2, 3, 50, 400]) {
      expect(kernelVariance(kernel('riesz', 'chordal', -2), d)).toBeCloseTo(4 / d, 11);
    }
  });
  test('of Riesz kernels is infinite from 2s = d − 1', () => {
    expect(kernelVariance(kernel('riesz', 'chordal', 1), 3)).toBe(Infinity);
    expect(kernelVariance(kernel('riesz', 'chordal', 0.9), 3)).toBeGreaterThan(0);
  });
});

describe('simulation', () => {
  const pairs = 20_000;
  for (const d of [2, 5, 32]) {
    test(`agrees with ${pairs} random pairs in ${d} dimensions, within 4.5 standard errors`, () => {
      const random = Random.fromSeed(d);
      const points = uniformRows(2 * pairs, d, random);
      for (const k of finite) {
        const variance = kernelVariance(k, d);
        if (variance === Infinity) continue;
        let mean = 0;
        for (let i = 0; i < pairs; i++) {
          let squared = 0;
          for (let c = 0; c < d; c++) {
            squared += (points.data[2 * i * d + c] - points.data[(2 * i + 1) * d + c]) ** 2;
          }
          const r = Math.sqrt(squared);
          mean += kernelAt(k, r, angleOfChord(r)) / pairs;
        }
        const error = Math.abs(mean - expectedKernel(k, d)) / Math.sqrt(variance / pairs);
        expect(error, shown(k)).toBeLessThan(4.5);
      }
    });
  }
});

describe('mmdToUniform', () => {
  test('is the mean kernel less its expectation, and zero at it', () => {
    const k = kernel('gaussian', 'chordal', 2);
    const verdict = mmdToUniform(0.5, k, 8);
    expect(verdict).toMatchObject({ positiveDefinite: true });
    if (verdict.positiveDefinite) expect(verdict.value).toBe(0.5 - expectedKernel(k, 8));
    expect(mmdToUniform(expectedKernel(k, 8), k, 8)).toMatchObject({ value: 0 });
  });
  test('of exp(uniformity) with the same t is the MMD of the Gaussian', () => {
    const mean = 0.03;
    const k = kernel('gaussian', 'chordal', 2);
    const verdict = mmdToUniform(exp(log(mean)), k, 16);
    if (!verdict.positiveDefinite) throw new Error(verdict.reason);
    expect(verdict.value).toBeCloseTo(mean - verdict.expectation, 15);
  });
  test('gives an energy and a reason where the kernel has no MMD', () => {
    const none = (k: PairKernel, d: number) => {
      const verdict = mmdToUniform(1.5, k, d);
      expect(verdict).toMatchObject({ positiveDefinite: false, energy: 1.5 });
      return verdict.positiveDefinite ? '' : verdict.reason;
    };
    expect(none(kernel('gaussian', 'geodesic', 1), 3)).toContain('positive definite on no sphere');
    expect(none(kernel('riesz', 'chordal', 2), 3)).toContain('no finite expectation');
    expect(none(kernel('riesz', 'chordal', -2), 3)).toContain('above s = -2');
    expect(none(kernel('riesz', 'geodesic', -1), 3)).toContain('above s = -1');
  });
  test('is right that the geodesic Gaussian is not positive definite on the circle', () => {
    const coefficient = (k: PairKernel, m: number) => {
      const { nodes, weights } = gaussLegendre(400);
      return nodes.reduce((sum, x, i) => {
        const theta = (Math.PI * (1 + x)) / 2;
        const value = kernelAt(k, 2 * Math.sin(theta / 2), theta) * cos(m * theta);
        return sum + 0.5 * weights[i] * value;
      }, 0);
    };
    const lowest = (k: PairKernel) =>
      Math.min(...Array.from({ length: 40 }, (_, m) => coefficient(k, m)));
    expect(lowest(kernel('gaussian', 'geodesic', 0.5))).toBeLessThan(-1e-6);
    expect(lowest(kernel('gaussian', 'chordal', 0.5))).toBeGreaterThan(-1e-14);
    expect(lowest(kernel('laplace', 'geodesic', 0.5))).toBeGreaterThan(0);
    expect(lowest(kernel('laplace', 'chordal', 0.5))).toBeGreaterThan(0);
  });
});
