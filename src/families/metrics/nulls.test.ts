import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { type OptionSpecs, resolveOptions } from '../../method/options.ts';
import { uniformRows } from '../../testing/points.ts';
import * as metrics from './index.ts';
import { createSpace, createUniformModel, type Metric, type NullValue } from './index.ts';

const all = Object.values(metrics).filter(
  (value): value is Metric => typeof value === 'function' && 'spec' in value,
);

/** The metrics whose nulls are held to simulation here; the others' own tests do it. */
const held: readonly Metric[] = [
  metrics.minAngle,
  metrics.medianNearestAngle,
  metrics.meanNearestAngle,
  metrics.circularVariance,
  metrics.meanCosine,
  metrics.mmd,
  metrics.uniformity,
  metrics.effectiveRank,
  metrics.hubnessSkewness,
] as unknown as Metric[];

function atDefaults(metric: Metric) {
  return resolveOptions<OptionSpecs>(metric.spec.id, metric.spec.options);
}

async function nulls(
  n: number,
  d: number,
  budget?: number,
  of: readonly Metric[] = held,
): Promise<Map<string, NullValue>> {
  const model = createUniformModel({ n, d }, referenceEngine, Random.fromSeed(7), {}, budget);
  const found = new Map<string, NullValue>();
  await model.neighborDraws(Math.max(1, Math.min(10, n - 1)));
  for (const metric of of) {
    const expected = await metric.underUniform(model, atDefaults(metric));
    if (expected) found.set(metric.spec.id, expected);
  }
  return found;
}

/** Every metric's values in independent draws of n uniform points, apart from the model's own. */
async function drawn(n: number, d: number, draws: number): Promise<Map<string, number[]>> {
  const random = Random.fromSeed(99);
  const found = new Map<string, number[]>(held.map(({ spec }) => [spec.id, []]));
  for (let r = 0; r < draws; r++) {
    const space = createSpace(uniformRows(n, d, random.fork(r)), referenceEngine);
    await space.nearest(Math.min(10, n - 1));
    for (const metric of held) {
      const { value } = await metric.measure(space, atDefaults(metric));
      found.get(metric.spec.id)?.push(value);
    }
  }
  return found;
}

function momentsOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

const shareBelow = (values: readonly number[], bound: number) =>
  values.filter((x) => x < bound).length / values.length;

const SIMULATED = ['hubness-skewness', 'effective-rank'];

describe.each([
  [50, 3, 400],
  [200, 10, 200],
])('n = %i, d = %i, against %i draws', (n, d, draws) => {
  const ready = Promise.all([nulls(n, d), drawn(n, d, draws)]);

  test('the mean of each number is within 4 standard errors of its null value', async () => {
    const [expected, values] = await ready;
    for (const { spec } of held) {
      if (spec.id === 'min-angle') continue;
      const { mean, error } = momentsOf(values.get(spec.id) ?? []);
      // A simulated null value has an error of its own, from 200 draws.
      const both = SIMULATED.includes(spec.id) ? error * Math.sqrt(1 + draws / 200) : error;
      const gap = Math.abs(mean - (expected.get(spec.id)?.value ?? NaN));
      expect(gap / both, `${spec.id}: ${mean}`).toBeLessThan(4);
    }
  });

  test('half of the smallest angles are below their null median, within 4 standard errors', async () => {
    const [expected, values] = await ready;
    const share = shareBelow(
      values.get('min-angle') ?? [],
      expected.get('min-angle')?.value ?? NaN,
    );
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / draws));
  });

  test('each 95 % interval holds 95 % of the draws, within 4 standard errors', async () => {
    const [expected, values] = await ready;
    for (const { spec } of held) {
      const { low, high } = expected.get(spec.id) ?? {};
      const own = values.get(spec.id) ?? [];
      const inside = shareBelow(own, high ?? NaN) - shareBelow(own, low ?? NaN);
      // Where the interval comes from 200 draws, its ends vary like shares of 200 too.
      const error = Math.sqrt(0.95 * 0.05 * (1 / draws + 1 / 200));
      expect(Math.abs(inside - 0.95) / error, `${spec.id}: ${inside}`).toBeLessThan(4);
    }
  });
});

