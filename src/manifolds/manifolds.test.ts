import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import type { Manifold } from './contract.ts';
import { euclidean } from './euclidean.ts';
import { grassmann } from './grassmann.ts';
import { hyperboloid } from './hyperboloid.ts';
import { poincareBall } from './poincare-ball.ts';
import { sphere } from './sphere.ts';
import { stiefel } from './stiefel.ts';

interface Case {
  readonly manifold: Manifold;
  /** Geodesics shorter than this are the only shortest ones. */
  readonly injectivityRadius: number;
  /** The length of a vector for d = 2 … 12, where not every length will do. */
  readonly lengthFor?: (d: number) => number;
  /** Whether distances are known only between points nearer than the radius. */
  readonly isLocal?: boolean;
  /** How much coarser than on the sphere rounding may be. */
  readonly grain?: number;
}

/** k rows of more than k numbers, fewer than 2k and more. */
const rowsOf = (k: number) => (d: number) => k * (Math.ceil(d / 2) + k);

const cases: readonly Case[] = [
  { manifold: sphere, injectivityRadius: Math.PI },
  { manifold: euclidean, injectivityRadius: 10 },
  // Decompositions round a point and a vector several times over.
  { manifold: grassmann(1), injectivityRadius: Math.PI / 2, grain: 20 },
  { manifold: grassmann(3), injectivityRadius: Math.PI / 2, lengthFor: rowsOf(3), grain: 20 },
  // Shooting stops at the rounding of the end point.
  { manifold: stiefel(1), injectivityRadius: 2, isLocal: true, grain: 50 },
  { manifold: stiefel(3), injectivityRadius: 2, isLocal: true, lengthFor: rowsOf(3), grain: 50 },
  // Lengths grow by λ towards the boundary, and with them the rounding of the coordinates.
  { manifold: poincareBall(0.25), injectivityRadius: 2, grain: 20 },
  // Coordinates grow with the distance from the origin.
  { manifold: hyperboloid(0.25), injectivityRadius: 2, grain: 200 },
];

const anywhere = fc.record({ d: fc.integer({ min: 2, max: 12 }), seed: fc.nat() });

function normals(random: Random, d: number): Float64Array {
  return Float64Array.from({ length: d }, () => random.normal());
}

/** A point of the manifold and two tangent vectors there: one shorter than the radius, one √d long. */
function place({ manifold, injectivityRadius }: Case, d: number, seed: number) {
  const random = Random.fromSeed(seed);
  const x = new Float64Array(d);
  manifold.randomPoint(random, x);
  const u = normals(random, d);
  const v = normals(random, d);
  manifold.projectTangent(x, u, u);
  manifold.projectTangent(x, v, v);
  const length = Math.sqrt(manifold.inner(x, u, u));
  const wanted = 0.999 * injectivityRadius * random.uniform();
  for (let c = 0; c < d; c++) u[c] *= wanted / length;
  const unit = Math.sqrt(d / manifold.inner(x, v, v));
  for (let c = 0; c < d; c++) v[c] *= unit;
  // A short projection was lengthened, and with it the rounding error of being tangent.
  manifold.projectTangent(x, u, u);
  return { random, x, u, v };
}

