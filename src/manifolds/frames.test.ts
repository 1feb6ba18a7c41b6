import { describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { grassmann } from './grassmann.ts';
import type { Manifold } from './index.ts';
import { sphere } from './sphere.ts';
import { stiefel } from './stiefel.ts';
import { matrixExponential } from './support/small-matrices.ts';

const f = (...values: number[]) => Float64Array.from(values);

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-14) => {
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(actual[i] - expected[i])).toBeLessThan(tolerance);
};

const offOrthonormal = (x: ArrayLike<number>, k: number) => {
  const p = x.length / k;
  let most = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let sum = i === j ? -1 : 0;
      for (let c = 0; c < p; c++) sum += x[i * p + c] * x[j * p + c];
      most = Math.max(most, Math.abs(sum));
    }
  }
  return most;
};

/** A point and a tangent vector of the given length there. */
const place = (manifold: Manifold, size: number, length: number, seed: number) => {
  const random = Random.fromSeed(seed);
  const [x, u] = [new Float64Array(size), new Float64Array(size)];
  manifold.randomPoint(random, x);
  for (let c = 0; c < size; c++) u[c] = random.normal();
  manifold.projectTangent(x, u, u);
  const scale = length / Math.sqrt(manifold.inner(x, u, u));
  return { random, x, u: u.map((value) => value * scale) };
};

describe('grassmann', () => {
  test('planes that share one line and meet at an angle θ in the other are θ apart', () => {
    for (const theta of [1e-12, 0.3, Math.PI / 4, 1.5, Math.PI / 2]) {
      const x = f(1, 0, 0, 0, 1, 0);
      const y = f(1, 0, 0, 0, Math.cos(theta), Math.sin(theta));
      expect(Math.abs(grassmann(2).distance(x, y) - theta)).toBeLessThan(1e-15);
    }
  });

  test('planes at the principal angles 0.3 and 1.2 are √(0.3² + 1.2²) apart', () => {
    const x = f(1, 0, 0, 0, 0, 1, 0, 0);
    const y = f(Math.cos(0.3), 0, Math.sin(0.3), 0, 0, Math.cos(1.2), 0, Math.sin(1.2));
    expect(grassmann(2).distance(x, y)).toBeCloseTo(Math.hypot(0.3, 1.2), 14);
  });

  test('other rows of the same subspace are the same point', () => {
    const manifold = grassmann(2);
    const { x, u } = place(manifold, 10, 1, 3);
    const y = new Float64Array(10);
    manifold.exp(x, u, y);
    const turned = Float64Array.from(y, (_, e) =>
      e < 5 ? 0.6 * y[e] + 0.8 * y[e + 5] : 0.8 * y[e - 5] - 0.6 * y[e],
    );
    expect(manifold.distance(y, turned)).toBeLessThan(1e-15);
    const log = new Float64Array(10);
    manifold.log(x, turned, log);
    close(log, u);
    const [carried, expected] = [new Float64Array(10), new Float64Array(10)];
    manifold.transportBetween(x, turned, u, carried);
    manifold.transport(x, u, u, expected);
    close(
      carried,
      Float64Array.from(expected, (_, e) =>
        e < 5
          ? 0.6 * expected[e] + 0.8 * expected[e + 5]
          : 0.8 * expected[e - 5] - 0.6 * expected[e],
      ),
    );
  });

  test('a step along a geodesic is as long as its velocity says', () => {
    const manifold = grassmann(4);
    const { x, u } = place(manifold, 4 * 32, 1, 5);
    for (const time of [0.01, 0.5, 1.2]) {
      const [y, v] = [Float64Array.from(x), Float64Array.from(u)];
      manifold.flowInPlace(y, v, time);
      expect(manifold.distance(x, y)).toBeCloseTo(time, 13);
    }
  });

  test('lines are points of the sphere up to sign', () => {
    const { x, u } = place(sphere, 5, 1, 1);
    const [y, z] = [new Float64Array(5), new Float64Array(5)];
    sphere.exp(x, u, y);
    grassmann(1).exp(x, u, z);
    close(z, y);
    expect(
      grassmann(1).distance(
        x,
        y.map((value) => -value),
      ),
    ).toBeCloseTo(1, 14);
  });
});

