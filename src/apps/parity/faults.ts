import { type Matrix, toFloat32, zeros, zeros64 } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import type { Engine } from '../../engine/engine.ts';
import { qr } from '../../numerics/decompositions/qr.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { sumOf } from '../../numerics/statistics/averages.ts';
import type { ParityVerdict } from './contract.ts';

/** Two files of the same things, and what was done to the second one. */
export interface InjectedFault {
  readonly name: string;
  readonly expected: ParityVerdict;
  readonly a: Matrix<Float32Array>;
  readonly b: Matrix<Float32Array>;
}

type Points = Matrix<Float32Array>;

/**
 * Eleven faults that two runtimes of one model show, injected into n × d vectors, and no fault at all:
 * what tests and the bench hold the verdicts to. Another model needs another file.
 */
export async function injectedFaults(
  points: Points,
  engine: Engine,
  seed = 0,
): Promise<InjectedFault[]> {
  const random = Random.fromSeed(seed).fork('faults');
  const { rows: n, cols: d } = points;
  const fault = (name: string, expected: ParityVerdict, b: Points, a = points): InjectedFault => ({
    name,
    expected,
    a,
    b,
  });
  const pooled = pooledTwice(points, random.fork('pooling'));
  const normal = normals(d, random.fork('linear'));
  const turn = toFloat32(qr(normals(d, random.fork('rotation'))).q);
  const times = async (map: Points) => (await engine.matmul(points, map)) as Points;
  return [
    fault('none: float noise', 'identical', withNoise(points, 1e-7, random.fork('noise'))),
    fault(
      'missing normalisation',
      'missing-normalization',
      stretched(points, random),
      unitOrZeroRows(points).points,
    ),
    fault('other pooling weights', 'pooling', pooled.b, pooled.a),
    fault('int8 noise', 'quantization', int8(points)),
    fault(
      'binary quantisation',
      'binary-quantization',
      mapped(points, (x) => (x > 0 ? 1 : -1)),
    ),
    fault('missing linear layer', 'linear-layer', await times(toFloat32(normal))),
    fault('rotated basis', 'rotated', await times(turn)),
    fault('permuted rows', 'permuted-rows', rowsInOrder(points, random.fork('rows').sample(n))),
    fault('permuted columns', 'permuted-columns', columnsInOrder(points, random.sample(d))),
    fault('truncated dimensions', 'truncated', columnsInOrder(points, firstColumns(d))),
    fault('shifted mean', 'shifted-mean', shiftedBy(points, random.fork('shift'))),
    fault('scaled outlier dimension', 'outlier-dimension', withOutlier(points)),
  ];
}

function mapped(m: Points, change: (x: number, row: number, column: number) => number): Points {
  const out = zeros(m.rows, m.cols);
  for (let i = 0; i < m.data.length; i++) {
    out.data[i] = change(m.data[i], Math.floor(i / m.cols), i % m.cols);
  }
  return out;
}

/** The rows with lengths that differ: their own where they do, else drawn. */
function stretched(m: Points, random: Random): Points {
  const norms = rowNorms(m);
  const alike = norms.every((norm) => Math.abs(norm - norms[0]) < 0.05 * norms[0]);
  if (!alike) return m;
  const stream = random.fork('lengths');
  const lengths = norms.map(() => 4 * exp(0.2 * stream.normal()));
  return mapped(m, (x, row) => x * lengths[row]);
}

function withNoise(m: Points, size: number, random: Random): Points {
  return mapped(m, (x) => x * (1 + size * random.normal()));
}

/** Texts of eight tokens, the row and seven others: their mean, and a mean that favours early ones. */
function pooledTwice(m: Points, random: Random): { readonly a: Points; readonly b: Points } {
  const [a, b] = [zeros(m.rows, m.cols), zeros(m.rows, m.cols)];
  const weights = Array.from({ length: 8 }, (_, t) => 0.7 ** t);
  const total = sumOf(weights);
  for (let i = 0; i < m.rows; i++) {
    for (const weight of weights) {
      const token = random.integer(m.rows);
      for (let c = 0; c < m.cols; c++) {
        const x = m.data[token * m.cols + c];
        a.data[i * m.cols + c] += x / 8;
        b.data[i * m.cols + c] += (x * weight) / total;
      }
    }
  }
  return { a, b };
}

/** Rounded to multiples of 1/127 of the largest value. */
function int8(m: Points): Points {
  let largest = 0;
  for (const x of m.data) largest = Math.max(largest, Math.abs(x));
  const step = largest / 127;
  return mapped(m, (x) => Math.round(x / step) * step);
}

function normals(d: number, random: Random): Matrix<Float64Array> {
  const out = zeros64(d, d);
  for (let i = 0; i < out.data.length; i++) out.data[i] = random.normal();
  return out;
}

function rowsInOrder(m: Points, order: Int32Array): Points {
  return mapped(m, (_, row, column) => m.data[order[row] * m.cols + column]);
}

function columnsInOrder(m: Points, order: Int32Array): Points {
  const out = zeros(m.rows, order.length);
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < order.length; c++) {
      out.data[i * order.length + c] = m.data[i * m.cols + order[c]];
    }
  }
  return out;
}

function firstColumns(d: number): Int32Array {
  return Int32Array.from({ length: Math.ceil(d / 2) }, (_, c) => c);
}

/** Half a typical row length in one random direction. */
function shiftedBy(m: Points, random: Random): Points {
  const length = rowNorms(m).reduce((sum, x) => sum + x / m.rows, 0) / 2;
  const direction = Float64Array.from(
    { length: m.cols },
    () => random.normal() / Math.sqrt(m.cols),
  );
  return mapped(m, (x, _, column) => x + length * direction[column]);
}

/** The column that varies most, ten times as large. */
function withOutlier(m: Points): Points {
  const squares = new Float64Array(m.cols);
  for (let i = 0; i < m.data.length; i++) squares[i % m.cols] += m.data[i] ** 2;
  const column = squares.reduce((best, x, c) => (x > squares[best] ? c : best), 0);
  return mapped(m, (x, _, c) => (c === column ? 10 * x : x));
}
