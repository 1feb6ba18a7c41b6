import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import { sphere } from './sphere.ts';

const unit = (...x: number[]) => {
  const out = Float64Array.from(x);
  sphere.projectPoint(out, out);
  return out;
};

describe('sphere', () => {
  test('a quarter turn takes the first axis to the second and its velocity to minus the first', () => {
    const point = Float64Array.of(1, 0, 0);
    const velocity = Float64Array.of(0, 1, 0);
    sphere.flowInPlace(point, velocity, Math.PI / 2);
    for (const [c, value] of [0, 1, 0].entries()) expect(point[c]).toBeCloseTo(value, 15);
    for (const [c, value] of [-1, 0, 0].entries()) expect(velocity[c]).toBeCloseTo(value, 15);
  });

  test('transport round a triangle of three right angles turns a vector by a right angle', () => {
    const [x, y, z] = [unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1)];
    const v = Float64Array.of(0, 1, 0);
    sphere.transportBetween(x, y, v, v);
    sphere.transportBetween(y, z, v, v);
    sphere.transportBetween(z, x, v, v);
    for (const [c, value] of [0, 0, 1].entries()) expect(v[c]).toBeCloseTo(value, 15);
  });

  test('distances of 1e-12 and of π − 1e-12 keep their digits', () => {
    const x = Float64Array.of(1, 0, 0);
    const near = Float64Array.of(1, 1e-12, 0);
    const far = Float64Array.of(-1, 1e-12, 0);
    expect(sphere.distance(x, near)).toBeCloseTo(1e-12, 24);
    expect(Math.PI - sphere.distance(x, far)).toBeCloseTo(1e-12, 15);
    expect(sphere.distance(x, Float64Array.of(-1, 0, 0))).toBe(Math.PI);
  });

  test('the logarithm of a point 1e-12 away keeps its direction', () => {
    const x = unit(1, 2, 3);
    const u = Float64Array.of(3e-12, 0, -1e-12);
    const back = new Float64Array(3);
    const y = new Float64Array(3);
    sphere.exp(x, u, y);
    sphere.log(x, y, back);
    // The coordinates of y are rounded to 1.1e-16, a share of 1e-4 of the motion.
    for (let c = 0; c < 3; c++) expect(Math.abs(back[c] - u[c])).toBeLessThan(3e-16);
  });

  test('the logarithm at the antipode has length π and reaches it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), (d, seed) => {
        const x = new Float64Array(d);
        sphere.randomPoint(Random.fromSeed(seed), x);
        const antipode = x.map((value) => -value);
        const u = new Float64Array(d);
        sphere.log(x, antipode, u);
        expect(Math.sqrt(sphere.inner(x, u, u))).toBeCloseTo(Math.PI, 14);
        sphere.exp(x, u, u);
        for (let c = 0; c < d; c++) expect(u[c]).toBeCloseTo(antipode[c], 14);
      }),
    );
  });

  test('the logarithm at the antipode goes along the axis in which the point is smallest', () => {
    const u = new Float64Array(3);
    sphere.log(Float64Array.of(0, 1, 0), Float64Array.of(0, -1, 0), u);
    expect(u).toEqual(Float64Array.of(Math.PI, 0, 0));
  });

  test('transport to the antipode follows that logarithm and keeps lengths', () => {
    const x = unit(3, -1, 2);
    const antipode = x.map((value) => -value);
    const v = Float64Array.of(1, 1, -1);
    const out = new Float64Array(3);
    sphere.projectTangent(x, v, v);
    sphere.transportBetween(x, antipode, v, out);
    expect(sphere.inner(antipode, out, out)).toBeCloseTo(sphere.inner(x, v, v), 14);
    expect(sphere.inner(x, out, x)).toBeCloseTo(0, 15);
  });

  test('in one dimension the sphere is two points', () => {
    const one = Float64Array.of(1);
    const other = Float64Array.of(-1);
    const u = Float64Array.of(5);
    sphere.projectTangent(one, u, u);
    expect(u).toEqual(Float64Array.of(0));
    expect(sphere.distance(one, other)).toBe(Math.PI);
    sphere.log(one, other, u);
    expect(u).toEqual(Float64Array.of(0));
    sphere.exp(one, u, u);
    expect(u).toEqual(one);
  });

  test('vectors of extreme length project to the point in their direction, zero to the first axis', () => {
    const out = new Float64Array(2);
    sphere.projectPoint(Float64Array.of(3e200, 4e200), out);
    expect(out).toEqual(Float64Array.of(0.6, 0.8));
    sphere.projectPoint(Float64Array.of(3e-200, 4e-200), out);
    for (const [c, value] of [0.6, 0.8].entries()) expect(out[c]).toBeCloseTo(value, 15);
    sphere.projectPoint(Float64Array.of(0, 0), out);
    expect(out).toEqual(Float64Array.of(1, 0));
  });

  test('a matrix of points is a product of spheres: ten thousand float32 steps keep rows unit', () => {
    const random = Random.fromSeed(1);
    const x = new Float32Array(8);
    const u = new Float32Array(8);
    sphere.randomPoint(random, x);
    for (let step = 0; step < 10_000; step++) {
      for (let c = 0; c < 8; c++) u[c] = 0.1 * random.normal();
      sphere.projectTangent(x, u, u);
      sphere.exp(x, u, x);
    }
    expect(Math.abs(sphere.inner(x, x, x) - 1)).toBeLessThan(2e-7);
  });
});
