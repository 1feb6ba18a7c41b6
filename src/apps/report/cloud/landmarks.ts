import type { Numbers } from '../contract.ts';

const CANDIDATES = 300;

/**
 * Up to 28 of the first 300 rows, far from one another: each next one is the farthest from those taken, so that names
 * spread over the whole picture. Rows without a place are left out.
 */
export function landmarks(points: Numbers, dims: 2 | 3, most = 28): number[] {
  const rows = Math.min(CANDIDATES, points.length / dims);
  const distance = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < dims; c++) sum += (points[dims * i + c] - points[dims * j + c]) ** 2;
    return sum;
  };
  const nearest = new Float64Array(rows).fill(Infinity);
  const taken: number[] = [];
  let next = Array.from(nearest.keys()).find((i) => distance(i, i) === 0) ?? -1;
  while (next >= 0 && taken.length < most) {
    taken.push(next);
    const last = next;
    nearest[last] = -1;
    next = -1;
    for (let i = 0; i < rows; i++) {
      if (nearest[i] < 0) continue;
      nearest[i] = Math.min(nearest[i], distance(i, last));
      if (nearest[i] >= 0 && (next < 0 || nearest[i] > nearest[next])) next = i;
    }
  }
  return taken;
}
