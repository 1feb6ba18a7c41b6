import { describe, expect, test } from 'vitest';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { sphere } from '../../manifolds/sphere.ts';
import {
  classesOfTwo,
  describeObjectiveLaws,
  partnersOfTwo,
} from '../../testing/objective-laws.ts';
import { fromRows, simplex, uniformRows } from '../../testing/points.ts';
import { riemannianSgd } from '../optimizers/index.ts';
import { ntXent } from './nt-xent.ts';
import { supCon } from './sup-con.ts';

/** Eq. (2) of the paper as it stands, over rows that have a positive. */
function byDefinition({ data, rows: n, cols: d }: Matrix, classes: Int32Array, tau: number) {
  const similarity = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += data[i * d + c] * data[j * d + c];
    return Math.exp(sum / tau);
  };
  const losses: number[] = [];
  for (let i = 0; i < n; i++) {
    const others = Array.from({ length: n }, (_, k) => k).filter((k) => k !== i);
    const positives = others.filter((k) => classes[i] >= 0 && classes[k] === classes[i]);
    if (positives.length === 0) continue;
    const sum = others.reduce((total, k) => total + similarity(i, k), 0);
    const parts = positives.map((p) => Math.log(similarity(i, p) / sum));
    losses.push(-parts.reduce((a, b) => a + b, 0) / parts.length);
  }
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

describe('supCon', () => {
  test('is the mean of Eq. (2), classes of one row and rows of none as negatives', async () => {
    const points = uniformRows(11, 4, 3);
    const classes = Int32Array.of(0, 5, 5, 0, 5, 7, 7, 2, -1, -1, 0);
    for (const temperature of [0.1, 1]) {
      const { loss } = await supCon(points, { temperature }, { classes });
      expect(loss).toBeCloseTo(byDefinition(points, classes, temperature), 12);
    }
  });

  test('of classes of two rows is NT-Xent of partners', async () => {
    const points = uniformRows(8, 5, 2);
    const a = await supCon(points, {}, classesOfTwo(8));
    const b = await ntXent(points, {}, partnersOfTwo(8));
    expect(a.loss).toBeCloseTo(b.loss, 13);
    a.gradient.data.forEach((value, e) => {
      expect(value).toBeCloseTo(b.gradient.data[e], 12);
    });
  });

  test('of collapsed classes at a simplex is log(m − 1 + (n − m) exp(−(1 + 1/d)/τ)), at rest', async () => {
    const [d, m] = [3, 3];
    const classes = Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / m));
    const points = gathered(simplex(d), classes);
    const { loss, gradient } = await supCon(points, { temperature: 0.5 }, { classes });
    const others = 9 * Math.exp(-2 * (1 + 1 / d));
    expect(loss).toBeCloseTo(Math.log(m - 1 + others), 12);
    for (const value of gradient.data) expect(Math.abs(value)).toBeLessThan(1e-13);
  });

  test('gathers classes at the corners of a simplex, in minibatches too', async () => {
    const n = 24;
    const classes = Int32Array.from({ length: n }, (_, i) => i % 3);
    const objective = supCon.bind({ temperature: 0.5 });
    const problem = { objective, manifold: sphere, start: uniformRows(n, 3, 1), classes };
    for (const batch of [0, 12]) {
      const settings = { steps: 1500, learningRate: 0.5, batch };
      const { points } = await riemannianSgd(problem, settings);
      const x = points.data;
      const cosine = (i: number, j: number) =>
        [0, 1, 2].reduce((sum, c) => sum + x[3 * i + c] * x[3 * j + c], 0);
      expect(cosine(0, 3)).toBeGreaterThan(0.999);
      expect(cosine(0, 1)).toBeCloseTo(-0.5, 1);
      expect(cosine(1, 2)).toBeCloseTo(-0.5, 1);
    }
  });

  test('refuses to run without classes, or without two rows of one', async () => {
    const points = uniformRows(3, 2, 1);
    await expect(supCon(points)).rejects.toThrow(
      'sup-con: the class of each row is needed (--classes COLUMN); got none.',
    );
    await expect(supCon(points, {}, { classes: Int32Array.of(0, 1) })).rejects.toThrow(
      'sup-con: expected classes for 3 rows; got 2.',
    );
    await expect(supCon(points, {}, { classes: Int32Array.of(0, 1, 2) })).rejects.toThrow(
      'sup-con: no two of the 3 rows share a class; expected a class with 2 rows.',
    );
  });

  test('of one class alone is the spread of its rows', async () => {
    const pair = fromRows([
      [1, 0],
      [0, 1],
    ]);
    const { loss } = await supCon(pair, {}, { classes: Int32Array.of(4, 4) });
    // The only other row is the positive: the softmax is sure.
    expect(loss).toBeCloseTo(0, 13);
  });

  describeObjectiveLaws(supCon.bind({ temperature: 0.5 }), { factsOf: classesOfTwo });
});
