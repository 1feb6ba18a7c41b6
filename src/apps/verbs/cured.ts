import { gathered, type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import type { RunControls } from '../../core/run.ts';
import { eigh } from '../../numerics/decompositions/eigh.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { medianOf } from '../../numerics/statistics/averages.ts';
import type { Cure } from '../doctor/index.ts';
import { disperse } from './disperse.ts';

/** What a finding of the doctor says to do, done: one matrix, or one for each file that is to be written. */
export async function cured<T extends Matrix>(
  points: T,
  cure: Cure,
  run: RunControls = {},
): Promise<Matrix[]> {
  switch (cure.id) {
    case 'drop-rows': {
      const out = new Set(cure.rows);
      const kept = Array.from({ length: points.rows }, (_, i) => i).filter((i) => !out.has(i));
      return [gathered(points, kept)];
    }
    case 'split-rows':
      return cure.groups.map((rows) => gathered(points, rows));
    case 'scale-rows':
      return [unitOrZeroRows(points).points];
    case 'subtract-mean':
      return [centered(unitOrZeroRows(points).points)];
    case 'equalize-columns':
      return [equalized(unitOrZeroRows(points).points, cure.columns)];
    case 'drop-columns':
      return [withoutColumns(points, cure.columns)];
    case 'keep-directions':
      return [inDirections(centered(unitOrZeroRows(points).points), cure.count)];
    case 'disperse':
      return [(await disperse(points, {}, run)).points];
  }
}

function equalized(m: Matrix, columns: readonly number[]): Matrix {
  const x = centered(m);
  const deviations = new Float64Array(m.cols);
  x.data.forEach((value, at) => {
    deviations[at % m.cols] += (value * value) / m.rows;
  });
  deviations.forEach((variance, c) => {
    deviations[c] = Math.sqrt(variance);
  });
  const typical = medianOf(deviations);
  const factors = new Map(columns.map((c) => [c, typical / (deviations[c] || 1)]));
  const out = zerosLike(m);
  m.data.forEach((value, at) => {
    const factor = factors.get(at % m.cols);
    out.data[at] = factor === undefined ? value : factor * x.data[at];
  });
  return out;
}

function withoutColumns(m: Matrix, columns: readonly number[]): Matrix {
  const out = new Set(columns);
  const kept = Array.from({ length: m.cols }, (_, c) => c).filter((c) => !out.has(c));
  const data = Float64Array.from({ length: m.rows * kept.length }, (_, at) => {
    return m.data[Math.floor(at / kept.length) * m.cols + kept[at % kept.length]];
  });
  return matrix(data, m.rows, kept.length);
}

function inDirections(x: Matrix, count: number): Matrix {
  const { rows: n, cols: d } = x;
  const gram = matrix(new Float64Array(d * d), d, d);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < d; p++) {
      for (let q = 0; q < d; q++) gram.data[p * d + q] += x.data[i * d + p] * x.data[i * d + q];
    }
  }
  const { vectors } = eigh(gram);
  const data = Float64Array.from({ length: n * count }, (_, at) => {
    const [i, k] = [Math.floor(at / count), at % count];
    let sum = 0;
    for (let c = 0; c < d; c++) sum += x.data[i * d + c] * vectors.data[k * d + c];
    return sum;
  });
  return matrix(data, n, count);
}
