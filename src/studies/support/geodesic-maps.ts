import type { Floats, Matrix } from '../../core/matrix.ts';
import { row } from '../../core/matrix.ts';
import { pearson } from '../../numerics/statistics/pearson.ts';

/** All distances of n points, n × n. */
export interface Distances {
  readonly n: number;
  readonly values: Float64Array;
}

export function distancesBy(distance: (x: Floats, y: Floats) => number, points: Matrix): Distances {
  const n = points.rows;
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      values[i * n + j] = distance(row(points, i), row(points, j));
      values[j * n + i] = values[i * n + j];
    }
  }
  return { n, values };
}

/** For each point the others, nearest first; equal distances by lower index. */
function nearestFirst({ n, values }: Distances): readonly (readonly number[])[] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => j)
      .filter((j) => j !== i)
      .sort((a, b) => values[i * n + a] - values[i * n + b] || a - b),
  );
}

/** 1 − 2/(nk(2n − 3k − 1)) Σᵢ Σ (rank of j in the data − k) over map neighbours j of i that are none in the data. */
export function trustworthiness(data: Distances, map: Distances, k: number): number {
  const { n } = data;
  const [inData, inMap] = [nearestFirst(data), nearestFirst(map)];
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const rank = new Map(inData[i].map((j, at) => [j, at + 1]));
    for (const j of inMap[i].slice(0, k)) sum += Math.max(0, (rank.get(j) ?? n) - k);
  }
  return 1 - (2 * sum) / (n * k * (2 * n - 3 * k - 1));
}

/** √(Σ(s·d′ − d)²/Σd²) with the scale s of the map that makes it least. */
export function stress({ values: data }: Distances, { values: map }: Distances): number {
  let [dd, dm, mm] = [0, 0, 0];
  for (const [at, d] of data.entries()) {
    dd += d * d;
    dm += d * map[at];
    mm += map[at] * map[at];
  }
  return Math.sqrt(Math.max(0, 1 - (dm * dm) / (dd * mm)));
}

/** Correlation of the distances of all pairs. */
export function distanceCorrelation({ n, values }: Distances, map: Distances): number {
  const pairs = Array.from(values.keys()).filter((at) => at % n < Math.floor(at / n));
  return pearson(
    pairs.map((at) => values[at]),
    pairs.map((at) => map.values[at]),
  );
}

/** Share of points whose k nearest vote for their class; a tie goes to the nearer one. */
export function nearestAccuracy(map: Distances, classes: ArrayLike<number>, k: number): number {
  const lists = nearestFirst(map);
  const right = lists.filter((list, i) => {
    const votes = new Map<number, number>();
    for (const j of list.slice(0, k)) votes.set(classes[j], (votes.get(classes[j]) ?? 0) + 1);
    const most = Math.max(...votes.values());
    const winner = list.find((j) => votes.get(classes[j]) === most) ?? i;
    return classes[winner] === classes[i];
  });
  return right.length / map.n;
}
