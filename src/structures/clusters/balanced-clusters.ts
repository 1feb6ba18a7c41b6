import { gathered, type Matrix, row, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { zerosOf } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { moveToMeans } from '../../numerics/solvers/k-means.ts';

export interface BalancedOptions {
  readonly engine: Engine;
  /** Of the rows that the start comes from, where there are many. */
  readonly random: Random;
  /** Steps at most. Default 10. */
  readonly steps?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that the start comes from. */
const START_ROWS = 4096;
/** Products with the scatter of a part: its longest direction need not be exact. */
const POWER_STEPS = 12;

/**
 * Balanced k-means: k clusters of n/k rows each (but for one), with small squared distances from their means. It starts
 * from halves along the longest direction, halved again; each step moves the centers to the means and lets the rows choose,
 * those first that have most to lose, each the nearest center with room. Nothing is drawn but the rows of the start where
 * there are more than 4,096. O(ndk) a step.
 *
 * @returns the cluster of each row
 */
export async function balancedClusters(
  points: Matrix,
  k: number,
  { engine, random, steps = 10, signal }: BalancedOptions,
): Promise<Int32Array> {
  const { rows: n, cols: d } = points;
  const centers = startOf(points, k, random);
  let of: Int32Array = new Int32Array(n).fill(-1);
  for (let step = 0; step < steps; step++) {
    const right = zerosOf(points, k, d);
    right.data.set(centers.data);
    const products = await engine.matmul(points, right, true, { signal });
    const chosen = chosenInTurn(products, centers);
    const isSame = chosen.every((c, i) => c === of[i]);
    of = chosen;
    if (isSame) break;
    moveToMeans(points, of, centers);
  }
  return of;
}

/** Means of parts of about one size, cut along their longest directions. */
function startOf(points: Matrix, k: number, random: Random): Matrix<Float64Array> {
  const { rows: n, cols: d } = points;
  const centers = zeros64(k, d);
  const drawn =
    n > START_ROWS
      ? random.sample(n, START_ROWS).sort()
      : Int32Array.from({ length: n }, (_, i) => i);
  const parts: { readonly rows: Int32Array; readonly from: number; readonly count: number }[] = [
    { rows: drawn, from: 0, count: k },
  ];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const { rows, from, count } = part;
    if (count === 1) {
      centers.data.set(meanRow(gathered(points, rows)), from * d);
      continue;
    }
    const places = alongLongest(gathered(points, rows));
    const order = Int32Array.from(rows.keys()).sort((i, j) => places[i] - places[j] || i - j);
    const first = count >> 1;
    const cut = Math.round((rows.length * first) / count);
    const side = (a: number, b: number) => Int32Array.from(order.subarray(a, b), (i) => rows[i]);
    parts.push(
      { rows: side(0, cut), from, count: first },
      { rows: side(cut, rows.length), from: from + first, count: count - first },
    );
  }
  return centers;
}

/** ⟨xᵢ − x̄, v⟩ with v near the longest direction, found from the row that is farthest out. */
function alongLongest(points: Matrix): Float64Array {
  const { data, rows: n, cols: d } = points;
  const mean = meanRow(points);
  const placesOn = (v: Float64Array) =>
    Float64Array.from({ length: n }, (_, i) => {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += (data[i * d + c] - mean[c]) * v[c];
      return sum;
    });
  const apart = (i: number) => Float64Array.from(row(points, i), (x, c) => x - mean[c]);
  const lengths = Float64Array.from({ length: n }, (_, i) => squared(apart(i)));
  let places = placesOn(apart(lengths.indexOf(Math.max(...lengths))));
  for (let step = 0; step < POWER_STEPS; step++) {
    const v = new Float64Array(d);
    for (let i = 0; i < n; i++)
      for (let c = 0; c < d; c++) v[c] += places[i] * (data[i * d + c] - mean[c]);
    const length = Math.sqrt(squared(v)) || 1;
    places = placesOn(v.map((x) => x / length));
  }
  return places;
}

function squared(v: Float64Array): number {
  return v.reduce((sum, x) => sum + x * x, 0);
}

/** The nearest center with room, for the rows in the order of what they lose by their second choice. */
function chosenInTurn({ data, rows: n, cols: k }: Matrix, centers: Matrix): Int32Array {
  const half = Float64Array.from(
    { length: k },
    (_, c) => squared(Float64Array.from(row(centers, c))) / 2,
  );
  const cost = (i: number, c: number) => half[c] - data[i * k + c];
  const losses = Float64Array.from({ length: n }, (_, i) => {
    let [best, second] = [Infinity, Infinity];
    for (let c = 0; c < k; c++) {
      const own = cost(i, c);
      if (own < best) [best, second] = [own, best];
      else if (own < second) second = own;
    }
    return second - best;
  });
  const order = Int32Array.from(losses.keys()).sort((i, j) => losses[j] - losses[i] || i - j);
  const size = Math.floor(n / k);
  let larger = n % k;
  const counts = new Int32Array(k);
  const of = new Int32Array(n);
  for (const i of order) {
    let [best, least] = [-1, Infinity];
    for (let c = 0; c < k; c++) {
      const hasRoom = counts[c] < size || (counts[c] === size && larger > 0);
      if (hasRoom && cost(i, c) < least) [best, least] = [c, cost(i, c)];
    }
    if (counts[best] === size) larger -= 1;
    counts[best] += 1;
    of[i] = best;
  }
  return of;
}
