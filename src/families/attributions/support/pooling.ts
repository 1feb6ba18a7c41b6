import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import type { Parts } from '../types.ts';

export type Pool = 'average' | 'max';

/**
 * The share of each part in the pooled vector: rows that sum to it, p × d. Average: Aₚ/p. Max: channel c of Aₚ where part
 * p has its maximum, else 0; parts that tie share it.
 */
export function shares(parts: Matrix, pool: Pool): Matrix<Float64Array> {
  const { data, rows: p, cols: d } = parts;
  if (pool === 'average')
    return matrix(
      Float64Array.from(data, (x) => x / p),
      p,
      d,
    );
  const out = zeros64(p, d);
  for (let c = 0; c < d; c++) {
    let [most, ties] = [-Infinity, 0];
    for (let i = 0; i < p; i++) {
      const x = data[i * d + c];
      if (x > most) [most, ties] = [x, 1];
      else if (x === most) ties += 1;
    }
    for (let i = 0; i < p; i++) if (data[i * d + c] === most) out.data[i * d + c] = most / ties;
  }
  return out;
}

/** The shares behind a linear layer: W sₚ + β/p, which sum to W Σsₚ + β. */
export function headed(parts: Matrix<Float64Array>, head: Parts['head']): Matrix<Float64Array> {
  if (!head) return parts;
  const { rows: p, cols: d } = parts;
  const { weights, bias } = head;
  const e = weights.rows;
  const out = zeros64(p, e);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < e; j++) {
      let sum = bias[j] / p;
      for (let c = 0; c < d; c++) sum += weights.data[j * d + c] * parts.data[i * d + c];
      out.data[i * e + j] = sum;
    }
  }
  return out;
}

/** Σₚ of the rows. */
export function total({ data, rows: p, cols: d }: Matrix): Float64Array {
  const sums = new Float64Array(d);
  for (let i = 0; i < p; i++) for (let c = 0; c < d; c++) sums[c] += data[i * d + c];
  return sums;
}