test('intervals carried over from 60 to 240 points hold 95 % of the draws of 240', async () => {
  const [n, d, draws] = [240, 6, 200];
  // Ten draws of 60 rows are all this budget allows.
  const expected = await nulls(n, d, 10 * 60 * 60 * (d + 16));
  const values = await drawn(n, d, draws);
  for (const id of ['median-nearest-angle', 'mean-nearest-angle', 'hubness-skewness']) {
    const { low, high, how } = expected.get(id) ?? {};
    expect(how).toContain('10 draws of 60 points in place of 240');
    const own = values.get(id) ?? [];
    const inside = shareBelow(own, high ?? NaN) - shareBelow(own, low ?? NaN);
    // Ten draws give a standard deviation to about a quarter: 80 to 99.9 % for a nominal 95 %.
    expect(inside, id).toBeGreaterThan(0.8);
  }
});

test('the same seed gives the same nulls', async () => {
  expect(await nulls(30, 4)).toEqual(await nulls(30, 4));
});

test('one row has no null but for the effective rank, and two rows have all', async () => {
  expect([...(await nulls(1, 3)).keys()]).toEqual(['effective-rank']);
  expect((await nulls(2, 3)).size).toBe(held.length);
});

test('no null of any metric is NaN, of one to six rows and in one dimension too', async () => {
  for (const [n, d] of [
    [1, 3],
    [2, 3],
    [6, 1],
  ]) {
    for (const [id, { value }] of await nulls(n, d, undefined, all)) {
      expect(Number.isNaN(value), `${id}: ${n} × ${d}`).toBe(false);
    }
  }
});

/** Rows of unequal length and uniform direction. */
function stretched(n: number, d: number, random: Random): Matrix<Float64Array> {
  const points = uniformRows(n, d, random.fork('points'));
  const lengths = random.fork('lengths');
  for (let i = 0; i < n; i++) {
    const length = 1 + 2 * lengths.uniform();
    for (let c = 0; c < d; c++) points.data[i * d + c] *= length;
  }
  return points;
}

describe.each([
  ['small enough to be drawn', 120, 6],
  ['by the limit law', 700, 70],
])('numbers about rows as they came, %s', (_, n, d) => {
  const of = [metrics.partitionIsotropy, metrics.cosineContribution] as unknown as Metric[];

  test.each(of.map((metric) => [metric.spec.id, metric] as const))(
    'the null of %s holds what uniform directions of the same lengths have',
    async (_id, metric) => {
      const random = Random.fromSeed(4);
      const values: number[] = [];
      const lengths = unitRows('', stretched(n, d, random.fork(0))).norms;
      for (let r = 0; r < 20; r++) {
        const points = uniformRows(n, d, random.fork(r + 1));
        const raw = matrix(
          points.data.map((x, e) => x * lengths[Math.floor(e / d)]),
          n,
          d,
        );
        const space = createSpace(points, referenceEngine, {}, { raw, norms: lengths });
        values.push((await metric.measure(space, atDefaults(metric))).value);
      }
      const model = createUniformModel({ n, d, lengths }, referenceEngine, Random.fromSeed(7));
      const { value, low, high } = (await metric.underUniform(model, atDefaults(metric))) ?? {};
      const { mean, error } = momentsOf(values);
      const sd = error * Math.sqrt(20);
      // Both means are simulated; the limit law may be off by half a standard deviation.
      expect(Math.abs(mean - (value ?? NaN))).toBeLessThan(0.5 * sd + 4 * error);
      const inside = shareBelow(values, high ?? NaN) - shareBelow(values, low ?? NaN);
      expect(inside).toBeGreaterThanOrEqual(0.75);
    },
  );
});

test('a few long rows among many leave no law of the partition function', async () => {
  const lengths = Float64Array.from({ length: 3000 }, (_, i) => (i < 3 ? 60 : 1));
  const model = createUniformModel(
    { n: 3000, d: 80, lengths },
    referenceEngine,
    Random.fromSeed(7),
  );
  expect(await metrics.partitionIsotropy.underUniform(model, {})).toBeUndefined();
});
