import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rotation, turned, uniformRows } from '../../testing/points.ts';
import { diagnose, findingsIn } from './doctor.ts';
import { measureInDetail } from './measure.ts';

// Each planted fault is named, and no other.

const N = 600;
const D = 24;

const even = (n = N, d = D) => toFloat32(uniformRows(n, d, 11));

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
  const half = turnedRows(uniformRows(N / 2, D, 1));
  const random = Random.fromSeed(2);
  const other = Float32Array.from({ length: (N / 2) * D }, () => random.normal());
  const data = new Float32Array(N * D * 2);
  for (let i = 0; i < N / 2; i++) {
    data.set(half.data.subarray(i * D, (i + 1) * D), i * 2 * D);
    data.set(other.subarray(i * D, (i + 1) * D), (N / 2 + i) * 2 * D + D);
  }
  return turnedRows(matrix(data, N, 2 * D));
}

/** Whole numbers of waves along three angles: (1, 0, 0), …, (1, 1, 0), (1, −1, 0), …; 9 × 3. */
const WAVES: number[][] = [0, 1, 2].map((k) => [0, 1, 2].map((axis) => (axis === k ? 1 : 0)));
for (const [i, j] of [
  [0, 1],
  [0, 2],
  [1, 2],
]) {
  for (const sign of [1, -1]) WAVES.push(WAVES[i].map((x, k) => x + sign * WAVES[j][k]));
}

/** A torus of three angles, bent so that all columns vary alike: cosine and sine of each wave. */
function sheet(waves: number): Matrix<Float32Array> {
  const random = Random.fromSeed(3);
  const data = new Float32Array(N * 2 * waves);
  for (let i = 0; i < N; i++) {
    const angles = [0, 1, 2].map(() => 2 * Math.PI * random.uniform());
    for (let w = 0; w < waves; w++) {
      const angle = WAVES[w].reduce((sum, times, k) => sum + times * angles[k], 0);
      data[(i * waves + w) * 2] = Math.cos(angle);
      data[(i * waves + w) * 2 + 1] = Math.sin(angle);
    }
  }
  return matrix(data, N, 2 * waves);
}

/** Rows of a sheet, four of them replaced by rows anywhere. */
function withStrangers(): Matrix {
  const points = sheet(6);
  const random = Random.fromSeed(77);
  for (const row of [7, 207, 407, 507]) {
    for (let c = 0; c < points.cols; c++) points.data[row * points.cols + c] = random.normal();
  }
  return points;
}

/** Crowds around 24 centres, and rows midway between two of them, which crowds never look at. */
function withRowsBetween(): Matrix {
  const [groups, crowd, between] = [24, 20, 96];
  const random = Random.fromSeed(3);
  const centers = uniformRows(groups, D, 3);
  const center = (g: number, c: number) => centers.data[(g % groups) * D + c];
  const rows = groups * crowd + between;
  const data = Float32Array.from({ length: rows * D }, (_, at) => {
    const [i, c] = [Math.floor(at / D), at % D];
    const h = i - groups * crowd;
    if (h < 0) return center(i, c) + (0.4 / Math.sqrt(D)) * random.normal();
    return center(h, c) + center(h + 1 + 7 * Math.floor(h / groups), c);
  });
  return matrix(data, rows, D);
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
    ['rows near a bent sheet', () => sheet(9), ['few-dimensions']],
    ['rows that lie alone', withStrangers, ['lonely-rows']],
    ['rows that no list holds', withRowsBetween, ['anti-hubs']],
  ])('%s', async (_, points, faults, known) => {
    const { findings } = await diagnose(points(), { classes: known, null: 'uniform' });
    expect(findings.map(({ id }) => id)).toEqual(faults);
  });
});

test('what was measured without the doctor shows the same findings', async () => {
  const found = await measureInDetail(twoModels());
  const findings = findingsIn(twoModels(), found);
  expect(findings.map(({ id }) => id)).toEqual(['mixed-populations']);
  expect(findings[0].sentence).toContain('about rows 0 to 299, about rows 300 to 599.');
});

test('a column that makes all rows look alike is named', async () => {
  const { findings } = await diagnose(changed(even(), (x, _, c) => x + (c === 5 ? 8 : 0)));
  expect(findings.map(({ id, columns }) => [id, columns])).toEqual([['collapsed', [5]]]);
  expect(findings[0].sentence).toContain('Most of what they share stands in column 5');
});
