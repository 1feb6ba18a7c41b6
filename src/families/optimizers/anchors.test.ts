import { describe, expect, test } from 'vitest';
import { type Matrix, row, toFloat64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { sphere } from '../../manifolds/sphere.ts';
import { gaussianEnergy } from '../objectives/gaussian-energy.ts';
import { koleo } from '../objectives/koleo.ts';
import { lloyd } from '../objectives/lloyd.ts';
import { maxMinAngle } from '../objectives/max-min-angle.ts';
import { sliced } from '../objectives/sliced.ts';
import type { BoundObjective } from '../objectives/types.ts';
import { uniformity } from '../objectives/uniformity.ts';
import { riemannianAdam } from './riemannian-adam.ts';
import { riemannianSgd } from './riemannian-sgd.ts';

const engine = referenceEngine;

/** Smallest angle between two rows, in degrees. */
function minAngle(points: Matrix): number {
  let smallest = Math.PI;
  for (let i = 0; i < points.rows; i++) {
    for (let j = 0; j < i; j++) {
      smallest = Math.min(smallest, sphere.distance(row(points, i), row(points, j)));
    }
  }
  return (smallest * 180) / Math.PI;
}

/** The paper's run: 24 points on the sphere in 3 dimensions, 2500 steps of Adam at 0.005. */
async function tammes24(objective: BoundObjective, seed: number): Promise<number> {
  const start = uniformPoints(24, 3, Random.fromSeed(seed));
  const settings = { steps: 2500, learningRate: 0.005, seed };
  const { points } = await riemannianAdam({ objective, manifold: sphere, start }, settings, {
    engine,
  });
  return minAngle(points);
}

async function best(objective: BoundObjective, seeds: readonly number[]): Promise<number> {
  let angle = 0;
  for (const seed of seeds) angle = Math.max(angle, await tammes24(objective, seed));
  return angle;
}

describe('24 points in 3 dimensions, as in Keep your distance (arXiv:2502.08231)', () => {
  // The best possible is 43.6908° (Robinson 1961).
  const optimum = 43.6908;

  test('the nearest-neighbour objectives come within 0.12° of the best possible', async () => {
    for (const objective of [maxMinAngle.bind(), koleo.bind()]) {
      const angle = await best(objective, [42, 52, 62]);
      expect(angle).toBeGreaterThan(43.57);
      expect(angle).toBeLessThan(optimum);
    }
  });

  test('the objectives come in the order that ledoh-torch finds', async () => {
    // ledoh-torch, best of three starts: KoLeo 43.59, Gaussian (its γ = 25 is 12.5 here) 42.91,
    // Lloyd 40.60, sliced 32.81 degrees.
    const nearest = await best(koleo.bind(), [52]);
    const gaussian = await best(gaussianEnergy.bind({ gamma: 12.5 }), [52, 62]);
    const cells = await best(lloyd.bind({ samples: 300 }), [62]);
    const circles = await best(sliced.bind({ circles: 1 }), [42, 52]);
    expect(nearest).toBeGreaterThan(gaussian + 0.3);
    expect(gaussian).toBeGreaterThan(cells + 1);
    expect(cells).toBeGreaterThan(circles + 1);
    expect(circles).toBeGreaterThan(25);
    expect(gaussian).toBeGreaterThan(42);
  });
});

describe('d + 1 points', () => {
  test.each([
    { method: riemannianAdam, learningRate: 0.05 },
    { method: riemannianSgd, learningRate: 0.3 },
  ])('become the regular simplex under $method.spec.title', async ({ method, learningRate }) => {
    for (const d of [2, 3, 7]) {
      const start = toFloat64(uniformPoints(d + 1, d, Random.fromSeed(d)));
      for (let i = 0; i <= d; i++) sphere.projectPoint(row(start, i), row(start, i));
      const problem = { objective: uniformity.bind(), manifold: sphere, start };
      const settings = { steps: 2000, learningRate, schedule: 'cosine' } as const;
      const { points } = await method(problem, settings, { engine });
      const expected = (Math.acos(-1 / d) * 180) / Math.PI;
      expect(Math.abs(minAngle(points) - expected)).toBeLessThan(1e-4);
    }
  });
});

describe('a kernel so narrow that its gradients are tiny', () => {
  test('moves uniform points in 64 dimensions apart all the same', async () => {
    // exp(−25·2) = 2e-22: with an absolute ε of 1e-8 nothing would move.
    const start = uniformPoints(60, 64, Random.fromSeed(9));
    const objective = gaussianEnergy.bind({ gamma: 25 });
    const settings = { steps: 200, learningRate: 0.005 };
    const { points } = await riemannianAdam({ objective, manifold: sphere, start }, settings, {
      engine,
    });
    expect(minAngle(points)).toBeGreaterThan(minAngle(start) + 8);
  });
});
