import type { Matrix } from '../../core/matrix.ts';

/** Kruskal's stress-1 over all pairs, at the scale of the map that makes it least. */
export function scaledStress(points: Matrix, map: Matrix): number {
  const { rows: n } = points;
  let [own, both, given] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [wanted, got] = [distance(points, i, j), distance(map, i, j)];
      own += got * got;
      both += got * wanted;
      given += wanted * wanted;
    }
  }
  return Math.sqrt(Math.max(0, 1 - (both * both) / (own * given)));
}

/** Trustworthiness (Venna and Kaski 2001): 1 where the k nearest rows in the map are the nearest ones in the data. */
export function mapTrust(points: Matrix, map: Matrix, k: number): number {
  const { rows: n } = points;
  let lost = 0;
  for (let i = 0; i < n; i++) {
    const order = nearestFirst(points, i);
    const ranks = new Int32Array(n);
    order.forEach((j, rank) => {
      ranks[j] = rank + 1;
    });
    for (const j of nearestFirst(map, i).slice(0, k)) lost += Math.max(0, ranks[j] - k);
  }
  return 1 - (2 * lost) / (n * k * (2 * n - 3 * k - 1));
}

/** Other rows, nearest first. */
function nearestFirst(points: Matrix, i: number): number[] {
  const distances = Float64Array.from({ length: points.rows }, (_, j) => distance(points, i, j));
  return Array.from(distances.keys())
    .filter((j) => j !== i)
    .sort((a, b) => distances[a] - distances[b] || a - b);
}

function distance({ data, cols: d }: Matrix, i: number, j: number): number {
  let squares = 0;
  for (let c = 0; c < d; c++) squares += (data[i * d + c] - data[j * d + c]) ** 2;
  return Math.sqrt(squares);
}
