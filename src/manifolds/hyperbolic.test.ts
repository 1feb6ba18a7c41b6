import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { ballToHyperboloid, hyperboloidToBall } from './hyperbolic-models.ts';
import { hyperboloid } from './hyperboloid.ts';
import type { Manifold } from './index.ts';
import { poincareBall } from './poincare-ball.ts';
import { asinh, cosh, sinh, tanh } from './support/hyperbolic-functions.ts';

const models = fc.record({
  c: fc.constantFrom(0.1, 1, 4),
  d: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
});

const drawn = (manifold: Manifold, d: number, random: Random) => {
  const x = new Float64Array(d);
  manifold.randomPoint(random, x);
  return x;
};

const lifted = (x: Float64Array, c: number) => {
  const out = new Float64Array(x.length + 1);
  ballToHyperboloid(x, out, c);
  return out;
};

/** A point of the ball `radius` away from its center, on the first axis, and the same one of the hyperboloid. */
const onAxis = (radius: number, d = 2) => {
  const ball = new Float64Array(d);
  ball[0] = Math.tanh(radius / 2);
  const sheet = new Float64Array(d + 1);
  [sheet[0], sheet[1]] = [Math.cosh(radius), Math.sinh(radius)];
  return { ball, sheet };
};

describe('the Poincaré ball', () => {
  test('the point x is 2 artanh ‖x‖ from the center', () => {
    const center = new Float64Array(3);
    for (const r of [1e-12, 1e-3, 0.5, 0.999, 1 - 1e-9]) {
      const expected = 2 * Math.atanh(r);
      const x = Float64Array.of(0.6 * r, 0, 0.8 * r);
      expect(Math.abs(poincareBall().distance(center, x) / expected - 1)).toBeLessThan(1e-8);
    }
  });

  test('with curvature −c lengths are those of curvature −1 by √c', () => {
    const [x, y] = [Float64Array.of(0.3, -0.4), Float64Array.of(-0.5, 0.1)];
    const half = (v: Float64Array) => v.map((value) => value / 2);
    const expected = poincareBall(1).distance(x, y) / 2;
    expect(poincareBall(4).distance(half(x), half(y))).toBeCloseTo(expected, 15);
  });

  test('the distance is the published formula arcosh(1 + 2‖x−y‖²/((1−‖x‖²)(1−‖y‖²)))', () => {
    const [x, y] = [Float64Array.of(0.3, -0.4), Float64Array.of(-0.5, 0.1)];
    const expected = Math.acosh(1 + (2 * (0.64 + 0.25)) / ((1 - 0.25) * (1 - 0.26)));
    expect(poincareBall().distance(x, y)).toBeCloseTo(expected, 14);
  });

  test('the Riemannian gradient is the Euclidean one times (1 − ‖x‖²)²/4', () => {
    const out = new Float64Array(2);
    poincareBall().toRiemannianGradient(Float64Array.of(0.6, 0), Float64Array.of(1, -2), out);
    for (const [i, value] of [0.1024, -0.2048].entries()) expect(out[i]).toBeCloseTo(value, 15);
  });

  test('a step of any length stays inside, in both element types', () => {
    for (const Floats of [Float32Array, Float64Array]) {
      const ball = poincareBall();
      const [x, u] = [Floats.of(0.1, 0.9), Floats.of(0, 1e6)];
      ball.flowInPlace(x, u, 1);
      expect(Math.hypot(x[0], x[1])).toBeLessThan(1);
      const once = Floats.from(x);
      ball.projectPoint(x, x);
      expect(x).toEqual(once);
      ball.retraction(x, Floats.of(5, 5), x);
      expect(Math.hypot(x[0], x[1])).toBeLessThan(1);
    }
  });

  test('near points far out keep the digits of their distance', () => {
    // Along a ray d = 2 artanh r changes by 2δ/(1 − r²).
    const [r, delta] = [1 - 2 ** -20, 2 ** -40];
    const expected = (2 * delta) / (1 - r * r);
    const gap = poincareBall().distance(Float64Array.of(r, 0), Float64Array.of(r + delta, 0));
    expect(Math.abs(gap / expected - 1)).toBeLessThan(1e-6);
  });
});

