import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix, toFloat32, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { resolveOptions } from '../../method/options.ts';
import { uniformRows } from '../../testing/points.ts';
import { smallProblem } from './family.case.ts';
import * as metrics from './index.ts';
import { createSpace, createUniformModel, type Metric, type RowFacts } from './index.ts';

const all = Object.values(metrics).filter(
  (value): value is Metric => typeof value === 'function' && 'spec' in value,
);

/** Normal rows whose lengths are of a law without variance, or copies and grids: where formulas break. */
function heavy(n: number, d: number): Matrix {
  const random = Random.fromSeed(11);
  const data = Float64Array.from({ length: n * d }, () => random.normal());
  for (let i = 0; i < n; i++) {
    const length = Math.exp(3 * random.normal());
    for (let c = 0; c < d; c++) data[i * d + c] *= length;
  }
  return matrix(data, n, d);
}

function oneHot(n: number): Matrix {
  const points = zeros64(n, n);
  for (let i = 0; i < n; i++) points.data[i * n + i] = 1;
  return points;
}

const grid = (n: number, d: number) =>
  matrix(
    Float64Array.from({ length: n * d }, (_, at) => 1 + ((at * 7 + Math.floor(at / d)) % 3)),
    n,
    d,
  );

const equal = (n: number) => gathered(uniformRows(1, 4, 5), new Int32Array(n));

const shapes: readonly (readonly [string, Matrix])[] = [
  ['uniform rows', uniformRows(24, 3, 1)],
  ['two rows', uniformRows(2, 5, 2)],
  ['three rows in one dimension', matrix(new Float64Array([1, -1, 2]), 3, 1)],
  ['rows of heavy-tailed lengths', heavy(40, 6)],
  ['equidistant rows', oneHot(20)],
  ['a grid of integers', grid(40, 4)],
  ['equal rows', equal(12)],
  ['float32 rows next to one another', toFloat32(heavy(30, 2))],
];

function factsFor(n: number): RowFacts {
  const { run = {} } = smallProblem();
  const scores = Float64Array.from({ length: n }, (_, i) => i % 7);
  return {
    ...(run as RowFacts),
    answers: undefined,
    classes: Array.from({ length: n }, (_, i) => `class ${i % 3}`),
    scores,
    frequencies: scores,
  };
}

describe.each(shapes)('%s', (_, rows) => {
  const { points, norms } = unitRows('ranges', rows);
  const facts = { raw: rows, norms, ...factsFor(rows.rows) };
  const space = createSpace(points, referenceEngine, {}, facts);
  const shape = { n: rows.rows, d: rows.cols };
  const random = Random.fromSeed(3);
  const model = createUniformModel({ ...shape, lengths: norms }, referenceEngine, random, {});

  test.each(all.map((metric) => [metric.spec.id, metric] as const))(
    '%s, its interval and its null are where they can be',
    async (_, metric) => {
      if (metric.needs === 'answers') return;
      const options = resolveOptions(metric.spec.id, metric.spec.options);
      const found = await metric.measure(space, options);
      const law = found.null ?? (await metric.underUniform(model, options));
      const [least, most] = metric.range(shape, options);
      for (const { value, low, high } of law ? [found, law] : [found]) {
        expect(!(value < least) && !(value > most), `${value}`).toBe(true);
        for (const end of [low, high]) {
          if (end !== undefined) expect(end >= least && end <= most, `${end}`).toBe(true);
        }
      }
    },
  );
});
