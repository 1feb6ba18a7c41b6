// Rows to search and to draw maps of.
import { matrix } from '../dist/core/matrix.js';

/** n × d: 200 clusters, each along 20 directions of its own that vary less and less, and noise in all columns. */
export function clusters(n, d, random) {
  const along = 20;
  const [count, data, z] = [200, new Float32Array(n * d), new Float64Array(along)];
  const normals = (length, scale) => Float64Array.from({ length }, () => scale * random.normal());
  const directions = Array.from({ length: count }, () => normals(along * d, d ** -0.5));
  const centers = Array.from({ length: count }, () => normals(d, 0.3));
  for (let i = 0; i < n; i++) {
    const cluster = random.integer(count);
    const [center, basis] = [centers[cluster], directions[cluster]];
    for (let a = 0; a < along; a++) z[a] = (random.normal() * Math.sqrt(d / along)) / (1 + a / 4);
    for (let c = 0; c < d; c++) {
      let sum = center[c] + 0.05 * random.normal();
      for (let a = 0; a < along; a++) sum += z[a] * basis[a * d + c];
      data[i * d + c] = sum;
    }
  }
  return matrix(data, n, d);
}
