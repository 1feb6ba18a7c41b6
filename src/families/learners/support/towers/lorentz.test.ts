import { describe, expect, test } from 'vitest';
import { exp, scale } from '../../../../learning/index.ts';
import { hyperboloid } from '../../../../manifolds/index.ts';
import { expectGradient, known, numbersOf } from '../../../../testing/operation-checks.ts';
import {
  entailment,
  exteriorAngle,
  halfAperture,
  lift,
  lorentzDistance,
  lorentzDistances,
} from './lorentz.ts';

const [x, y, c] = [[0.3, -0.5, 0.8], [1.2, 0.1, 0.9], 0.7];
const dot = (u: readonly number[], v: readonly number[]) => u.reduce((s, a, i) => s + a * v[i], 0);
const products = [dot(x, x), dot(y, y), dot(x, y), c] as const;

describe('the Lorentz model', () => {
  // Right values: the formulas of meru/lorentz.py in numpy.
  test('has the values of the paper’s code', async () => {
    expect(lorentzDistance(...products).value).toBeCloseTo(0.9930183811680242, 12);
    expect(exteriorAngle(...products).value).toBeCloseTo(1.7882212863195825, 7);
    expect(halfAperture(products[0], c, 0.1).value).toBeCloseTo(0.24388311437274932, 7);
    const lifted = await numbersOf(lift(known(x, [1, 3]), known([c])));
    [0.33549589, -0.55915982, 0.89465571].forEach((value, at) => {
      expect(lifted[at]).toBeCloseTo(value, 7);
    });
  });

  test('has the distance of the manifold', async () => {
    const space = hyperboloid(c);
    const point = (v: readonly number[]) => Float64Array.of(Math.sqrt(1 / c + dot(v, v)), ...v);
    expect(lorentzDistance(...products).value).toBeCloseTo(space.distance(point(x), point(y)), 12);
  });

  test('the exterior angle is 0 straight behind a point, and π before it', () => {
    const twice = x.map((v) => 2 * v);
    expect(exteriorAngle(dot(x, x), dot(twice, twice), dot(x, twice), c).value).toBeLessThan(1e-3);
    const half = x.map((v) => v / 2);
    expect(exteriorAngle(dot(x, x), dot(half, half), dot(x, half), c).value).toBeGreaterThan(3.14);
  });

  test('lift, distances and entailment have the gradients of their values, by the curvature too', async () => {
    const curved = (parameter: Parameters<typeof exp>[0]) => exp(scale(parameter, 0.3));
    await expectGradient((v, k) => lift(v, curved(k)), [[3, 4], [1]]);
    await expectGradient((v, k) => lift(scale(v, 0.01), curved(k)), [[3, 4], [1]]);
    await expectGradient((v, w, k) => lorentzDistances(v, w, curved(k)), [[3, 4], [2, 4], [1]]);
    await expectGradient((v, w, k) => entailment(v, w, curved(k), 0.1), [[3, 4], [3, 4], [1]]);
  });

  test('a row is entailed by what lies before it', async () => {
    const near = known([0.5, 0, 0, 0.5], [2, 2]);
    const far = known([2, 0.1, 0.1, 2], [2, 2]);
    expect(await numbersOf(entailment(near, far, known([1]), 0.1))).toEqual([0]);
    expect((await numbersOf(entailment(far, near, known([1]), 0.1)))[0]).toBeGreaterThan(1);
  });

  test('a row at the origin has the widest cone, and passes no gradient that is not finite', async () => {
    expect(await numbersOf(lift(known([0, 0], [1, 2]), known([1])))).toEqual([0, 0]);
    const [ofAngle, ofCone] = [exteriorAngle(0, 2, 0, 1), halfAperture(0, 1, 0.1)];
    expect([ofAngle.a, ofAngle.b, ofAngle.p, ofCone.a]).toEqual([0, 0, 0, 0]);
    expect(ofAngle.value - ofCone.value).toBeLessThan(1e-3);
  });
});
