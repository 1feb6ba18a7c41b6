import type { Floats, Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Turn } from './turns.ts';

/** Rows in blocks of near ones: block b has the rows order[starts[b]] … order[starts[b + 1] − 1]. */
export interface Blocks {
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

/** Pairs drawn for a direction before equal rows are split by their index. */
const DRAWS = 4;

/**
 * The leaves of a random-projection tree, of more than `most` / 2 and at most `most` rows (all rows where there
 * are fewer): each node is halved at the median of its rows along the difference of two of them.
 */
export async function blocksOf(
  { data, rows: n, cols: d }: Matrix,
  most: number,
  random: Random,
  turn: Turn,
): Promise<Blocks> {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const keys = new Float64Array(n);
  const normal = new Float64Array(d);
  const starts: number[] = [];
  const open: [number, number][] = [[0, n]];
  for (let node = open.pop(); node; node = open.pop()) {
    const [start, end] = node;
    if (end - start <= most) {
      starts.push(start);
      continue;
    }
    const middle = (start + end) >> 1;
    drawNormal(data, d, order, start, end, random, normal);
    project(data, d, order, start, end, normal, keys);
    partition(order, keys, start, end - 1, middle);
    open.push([middle, end], [start, middle]);
    await turn();
  }
  return { order, starts: Int32Array.from([...starts, n]) };
}

/** The difference of two rows of a node, unequal ones if they are found soon. */
function drawNormal(
  data: Floats,
  d: number,
  order: Int32Array,
  start: number,
  end: number,
  random: Random,
  normal: Float64Array,
): void {
  for (let draw = 0; draw < DRAWS; draw++) {
    const x = order[start + random.integer(end - start)] * d;
    const y = order[start + random.integer(end - start)] * d;
    let different = false;
    for (let c = 0; c < d; c++) {
      normal[c] = data[x + c] - data[y + c];
      different ||= normal[c] !== 0;
    }
    if (different) return;
  }
}

function project(
  data: Floats,
  d: number,
  order: Int32Array,
  start: number,
  end: number,
  normal: Float64Array,
  keys: Float64Array,
): void {
  const whole = d & ~3;
  for (let t = start; t < end; t++) {
    const x = order[t] * d;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let c = 0;
    for (; c < whole; c += 4) {
      s0 += data[x + c] * normal[c];
      s1 += data[x + c + 1] * normal[c + 1];
      s2 += data[x + c + 2] * normal[c + 2];
      s3 += data[x + c + 3] * normal[c + 3];
    }
    for (; c < d; c++) s0 += data[x + c] * normal[c];
    keys[t] = s0 + s1 + (s2 + s3);
  }
}

/**
 * Moves rows and their keys so that at `middle` stands what stands there when rows first … last are sorted by key,
 * smaller ones before it and larger ones behind; equal keys by lower row (quickselect).
 */
export function partition(
  order: Int32Array,
  keys: Float64Array,
  first: number,
  last: number,
  middle: number,
): void {
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = medianOfThree(order, keys, low, (low + high) >> 1, high);
    const key = keys[pivot];
    const row = order[pivot];
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i] < key || (keys[i] === key && order[i] < row)) i++;
      while (key < keys[j] || (key === keys[j] && row < order[j])) j--;
      if (i <= j) swap(order, keys, i++, j--);
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

function swap(order: Int32Array, keys: Float64Array, i: number, j: number): void {
  const [row, key] = [order[i], keys[i]];
  order[i] = order[j];
  keys[i] = keys[j];
  order[j] = row;
  keys[j] = key;
}

function medianOfThree(
  order: Int32Array,
  keys: Float64Array,
  a: number,
  b: number,
  c: number,
): number {
  const before = (i: number, j: number): boolean =>
    keys[i] < keys[j] || (keys[i] === keys[j] && order[i] < order[j]);
  const [low, high] = before(a, b) ? [a, b] : [b, a];
  if (before(c, low)) return low;
  return before(c, high) ? c : high;
}
