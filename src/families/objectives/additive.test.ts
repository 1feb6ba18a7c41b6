import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, rows as rowsFrom, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import { engineFamilies } from '../../testing/engines.ts';
import * as objectives from './index.ts';
import type { BoundObjective, Objective, PartContext, Statistic } from './types.ts';

const D = 16;
const N = 2500;
/** Two crowded cones: far from even, so that the loss has a gradient everywhere. */
const points = (n: number): Matrix<Float32Array> => {
  const random = Random.fromSeed(8);
  const data = Float32Array.from(
    { length: n * D },
    (_, e) => random.normal() + (e % D === Math.floor(e / D) % 2 ? 2 : 0),
  );
  return unitRows('test', matrix(data, n, D)).points;
};
const all = points(N);
const start = rowsFrom(points(N + 1), 1, N + 1);

const bound: Record<string, BoundObjective> = Object.fromEntries(
  Object.values(objectives)
    .flatMap((one) => (typeof one === 'function' && 'additive' in one ? [one as Objective] : []))
    .filter(({ additive }) => additive)
    .map((one) => [one.spec.id, one.bind()]),
);
bound['a sum'] = objectives.weightedSum([
  [objectives.sliced.bind({ circles: 3 }), 1],
  [objectives.fidelity.bind(), 0.3],
]);

const families = engineFamilies();

const formOf = (objective: BoundObjective) => {
  if (!objective.additive) throw new Error(objective.name);
  return objective.additive;
};

/** Loss and gradient, part by part. */
async function byParts(objective: BoundObjective, engine: Engine, cuts: readonly number[]) {
  const form = formOf(objective);
  const parts = [0, ...cuts].map((from, k) => [from, [...cuts, N][k]] as const);
  const contextOf = (from: number, to: number): PartContext => ({
    engine,
    random: Random.fromSeed(4).fork(7),
    total: N,
    firstRow: from,
    features: 64,
    start: rowsFrom(start, from, to),
  });
  let statistic: Statistic | undefined;
  for (const [from, to] of parts) {
    const own = await form.statistic(rowsFrom(all, from, to), contextOf(from, to));
    if (statistic) form.merge(statistic, own);
    else statistic = own;
  }
  const gradient = zerosLike(all);
  let loss = 0;
  for (const [from, to] of parts) {
    loss += await form.lossAndGradient(
      rowsFrom(all, from, to),
      statistic ?? [],
      rowsFrom(gradient, from, to),
      contextOf(from, to),
    );
  }
  return { loss, gradient, statistic: statistic ?? [] };
}

/** Length of the difference of tangent parts over the length of the second. */
function relativeError(found: Matrix, wanted: Matrix): number {
  const [a, b] = [found, wanted].map((m) => {
    const own = matrix(m.data.slice(), m.rows, m.cols);
    objectives.projectToTangentsInPlace(all, own);
    return own.data;
  });
  let [difference, length] = [0, 0];
  for (let e = 0; e < a.length; e++) {
    difference += (a[e] - b[e]) ** 2;
    length += b[e] ** 2;
  }
  return Math.sqrt(difference / length);
}

describe.each(Object.entries(bound))('%s part by part', (_name, objective) => {
  test('is the same to the bit however the rows are cut', async () => {
    for (const [engine] of families) {
      const whole = await byParts(objective, engine, []);
      const cut = await byParts(objective, engine, [7, 500, 501, 1777, 2048, 2499]);
      expect(cut.statistic).toEqual(whole.statistic);
      expect(cut.gradient.data).toEqual(whole.gradient.data);
      // The loss alone is summed in float64 without such care.
      expect(cut.loss).toBeCloseTo(whole.loss, 10);
      const sizes = formOf(objective).sizes(D, 64);
      expect(sizes).toEqual(whole.statistic.map(({ length }) => length));
    }
  });
});

describe('the gradient part by part', () => {
  const engine = () => families[0][0];
  const exactly = async (objective: BoundObjective) => {
    const gradient = zerosLike(all);
    const random = Random.fromSeed(4).fork(7);
    const loss = await objective.lossAndGradient(all, gradient, {
      engine: engine(),
      random,
      start,
    });
    return { loss, gradient };
  };

  // Float32 products of sums over all rows; for sliced: where a few rows share an arc, a rank is off by about one.
  test.each([
    ['frame-potential', 1e-5],
    ['variance-covariance', 1e-4],
    ['lloyd', 1e-7],
    ['fidelity', 1e-7],
    ['sliced', 1e-2],
    ['sliced-axis', 1e-2],
    ['a sum', 1e-2],
  ])('of %s is that of all rows at once, to %f', async (name, tolerance) => {
    const objective = bound[name];
    const wanted = await exactly(objective);
    const found = await byParts(objective, engine(), [1000]);
    expect(relativeError(found.gradient, wanted.gradient)).toBeLessThan(tolerance);
    expect(found.loss).toBeCloseTo(wanted.loss, 4);
  });

  test.each(['gaussian-energy', 'uniformity'])(
    'of %s by random features comes closer with their number',
    async (name) => {
      const wanted = await exactly(bound[name]);
      const form = formOf(bound[name]);
      const errors: number[] = [];
      for (const features of [256, 16384]) {
        const context = () => ({
          engine: engine(),
          random: Random.fromSeed(4),
          total: N,
          firstRow: 0,
          features,
        });
        const gradient = zerosLike(all);
        const statistic = await form.statistic(all, context());
        const loss = await form.lossAndGradient(all, statistic, gradient, context());
        errors.push(relativeError(gradient, wanted.gradient));
        // A mean over F waves is off by 1/√F at most: 0.011 of 16,384 features.
        if (features > 256) expect(Math.abs(loss - wanted.loss)).toBeLessThan(0.1);
      }
      // 64 times as many: an eighth of the error, and room for chance.
      expect(errors[1]).toBeLessThan(errors[0] / 4);
      expect(errors[1]).toBeLessThan(0.3);
    },
  );

  test('ranks that are counted are a part that is all', async () => {
    for (const by of [objectives.sliced, objectives.slicedAxis]) {
      const counted = await exactly(by.bind({ ranks: 'counted' }));
      const parts = await byParts(by.bind(), engine(), [1234]);
      expect(counted.gradient.data).toEqual(parts.gradient.data);
    }
  });

  test('kernels of angles have no features', async () => {
    const geodesic = objectives.gaussianEnergy.bind({ distance: 'geodesic' });
    await expect(byParts(geodesic, engine(), [])).rejects.toThrow(
      'disperse: option "distance" must be chordal',
    );
  });
});