describe('the hyperboloid', () => {
  test('the point (cosh r, sinh r) is r from the origin, the nearest and the farthest', () => {
    const origin = Float64Array.of(1, 0, 0);
    for (const r of [1e-12, 0.1, 3, 20]) {
      const { sheet } = onAxis(r);
      expect(Math.abs(hyperboloid().distance(origin, sheet) / r - 1)).toBeLessThan(1e-15 * 20);
    }
  });

  test('near points far out, and opposite ones, keep the digits of their distance', () => {
    const { distance } = hyperboloid();
    const [near, far] = [onAxis(15).sheet, onAxis(15 + 2 ** -20).sheet];
    expect(Math.abs(distance(near, far) / 2 ** -20 - 1)).toBeLessThan(1e-9);
    const opposite = Float64Array.of(near[0], -near[1], 0);
    expect(distance(near, opposite)).toBeCloseTo(30, 12);
    // At a right angle: cosh d = cosh² r.
    const across = Float64Array.of(near[0], 0, near[1]);
    expect(distance(near, across)).toBeCloseTo(Math.acosh(Math.cosh(15) ** 2), 12);
  });

  test('float32 points stay on the sheet over a thousand steps', () => {
    const random = Random.fromSeed(4);
    const sheet = hyperboloid();
    const x = new Float32Array(5);
    sheet.randomPoint(random, x);
    for (let step = 0; step < 1000; step++) {
      const u = Float32Array.from({ length: 5 }, (_, i) => (i > 0 ? 0.05 * random.normal() : 0));
      sheet.transportBetween(Float32Array.of(1, 0, 0, 0, 0), x, u, u);
      sheet.flowInPlace(x, u, 1);
    }
    const time = Math.sqrt(1 + x[1] ** 2 + x[2] ** 2 + x[3] ** 2 + x[4] ** 2);
    expect(Math.abs(x[0] / time - 1)).toBeLessThan(1e-7);
  });
});

describe('ball and hyperboloid are one space', () => {
  test('the map between them and back changes nothing', () => {
    fc.assert(
      fc.property(models, ({ c, d, seed }) => {
        const x = drawn(poincareBall(c), d, Random.fromSeed(seed));
        const back = new Float64Array(d);
        hyperboloidToBall(lifted(x, c), back, c);
        for (let i = 0; i < d; i++) expect(back[i]).toBeCloseTo(x[i], 14);
      }),
    );
  });

  test('it is an isometry', () => {
    fc.assert(
      fc.property(models, ({ c, d, seed }) => {
        const random = Random.fromSeed(seed);
        const [ball, sheet] = [poincareBall(c), hyperboloid(c)];
        const [x, y] = [drawn(ball, d, random), drawn(ball, d, random)];
        const expected = ball.distance(x, y);
        // Coordinates of the ball are rounded to 1e-16, and lengths there grow by λ.
        const lambda = 2 / (1 - c * y.reduce((sum, value) => sum + value * value, 0));
        const lambdaX = 2 / (1 - c * x.reduce((sum, value) => sum + value * value, 0));
        const tolerance = 2e-14 * Math.max(1, lambda, lambdaX);
        const got = sheet.distance(lifted(x, c), lifted(y, c));
        expect(Math.abs(got - expected)).toBeLessThan(tolerance);
      }),
    );
  });

  test('geodesics and transport are the same in both', () => {
    const [ball, sheet] = [poincareBall(), hyperboloid()];
    const x = Float64Array.of(0.3, -0.2, 0.4);
    const y = Float64Array.of(-0.6, 0.1, 0.2);
    const v = Float64Array.of(0.2, 0.5, -0.1);
    // The differential of the map, by central differences: exact to 1e-10.
    const pushed = (at: Float64Array, w: Float64Array) => {
      const h = 1e-5;
      const ahead = lifted(
        at.map((value, i) => value + h * w[i]),
        1,
      );
      const behind = lifted(
        at.map((value, i) => value - h * w[i]),
        1,
      );
      return ahead.map((value, i) => (value - behind[i]) / (2 * h));
    };
    const carried = new Float64Array(3);
    ball.transportBetween(x, y, v, carried);
    const there = new Float64Array(4);
    sheet.transportBetween(lifted(x, 1), lifted(y, 1), pushed(x, v), there);
    const expected = pushed(y, carried);
    for (let i = 0; i < 4; i++) expect(Math.abs(there[i] - expected[i])).toBeLessThan(1e-8);
    const [end, up] = [new Float64Array(3), new Float64Array(4)];
    ball.exp(x, v, end);
    sheet.exp(lifted(x, 1), pushed(x, v), up);
    for (let i = 0; i < 4; i++) expect(Math.abs(up[i] - lifted(end, 1)[i])).toBeLessThan(1e-8);
  });
});

test('a curvature that is not a positive number is refused', () => {
  for (const make of [poincareBall, hyperboloid]) {
    expect(() => make(0)).toThrow('option "curvature" must be a positive number c');
    expect(() => make(Number.NaN)).toThrow('option "curvature" must be a positive number c');
  }
});

test('hyperbolic functions have all digits, near 0 and far out', () => {
  for (const x of [0, 1e-300, 1e-9, 0.3, 0.999, 1, 2.5, 30, 300]) {
    for (const [own, theirs] of [
      [sinh, Math.sinh],
      [cosh, Math.cosh],
      [tanh, Math.tanh],
      [asinh, Math.asinh],
    ] as const) {
      const expected = theirs(x);
      expect(Math.abs(own(x) - expected)).toBeLessThanOrEqual(2e-15 * expected);
    }
  }
  expect(asinh(1e300)).toBeCloseTo(Math.asinh(1e300), 12);
  expect(sinh(-0.5)).toBe(-sinh(0.5));
  expect(tanh(-30)).toBe(-1);
});
