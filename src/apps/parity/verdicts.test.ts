import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { rotation, turned } from '../../testing/points.ts';
import type { ParityVerdict } from './contract.ts';
import { bfloat16, float16 } from './half.ts';
import { parity } from './parity.ts';

// Generated data, one fault at a time: the verdict, and what its sentence must name.

type Points = Matrix<Float32Array>;

/** Rows of unit length with a common direction and a falling spectrum, in a basis of no column. */
function embedded(n: number, d: number, seed: number): Points {
  const own = normalMatrix(n, d, seed);
  const data = own.data.map((x, at) => x / (1 + (at % d)) ** 0.4 + (at % d === 1 ? 0.7 : 0));
  return unitOrZeroRows(toFloat32(turned(matrix(data, n, d), rotation(d, seed + 1)))).points;
}

function mapped(m: Points, of: (x: number, row: number, column: number) => number): Points {
  const data = m.data.map((x, at) => of(x, Math.floor(at / m.cols), at % m.cols));
  return { ...m, data };
}

function firstColumns(m: Points, d: number): Points {
  const out = zeros(m.rows, d);
  for (let i = 0; i < m.rows; i++) out.data.set(m.data.subarray(i * m.cols, i * m.cols + d), i * d);
  return out;
}

function columnsOf(m: Points, order: ArrayLike<number>): Points {
  return mapped({ ...m, data: m.data.slice() }, (_, i, c) => m.data[i * m.cols + order[c]]);
}

/** Some rows replaced by other unit vectors, with a given cosine to what they were. */
function replaced(m: Points, rows: readonly number[], cosine: number): Points {
  const out = { ...m, data: m.data.slice() };
  const random = Random.fromSeed(91);
  for (const i of rows) {
    const own = m.data.subarray(i * m.cols, (i + 1) * m.cols);
    const noise = Float64Array.from(own, () => random.normal());
    const along = noise.reduce((sum, x, c) => sum + x * own[c], 0);
    noise.forEach((x, c) => {
      noise[c] = x - along * own[c];
    });
    const length = Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0));
    const across = Math.sqrt(1 - cosine * cosine) / length;
    for (let c = 0; c < m.cols; c++) out.data[i * m.cols + c] = cosine * own[c] + across * noise[c];
  }
  return out;
}

function packed(m: Points, bigEnd: boolean, offset: number): Points {
  const out = zeros(m.rows, Math.ceil(m.cols / 8));
  m.data.forEach((x, at) => {
    const [i, c] = [Math.floor(at / m.cols), at % m.cols];
    if (x > 0) out.data[i * out.cols + (c >> 3)] += 1 << (bigEnd ? 7 - (c & 7) : c & 7);
  });
  return mapped(out, (x) => x - offset);
}

/** Each column, or row, from its least to its largest value onto 0 … 255, and less `offset`. */
function calibrated(m: Points, by: 'column' | 'row', offset: number): Points {
  const count = by === 'column' ? m.cols : m.rows;
  const low = new Float64Array(count).fill(Infinity);
  const high = new Float64Array(count).fill(-Infinity);
  const of = (i: number, c: number) => (by === 'column' ? c : i);
  m.data.forEach((x, at) => {
    const k = of(Math.floor(at / m.cols), at % m.cols);
    low[k] = Math.min(low[k], x);
    high[k] = Math.max(high[k], x);
  });
  return mapped(m, (x, i, c) => {
    const k = of(i, c);
    return Math.round(((x - low[k]) / (high[k] - low[k])) * 255) - offset;
  });
}

/** Each row by its largest value onto −127 … 127; as whole numbers, or as what they stand for. */
function perVector(m: Points, whole: boolean): Points {
  const most = Float64Array.from({ length: m.rows }, (_, i) =>
    m.data.subarray(i * m.cols, (i + 1) * m.cols).reduce((a, x) => Math.max(a, Math.abs(x)), 0),
  );
  return mapped(m, (x, i) => {
    const level = Math.round((127 * x) / most[i]);
    return whole ? level : (level * most[i]) / 127;
  });
}

function swappedBytes(m: Points): Points {
  const view = new DataView(new ArrayBuffer(4));
  return mapped(m, (x) => {
    view.setFloat32(0, x, true);
    return view.getFloat32(0, false);
  });
}

/** What a client makes of a list of floats where it expects base64: a byte each, read as float32. */
function base64OfFloats(m: Points, size: number): Points {
  const out = zeros(m.rows, Math.floor(m.cols / 4));
  for (let i = 0; i < m.rows; i++) {
    const bytes = Uint8Array.from(m.data.subarray(i * m.cols, (i + 1) * m.cols), (x) => size * x);
    const floats = new Float32Array(bytes.buffer, 0, out.cols);
    out.data.set(floats, i * out.cols);
  }
  return out;
}