describe.each(cases)('$manifold.id', (one) => {
  const { manifold, injectivityRadius, isLocal, grain = 1, lengthFor = (d) => d } = one;
  const everywhere = (law: (at: ReturnType<typeof place>, d: number) => void) =>
    fc.assert(
      fc.property(anywhere, ({ d, seed }) => law(place(one, lengthFor(d), seed), lengthFor(d))),
      { numRuns: isLocal ? 30 : 100 },
    );
  const rounding = grain === 1 ? 0 : 1e-15;
  /** Within the tolerance, relative where numbers are large. */
  const expectNear = (actual: number, expected: number, tolerance: number, size = expected) =>
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
      grain * tolerance * Math.max(1, Math.abs(size)),
    );
  const expectClose = (actual: Float64Array, expected: Float64Array, tolerance: number) => {
    const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [c, value] of actual.entries()) expectNear(value, expected[c], tolerance, size);
  };

  test('the logarithm undoes the exponential map', () => {
    everywhere(({ x, u }, d) => {
      const y = new Float64Array(d);
      const back = new Float64Array(d);
      manifold.exp(x, u, y);
      manifold.log(x, y, back);
      // Near the cut locus a rounding error of y turns the direction by its distance from there.
      expectClose(back, u, 1e-11);
    });
  });

  test('the distance is the length of the logarithm', () => {
    everywhere(({ x, u }, d) => {
      const y = new Float64Array(d);
      manifold.exp(x, u, y);
      const length = Math.sqrt(manifold.inner(x, u, u));
      expectNear(manifold.distance(x, y), length, 5e-14);
    });
  });

  test('the distance is symmetric, zero at a point itself and obeys the triangle inequality', () => {
    everywhere(({ random, x, u, v }, d) => {
      const y = new Float64Array(d);
      const z = new Float64Array(d);
      manifold.randomPoint(random, z);
      if (isLocal) {
        const half = injectivityRadius / (2 * Math.sqrt(manifold.inner(x, v, v)));
        for (let c = 0; c < d; c++) [u[c], v[c]] = [u[c] / 2, v[c] * half];
        manifold.exp(x, v, z);
      }
      manifold.exp(x, u, y);
      expectNear(manifold.distance(x, x), 0, rounding);
      expectNear(manifold.distance(x, y), manifold.distance(y, x), 10 * rounding);
      const around = manifold.distance(x, y) + manifold.distance(y, z);
      expect(manifold.distance(x, z)).toBeLessThanOrEqual(around + 1e-14 * grain);
    });
  });

  test('transport keeps inner products and stays tangent', () => {
    everywhere(({ x, u, v }, d) => {
      const y = new Float64Array(d);
      const carried = new Float64Array(d);
      const velocity = new Float64Array(d);
      const projected = new Float64Array(d);
      manifold.exp(x, u, y);
      manifold.transport(x, u, v, carried);
      manifold.transport(x, u, u, velocity);
      expectNear(manifold.inner(y, carried, carried), manifold.inner(x, v, v), 5e-12);
      expectNear(manifold.inner(y, carried, velocity), manifold.inner(x, u, v), 5e-12);
      manifold.projectTangent(y, carried, projected);
      expectClose(carried, projected, 1e-13);
    });
  });

  test('transport carries the velocity to the velocity', () => {
    everywhere(({ x, u }, d) => {
      const y = new Float64Array(d);
      const carried = new Float64Array(d);
      const back = new Float64Array(d);
      manifold.exp(x, u, y);
      manifold.transport(x, u, u, carried);
      for (let c = 0; c < d; c++) carried[c] = -carried[c];
      manifold.exp(y, carried, back);
      expectClose(back, x, 1e-13);
    });
  });

  test('transport between points is transport along the logarithm', () => {
    everywhere(({ x, u, v }, d) => {
      const y = new Float64Array(d);
      const along = new Float64Array(d);
      const between = new Float64Array(d);
      manifold.exp(x, u, y);
      manifold.transport(x, u, v, along);
      manifold.transportBetween(x, y, v, between);
      expectClose(between, along, 1e-11);
    });
  });

  test('the flow is the exponential map with the velocity transported along it', () => {
    everywhere(({ random, x, v }, d) => {
      const time = 4 * random.uniform() - 2;
      const step = v.map((value) => time * value);
      const y = new Float64Array(d);
      const carried = new Float64Array(d);
      manifold.exp(x, step, y);
      manifold.transport(x, step, v, carried);
      const point = Float64Array.from(x);
      const velocity = Float64Array.from(v);
      manifold.flowInPlace(point, velocity, time);
      expectClose(point, y, 1e-13);
      expectClose(velocity, carried, 1e-12);
    });
  });

  test('the flow for two times is the flow for their sum', () => {
    everywhere(({ random, x, v }) => {
      const time = 2 * random.uniform() - 1;
      const point = Float64Array.from(x);
      const velocity = Float64Array.from(v);
      const atOnce = Float64Array.from(x);
      const velocityAtOnce = Float64Array.from(v);
      manifold.flowInPlace(point, velocity, time);
      manifold.flowInPlace(point, velocity, 0.5);
      manifold.flowInPlace(atOnce, velocityAtOnce, time + 0.5);
      expectClose(point, atOnce, 1e-12);
      expectClose(velocity, velocityAtOnce, 1e-12);
    });
  });

  test('the retraction agrees with the exponential map to first order', () => {
    everywhere(({ x, v }, d) => {
      const moved = new Float64Array(d);
      const retracted = new Float64Array(d);
      const gap = (h: number): number => {
        const step = v.map((value) => h * value);
        manifold.exp(x, step, moved);
        manifold.retraction(x, step, retracted);
        return manifold.distance(moved, retracted);
      };
      expect(gap(1e-3)).toBeLessThanOrEqual(gap(2e-3) / 3.9 + 1e-15);
    });
  });

  test('the Riemannian gradient is tangent and gives the first-order change', () => {
    everywhere(({ random, x, v }, d) => {
      const weights = normals(random, d);
      const loss = (at: Float64Array) =>
        at.reduce((sum, value, c) => sum + weights[c] * value * (1 + value), 0);
      const gradient = x.map((value, c) => weights[c] * (1 + 2 * value));
      const squaredNorm = manifold.toRiemannianGradient(x, gradient, gradient);
      expectNear(squaredNorm, manifold.inner(x, gradient, gradient), 5e-12);
      const projected = new Float64Array(d);
      manifold.projectTangent(x, gradient, projected);
      expectClose(projected, gradient, 1e-13);
      const y = new Float64Array(d);
      const lossAt = (h: number): number => {
        const step = v.map((value) => h * value);
        manifold.exp(x, step, y);
        return loss(y);
      };
      const slope = (h: number): number => (lossAt(h) - lossAt(-h)) / (2 * h);
      // Richardson: the error of second order in h cancels, that of fourth order stays below 1e-9.
      const expected = (4 * slope(1e-3) - slope(2e-3)) / 3;
      expectNear(manifold.inner(x, gradient, v), expected, 1e-8);
    });
  });

  test('projections are idempotent, to the manifold and to its tangent spaces', () => {
    everywhere(({ random, x }, d) => {
      const once = new Float64Array(d);
      const twice = new Float64Array(d);
      manifold.projectPoint(normals(random, d), once);
      manifold.projectPoint(once, twice);
      expectClose(twice, once, 3e-16);
      manifold.projectTangent(x, normals(random, d), once);
      manifold.projectTangent(x, once, twice);
      expectClose(twice, once, 1e-15);
    });
  });

  test('no motion leaves everything where it is', () => {
    everywhere(({ x, v }, d) => {
      const still = new Float64Array(d);
      const out = new Float64Array(d);
      manifold.exp(x, still, out);
      expectClose(out, x, 3e-16);
      manifold.transport(x, still, v, out);
      expectClose(out, v, rounding);
      manifold.log(x, x, out);
      expectClose(out, still, rounding);
      out.set(x);
      manifold.flowInPlace(out, still, 3);
      expectClose(out, x, 3e-16);
      expectClose(still, new Float64Array(d), 0);
    });
  });

  test('the output may be an input, and float32 rows give float64 results to rounding', () => {
    everywhere(({ x, u, v }, d) => {
      const out = new Float64Array(d);
      manifold.exp(x, u, out);
      const inPlace = Float64Array.from(u);
      manifold.exp(x, inPlace, inPlace);
      expect(inPlace).toEqual(out);
      manifold.transport(x, u, v, out);
      const vector = Float64Array.from(v);
      manifold.transport(x, u, vector, vector);
      expect(vector).toEqual(out);
      const single = new Float32Array(d);
      manifold.exp(x, u, out);
      manifold.exp(Float32Array.from(x), Float32Array.from(u), single);
      for (let c = 0; c < d; c++) expect(Math.abs(single[c] - out[c])).toBeLessThan(2e-6);
    });
  });
});
