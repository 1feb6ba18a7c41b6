import { Random } from '../../dist/core/random.js';
import { datasetByName } from '../../dist/io/datasets/index.js';

/** 200 clusters, each along 20 directions of its own that vary less and less, and noise in all columns. */
function clusters(total, d = 100) {
  const random = Random.fromSeed(7);
  const along = 20;
  const [count, data, z] = [200, new Float32Array(total * d), new Float64Array(along)];
  const normals = (length, scale) => Float64Array.from({ length }, () => scale * random.normal());
  const directions = Array.from({ length: count }, () => normals(along * d, d ** -0.5));
  const centers = Array.from({ length: count }, () => normals(d, 0.3));
  for (let i = 0; i < total; i++) {
    const cluster = random.integer(count);
    const [center, basis] = [centers[cluster], directions[cluster]];
    for (let a = 0; a < along; a++) z[a] = (random.normal() * Math.sqrt(d / along)) / (1 + a / 4);
    for (let c = 0; c < d; c++) {
      let sum = center[c] + 0.05 * random.normal();
      for (let a = 0; a < along; a++) sum += z[a] * basis[a * d + c];
      data[i * d + c] = sum;
    }
  }
  return { data, rows: total, cols: d };
}

async function glove(total) {
  const { points } = await datasetByName('glove')();
  const { data, rows, cols } = points;
  const order = Random.fromSeed(7).sample(rows, Math.min(rows, total));
  const out = new Float32Array(order.length * cols);
  for (const [i, row] of order.entries())
    out.set(data.subarray(row * cols, (row + 1) * cols), i * cols);
  return { data: out, rows: order.length, cols };
}

export const SETS = { clusters, glove };

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
