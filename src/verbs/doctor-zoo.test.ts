import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { rotation, turned, unitRows } from '../testing/points.ts';
import { diagnose } from './doctor.ts';

// Each planted fault is named, and no other; notes may stand beside it.

const N = 600;
const D = 24;

const even = (n = N, d = D) => toFloat32(unitRows(n, d, 11));

function changed(points: Matrix<Float32Array>, value: (x: number, i: number, c: number) => number) {
  const { data, rows, cols } = points;
  const out = data.map((x, at) => value(x, Math.floor(at / cols), at % cols));
  return matrix(out, rows, cols);
}

/** Turned, so that no column is special. */
const turnedRows = (points: Matrix) => toFloat32(turned(points, rotation(points.cols, 5)));

function lowRank(rank: number): Matrix {
  const random = Random.fromSeed(3);
  const data = Float64Array.from({ length: N * D }, (_, at) =>
    at % D < rank ? random.normal() : 0.01 * random.normal(),
  );
  return turnedRows(matrix(data, N, D));
}

/** Rows about a common mean, in which those near it are hubs. */
function withHubs(): Matrix {
  const random = Random.fromSeed(9);
  const d = 100;
  const data = Float32Array.from({ length: N * d }, () => random.normal());
  for (let i = 0; i < N; i++) {
    // Few rows of half the noise lie nearer to all others than these lie to one another.
    const size = i < 12 ? 0.3 : 1;
    for (let c = 0; c < d; c++) data[i * d + c] = size * data[i * d + c] + 0.25;
  }
  return matrix(data, N, d);
}

function twoModels(): Matrix {
  const half = turnedRows(unitRows(N / 2, D, 1));
  const random = Random.fromSeed(2);
  const other = Float32Array.from({ length: (N / 2) * D }, () => random.normal());
  const data = new Float32Array(N * D * 2);
  for (let i = 0; i < N / 2; i++) {
    data.set(half.data.subarray(i * D, (i + 1) * D), i * 2 * D);
    data.set(other.subarray(i * D, (i + 1) * D), (N / 2 + i) * 2 * D + D);
  }
  return turnedRows(matrix(data, N, 2 * D));
}

const classes = Array.from({ length: N }, (_, i) => `class ${i % 4}`);
const clustered = () => changed(even(), (x, i, c) => (c === i % 4 ? 1.5 * x + 0.6 : x));
const shuffled = () => {
  const order = Random.fromSeed(6).sample(N);
  return classes.map((_, i) => classes[order[i]]);
};

describe('the doctor names the planted fault and no other', () => {
  test.each<[string, () => Matrix, readonly string[], (readonly string[])?]>([
    ['uniform points', even, []],
    [
      'collapse',
      () => turnedRows(changed(even(), (x, _, c) => x + (c === 0 ? 8 : 0))),
      ['collapsed'],
    ],
    [
      'a shifted mean',
      () => turnedRows(changed(even(), (x, _, c) => x + (c === 0 ? 0.6 : 0))),
      ['off-center'],
    ],
    [
      'a rogue dimension',
      () => changed(even(), (x, _, c) => (c === 7 ? 12 * x : x)),
      ['rogue-dimensions'],
    ],
    ['a low rank', () => lowRank(6), ['unused-directions']],
    [
      'duplicates',
      () => {
        const points = even();
        points.data.copyWithin(D * 300, 0, D * 5);
        return points;
      },
      ['near-duplicates'],
    ],
    [
      'very short rows',
      () => changed(even(), (x, i) => (i % 200 === 3 ? 1e-5 * x : x)),
      ['short-rows'],
    ],
    ['two models', twoModels, ['mixed-populations']],
    ['rows out of step with their classes', clustered, ['labels-at-chance'], shuffled()],
    ['rows in step with their classes', clustered, [], classes],
    ['hubs', withHubs, ['hubs']],
  ])('%s', async (_, points, faults, known) => {
    const { findings } = await diagnose(points(), { classes: known, null: 'uniform' });
    expect(findings.filter(({ severity }) => severity !== 'note').map(({ id }) => id)).toEqual(
      faults,
    );
  });
});
