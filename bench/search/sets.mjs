import { Random } from '../../dist/core/random.js';
import { datasetByName } from '../../dist/io/datasets/index.js';
import { clusters } from '../clusters.mjs';

/** Rows of 200 clusters. */
const made = (total, d = 100) => clusters(total, d, Random.fromSeed(7));

async function glove(total) {
  const { points } = await datasetByName('glove')();
  const { data, rows, cols } = points;
  const order = Random.fromSeed(7).sample(rows, Math.min(rows, total));
  const out = new Float32Array(order.length * cols);
  for (const [i, row] of order.entries())
    out.set(data.subarray(row * cols, (row + 1) * cols), i * cols);
  return { data: out, rows: order.length, cols };
}

export const SETS = { clusters: made, glove };

/** Rows of length 1, so that the inner product of every contestant is the cosine. */
export function unit({ data, rows, cols }) {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let c = i * cols; c < (i + 1) * cols; c++) sum += data[c] ** 2;
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let c = i * cols; c < (i + 1) * cols; c++) data[c] *= scale;
  }
  return { data, rows, cols };
}
