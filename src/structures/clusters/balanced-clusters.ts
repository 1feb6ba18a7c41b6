import { gathered, type Matrix, row, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { zerosOf } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { addFourRows, type FourRows, fourRows } from '../../numerics/rows/four-rows.ts';
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
  const { rows: n, cols: d } = points;
  const middle = centeredByFours(points);
  const start = new Float64Array(d);
  let longest = -1;
  for (let i = 0; i < n; i++) {
    const own = rowOf(middle, i);
    const length = squared(own);
    if (length > longest) {
      longest = length;
      start.set(own);
    }
  }
  let places = placesOn(middle, start, n);
  for (let step = 0; step < POWER_STEPS; step++) {
    const v = new Float64Array(d);
    for (const [at, four] of middle.entries())
      addFourRows(v, 0, d, four, ...placesOfFour(places, 4 * at));
    const length = Math.sqrt(squared(v)) || 1;
    places = placesOn(
      middle,
      v.map((x) => x / length),
      n,
    );
  }
  return places;
}

/** Rows less their mean in float64, four by four; rows of zeros behind the last. */
function centeredByFours({ data, rows: n, cols: d }: Matrix): readonly FourRows[] {
  const mean = meanRow({ data, rows: n, cols: d });
  return Array.from({ length: Math.ceil(n / 4) }, (_, at) => {
    const four = fourRows(d);
    for (let r = 0; r < 4 && 4 * at + r < n; r++)
      for (let c = 0; c < d; c++) four[r][c] = data[(4 * at + r) * d + c] - mean[c];
    return four;
  });
}

const rowOf = (rows: readonly FourRows[], i: number) => rows[i >> 2][i & 3];

function placesOfFour(places: Float64Array, at: number): [number, number, number, number] {
  const of = (r: number) => (at + r < places.length ? places[at + r] : 0);
  return [of(0), of(1), of(2), of(3)];
}

/** ⟨row, v⟩ of the first n rows. */
function placesOn(rows: readonly FourRows[], v: Float64Array, n: number): Float64Array {
  const out = new Float64Array(4 * rows.length);
  for (const [at, [x0, x1, x2, x3]] of rows.entries()) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < v.length; c++) {
      s0 += x0[c] * v[c];
      s1 += x1[c] * v[c];
      s2 += x2[c] * v[c];
      s3 += x3[c] * v[c];
    }
    out.set([s0, s1, s2, s3], 4 * at);
  }
  return out.slice(0, n);
}

function squared(v: Float64Array): number {
  let sum = 0;
  for (const x of v) sum += x * x;
  return sum;
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
