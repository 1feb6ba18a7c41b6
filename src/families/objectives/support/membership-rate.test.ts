import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, zeros64, zerosLike } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { doublyStochastic } from '../../../numerics/solvers/doubly-stochastic.ts';
import { uniformRows } from '../../../testing/points.ts';
import { codingRateReduction } from '../coding-rate-reduction.ts';
import { membershipRateReduction } from './membership-rate.ts';

const engine = { engine: referenceEngine };

async function evaluated(x: Matrix, membership: Matrix) {
  const gradients = { points: zerosLike(x), membership: zerosLike(membership) };
  const loss = await membershipRateReduction(x, membership, 0.5, gradients, engine);
  return { loss, ...gradients };
}

describe('membershipRateReduction', () => {
  test('of whole members is coding-rate-reduction, with its gradient', async () => {
    const x = uniformRows(9, 4, 1);
    const classes = Int32Array.from({ length: 9 }, (_, i) => i % 3);
    const hard = zeros64(9, 3);
    for (let i = 0; i < 9; i++) hard.data[3 * i + (i % 3)] = 1;
    const soft = await evaluated(x, hard);
    const gradient = zerosLike(x);
    const context = { ...engine, random: Random.fromSeed(0), classes };
    const loss = await codingRateReduction.bind().lossAndGradient(x, gradient, context);
    expect(soft.loss).toBeCloseTo(loss, 13);
    gradient.data.forEach((g, e) => {
      expect(soft.points.data[e]).toBeCloseTo(g, 13);
    });
  });
  test('of even shares is 0: every class is the whole', async () => {
    const even = matrix(new Float64Array(20).fill(1 / 4), 5, 4);
    expect((await evaluated(uniformRows(5, 3, 2), even)).loss).toBeCloseTo(0, 13);
  });
  test('an empty class has no term', async () => {
    const x = uniformRows(5, 3, 2);
    const one = matrix(new Float64Array(5).fill(1), 5, 1);
    const two = zeros64(5, 2);
    for (let i = 0; i < 5; i++) two.data[2 * i] = 1;
    expect((await evaluated(x, two)).loss).toBe((await evaluated(x, one)).loss);
  });
  test('halving a step quarters the remainder, in rows and in membership at once', async () => {
    const random = Random.fromSeed(5);
    const draw = (n: number, d: number, scale: number, from = 0) =>
      matrix(
        Float64Array.from({ length: n * d }, () => from + scale * random.uniform()),
        n,
        d,
      );
    const [x, v] = [uniformRows(6, 3, 1), uniformRows(6, 3, 2)];
    const [p, q] = [draw(6, 4, 1, 0.2), draw(6, 4, 1, -0.5)];
    const { loss, points, membership } = await evaluated(x, p);
    let slope = 0;
    v.data.forEach((value, e) => {
      slope += value * points.data[e];
    });
    q.data.forEach((value, e) => {
      slope += value * membership.data[e];
    });
    const remainders: number[] = [];
    for (const h of [0.02, 0.01, 0.005, 0.0025]) {
      const moved = (m: Matrix, by: Matrix) => ({
        ...m,
        data: Float64Array.from(m.data, (value, e) => value + h * by.data[e]),
      });
      const next = await evaluated(moved(x, v), moved(p, q));
      remainders.push(Math.abs(next.loss - loss - h * slope));
    }
    for (let i = 1; i < 4; i++) expect(remainders[i - 1] / remainders[i]).toBeGreaterThan(3.8);
  });
  test('two planes: the doubly stochastic membership of their products gains most of ln 9 − ln 5', async () => {
    // Rows along four axes, two to a plane; products of a head that knows the planes.
    const n = 16;
    const x = zeros64(n, 4);
    const products = zeros64(n, n);
    for (let i = 0; i < n; i++) {
      x.data[4 * i + (i % 4)] = 1;
      for (let j = 0; j < n; j++) products.data[i * n + j] = (i & 2) === (j & 2) ? 1 : 0;
    }
    const { matrix: gamma } = doublyStochastic(products, { entropy: 0.1 });
    const { loss } = await evaluated(x, gamma);
    expect(loss).toBeCloseTo(Math.log(5) - 2 * Math.log(3), 3);
  });
  test('refuses negative weights and other rows, naming the place', async () => {
    const x = uniformRows(3, 2, 1);
    const odd = matrix(Float64Array.of(1, 0, 0, -1, 0, 1), 3, 2);
    await expect(evaluated(x, odd)).rejects.toThrow(
      'membershipRateReduction: the weight of row 1, class 1 is -1; expected 0 or more.',
    );
    await expect(evaluated(x, zeros64(2, 2))).rejects.toThrow(
      'membershipRateReduction: expected weights of 3 rows in classes; got 2 × 2.',
    );
  });
});