describe('stiefel', () => {
  test('one row is a point of the sphere', () => {
    const { x, u, random } = place(sphere, 5, 2, 2);
    const v = Float64Array.from(u, () => random.normal());
    sphere.projectTangent(x, v, v);
    const [own, theirs] = [new Float64Array(5), new Float64Array(5)];
    for (const map of ['exp', 'retraction'] as const) {
      stiefel(1)[map](x, u, own);
      sphere[map](x, u, theirs);
      close(own, theirs);
    }
    stiefel(1).transport(x, u, v, own);
    sphere.transport(x, u, v, theirs);
    close(own, theirs);
    expect(stiefel(1).inner(x, u, v)).toBeCloseTo(sphere.inner(x, u, v), 14);
  });

  test('a turn of two rows in their plane by θ has the length θ', () => {
    // Canonical metric: ½‖A‖² with A = [[0, −θ], [θ, 0]].
    const x = f(1, 0, 0, 0, 1, 0);
    const y = f(Math.cos(0.7), Math.sin(0.7), 0, -Math.sin(0.7), Math.cos(0.7), 0);
    expect(stiefel(2).distance(x, y)).toBeCloseTo(0.7, 13);
  });

  test('all of R^p: a turn of the whole frame', () => {
    const x = f(1, 0, 0, 1);
    const out = new Float64Array(4);
    stiefel(2).exp(x, f(0, 0.4, -0.4, 0), out);
    close(out, [Math.cos(0.4), Math.sin(0.4), -Math.sin(0.4), Math.cos(0.4)]);
  });

  test('the second derivative of a geodesic is that of the canonical metric', () => {
    // Edelman, Arias and Smith 1998, equation 2.41: ẍ + ẋẋᵀx + x((xᵀẋ)² + ẋᵀẋ) = 0, for columns.
    const manifold = stiefel(2);
    const { x, u } = place(manifold, 8, 1, 6);
    const h = 1e-3;
    const at = (t: number) => {
      const out = new Float64Array(8);
      manifold.exp(
        x,
        u.map((value) => t * value),
        out,
      );
      return out;
    };
    const [a, b, c, d] = [at(h), at(-h), at(2 * h), at(-2 * h)];
    const second = x.map((value, e) => {
      const near = (a[e] + b[e] - 2 * value) / (h * h);
      const wide = (c[e] + d[e] - 2 * value) / (4 * h * h);
      return (4 * near - wide) / 3;
    });
    const inner = (p: Float64Array, i: number, q: Float64Array, j: number) => {
      let sum = 0;
      for (let e = 0; e < 4; e++) sum += p[i * 4 + e] * q[j * 4 + e];
      return sum;
    };
    for (let j = 0; j < 2; j++) {
      for (let e = 0; e < 4; e++) {
        let rest = second[j * 4 + e];
        for (let i = 0; i < 2; i++) {
          rest += u[i * 4 + e] * inner(u, i, x, j);
          let square = inner(u, i, u, j);
          for (let l = 0; l < 2; l++) square += inner(x, i, u, l) * inner(x, l, u, j);
          rest += x[i * 4 + e] * square;
        }
        // Differences of rounded points: 1e-16/h².
        expect(Math.abs(rest)).toBeLessThan(2e-9);
      }
    }
  });

  test('transport is the limit of projections over short steps (Schild would agree)', () => {
    // Covariant derivative zero: a parallel field keeps its inner products with other parallel fields, and its
    // reverse transport undoes it.
    const manifold = stiefel(3);
    const { x, u, random } = place(manifold, 21, 1.5, 8);
    const v = Float64Array.from(u, () => random.normal());
    manifold.projectTangent(x, v, v);
    const [y, back, there] = [u.slice(), u.slice(), u.slice()];
    manifold.exp(x, u, y);
    manifold.transport(x, u, v, there);
    manifold.transport(x, u, u, back);
    manifold.transport(
      y,
      back.map((value) => -value),
      there,
      there,
    );
    close(there, v, 1e-13);
  });

  test('frames of different orientation have no geodesic between them: one sentence says so', () => {
    expect(() => stiefel(2).distance(f(1, 0, 0, 1), f(1, 0, 0, -1))).toThrow(
      'stiefel(2): found no geodesic between two points',
    );
  });
});

describe.each([grassmann(4), stiefel(4)])('$id', (manifold) => {
  test('float32 rows stay orthonormal to 1e-6 over a thousand steps with momentum', () => {
    const { random, x, u } = place(manifold, 4 * 12, 0.1, 9);
    const [point, velocity] = [Float32Array.from(x), Float32Array.from(u)];
    for (let step = 0; step < 1000; step++) {
      const push = Float32Array.from(u, () => 0.01 * random.normal());
      manifold.projectTangent(point, push, push);
      for (let c = 0; c < push.length; c++) velocity[c] = 0.9 * velocity[c] + push[c];
      manifold.flowInPlace(point, velocity, 0.5);
    }
    expect(offOrthonormal(point, 4)).toBeLessThan(1e-6);
  });

  test('the nearest point of rows far from orthonormal is orthonormal', () => {
    const { random } = place(manifold, 4 * 12, 1, 1);
    const rows = Float64Array.from({ length: 48 }, () => 100 * random.normal());
    manifold.projectPoint(rows, rows);
    expect(offOrthonormal(rows, 4)).toBeLessThan(1e-14);
  });

  test('vectors that are no four rows of at least four numbers are refused', () => {
    expect(() => manifold.distance(new Float64Array(10), new Float64Array(10))).toThrow(
      `${manifold.id}: expected 4 rows of one length, at least 4, one after another; got 10 numbers.`,
    );
    expect(() => manifold.projectPoint(new Float64Array(12), new Float64Array(12))).toThrow(
      'got 12 numbers',
    );
  });
});

test('a number of rows that is not whole is refused', () => {
  expect(() => stiefel(0)).toThrow('option "k" must be a whole number of rows');
  expect(() => grassmann(1.5)).toThrow('option "k" must be a whole number of rows');
});

test('the exponential of a turn by θ is the rotation, of a nilpotent matrix its finite series', () => {
  for (const theta of [1e-9, 0.1, 2, 30]) {
    const [c, s] = [Math.cos(theta), Math.sin(theta)];
    close(matrixExponential(f(0, -theta, theta, 0), 2), [c, -s, s, c], 2e-14);
  }
  close(matrixExponential(f(0, 3, 1, 0, 0, 5, 0, 0, 0), 3), [1, 3, 8.5, 0, 1, 5, 0, 0, 1]);
});