/** Float32 as the bytes that it is stored in, a number each. */
function asBytes(m: Points): Points {
  const bytes = new Uint8Array(m.data.slice().buffer);
  return matrix(Float32Array.from(bytes), m.rows, 4 * m.cols);
}

function columnMajor(m: Points): Points {
  return mapped(m, (_, i, c) => {
    const at = i * m.cols + c;
    return m.data[(at % m.rows) * m.cols + Math.floor(at / m.rows)];
  });
}

function cycled(m: Points, from: number, step: number): Points {
  const n = m.rows - from;
  return gathered(
    m,
    Array.from({ length: m.rows }, (_, i) => (i < from ? i : from + ((i - from + step) % n))),
  );
}

const noise = (m: Points, size: number, seed: number) => {
  const random = Random.fromSeed(seed);
  return mapped(m, (x) => x + size * random.normal());
};

type Case = readonly [name: string, (a: Points) => Points, ParityVerdict, RegExp];

const CASES: readonly Case[] = [
  ['nothing', (a) => a, 'identical', /same/],
  [
    'float noise',
    (a) => mapped(a, (x, i, c) => x * (1 + 1e-7 * Math.sin(i + 7 * c))),
    'identical',
    /same/,
  ],
  ['float16', (a) => mapped(a, float16), 'rounding', /B are those of A stored as float16/],
  ['bfloat16', (a) => mapped(a, bfloat16), 'rounding', /stored as bfloat16/],
  [
    'three other rows',
    (a) => replaced(a, [1, 7, 13], 0),
    'some-rows-differ',
    /^3 of \d+ rows differ \(rows 1, 7 and 13\); the other \d+ are the same bit for bit\./,
  ],
  [
    'one other row',
    (a) => replaced(a, [5], 0.5),
    'some-rows-differ',
    /^1 of \d+ rows differs \(row 5\).* Its cosine with itself is 0\.50/,
  ],
  [
    'every fourth row a cut text',
    (a) =>
      replaced(
        a,
        Array.from({ length: a.rows >> 2 }, (_, i) => 4 * i),
        0.8,
      ),
    'some-rows-differ',
    /rows differ \(rows 0, 4, 8.*between 0\.80 and 0\.80/,
  ],
  [
    'few rows of zeros',
    (a) => mapped(a, (x, i) => (i === 2 || i === 9 ? 0 : x)),
    'some-rows-differ',
    /^2 of .*They are all zeros in B/,
  ],
  [
    'few rows one vector',
    (a) => mapped(a, (x, i, c) => (i % 5 === 3 ? a.data[c] : x)),
    'some-rows-differ',
    /one and the same vector in B/,
  ],
  [
    'few rows, and a factor',
    (a) => mapped(replaced(a, [3, 11], 0.3), (x) => 5 * x),
    'some-rows-differ',
    /^2 of \d+ rows differ \(rows 3 and 11\); the other \d+ are those of A times 5\./,
  ],
  [
    'few rows, and lengths',
    (a) => mapped(replaced(a, [3, 11], 0.3), (x, i) => (2 + (i % 3)) * x),
    'some-rows-differ',
    /^2 of \d+ rows differ \(rows 3 and 11\); the other \d+ point the same way/,
  ],
  [
    'few rows not finite',
    (a) => mapped(a, (x, i) => (i === 4 ? NaN : x)),
    'some-rows-differ',
    /^1 of \d+ rows of B \(row 4\) has values that are not finite; of the other \d+: The values are the same\./,
  ],
  [
    'no row finite',
    (a) => mapped(a, () => NaN),
    'collapsed',
    /^Every row of B has values that are not finite/,
  ],
  [
    'one vector',
    (a) => mapped(a, (_, __, c) => a.data[c]),
    'collapsed',
    /^Every row of B is one and the same vector:/,
  ],
  [
    'one vector and float noise',
    (a) =>
      noise(
        mapped(a, (_, __, c) => a.data[c]),
        1e-7,
        5,
      ),
    'collapsed',
    /but for noise/,
  ],
  [
    'one vector and some noise',
    (a) =>
      noise(
        mapped(a, (_, __, c) => 1 + c),
        1e-3,
        5,
      ),
    'collapsed',
    /but for noise/,
  ],
  ['zeros', (a) => mapped(a, () => 0), 'collapsed', /^Every row of B is all zeros/],
  ['packed bits', (a) => packed(a, true, 0), 'binary-quantization', /first bit highest/],
  [
    'packed bits, lowest first',
    (a) => packed(a, false, 0),
    'binary-quantization',
    /first bit lowest/,
  ],
  ['packed bits less 128', (a) => packed(a, true, 128), 'binary-quantization', /less 128/],
  [
    'signs',
    (a) => mapped(a, (x) => (x > 0 ? 1 : -1)),
    'binary-quantization',
    /^B keeps one bit of each value/,
  ],
  [
    'uint8 by column',
    (a) => calibrated(a, 'column', 0),
    'quantization',
    /each column is an affine map/,
  ],
  [
    'int8 by column',
    (a) => calibrated(a, 'column', 128),
    'quantization',
    /each column is an affine map/,
  ],
  ['uint8 by row', (a) => calibrated(a, 'row', 0), 'quantization', /each row is an affine map/],
  ['int8 by row', (a) => perVector(a, true), 'quantization', /each row is an affine map/],
  [
    'int8 by row, scaled back',
    (a) => perVector(a, false),
    'quantization',
    /quantisation to few bits/,
  ],
  ['one factor of all rows', (a) => mapped(a, (x) => 3 * x), 'scaled', /^B is A times 3\./],
  [
    'lengths',
    (a) => mapped(a, (x, i) => (1 + (i % 5)) * x),
    'missing-normalization',
    /normalisation is missing in B/,
  ],
  [
    'fewer dimensions',
    (a) => firstColumns(a, a.cols / 2),
    'truncated',
    /^B has \d+ of the \d+ dimensions/,
  ],
  [
    'fewer dimensions, unit rows',
    (a) => unitOrZeroRows(firstColumns(a, a.cols / 2)).points,
    'truncated',
    /^B has/,
  ],
  [
    'byte order',
    swappedBytes,
    'misread-bytes',
    /^The values of [AB] are .* float32 in the other order of bytes\./,
  ],
  [
    'floats as base64',
    (a) => base64OfFloats(a, 1),
    'misread-bytes',
    /a quarter of the other file’s .* decoded as base64/,
  ],
  ['larger floats as base64', (a) => base64OfFloats(a, 20), 'misread-bytes', /decoded as base64/],
  ['bytes as numbers', asBytes, 'misread-bytes', /float32 read as bytes/],
  ['column-major values', columnMajor, 'transposed', /order of columns/],
  [
    'permuted columns',
    (a) => columnsOf(a, Random.fromSeed(3).sample(a.cols)),
    'permuted-columns',
    /another order/,
  ],
  [
    'some columns reversed',
    (a) => mapped(a, (x, _, c) => (c % 3 === 1 ? -x : x)),
    'flipped-columns',
    /\(1, 4, /,
  ],
  ['all columns reversed', (a) => mapped(a, (x) => -x), 'flipped-columns', /^All columns/],
  ['rows shifted by one', (a) => cycled(a, 0, 1), 'permuted-rows', /shifted by 1/],
  [
    'rows shifted from one on',
    (a) => cycled(a, a.rows >> 1, 1),
    'permuted-rows',
    /shifted by 1; the others stand/,
  ],
  [
    'rows in another order',
    (a) => gathered(a, Random.fromSeed(4).sample(a.rows)),
    'permuted-rows',
    /row \d+ of B is row \d+ of A/,
  ],
  ['a rotation', (a) => toFloat32(turned(a, rotation(a.cols, 8))), 'rotated', /rotated basis/],
  [
    'a rotation and a large offset',
    (a) => mapped(toFloat32(turned(a, rotation(a.cols, 8))), (x, _, c) => x + 5 + c),
    'rotated',
    /rotated basis and shifted/,
  ],
  ['a vector added', (a) => mapped(a, (x, _, c) => x + Math.sin(c)), 'shifted-mean', /same vector/],
  [
    'a large vector added',
    (a) => mapped(a, (x, _, c) => x + 50 + c),
    'shifted-mean',
    /same vector/,
  ],
  ['other rows', (a) => embedded(a.rows, a.cols, 77), 'unrelated', /^Nothing in common/],
];

describe.each([
  [20, 8],
  [60, 16],
  [160, 32],
  [500, 24],
])('%i rows of %i columns', (n, d) => {
  const a = embedded(n, d, n);
  test.each(CASES)('%s', async (_, fault, verdict, words) => {
    const found = await parity(a, fault(a), referenceEngine);
    expect(found.verdict, JSON.stringify(found, null, 1)).toBe(verdict);
    expect(found.sentence).toMatch(words);
  });

  test.each(CASES)('%s, the other way round', async (_, fault, verdict) => {
    const { verdict: found, sentence } = await parity(fault(a), a, referenceEngine);
    expect(found, sentence).toBe(verdict);
  });
});
