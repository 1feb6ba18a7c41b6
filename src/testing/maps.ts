import { type Matrix, matrix } from '../core/matrix.ts';
import { Random } from '../core/random.ts';

/** `count` balls of `each` rows about centres that lie far apart; labels in blocks. */
export function clusters(
  count: number,
  each: number,
  d: number,
  seed = 1,
): { readonly points: Matrix<Float64Array>; readonly labels: Int32Array } {
  const random = Random.fromSeed(seed);
  const centers = Float64Array.from({ length: count * d }, () => 20 * random.normal());
  const n = count * each;
  const labels = Int32Array.from({ length: n }, (_, i) => Math.floor(i / each));
  const data = Float64Array.from(
    { length: n * d },
    (_, at) => centers[labels[Math.floor(at / d)] * d + (at % d)] + random.normal(),
  );
  return { points: matrix(data, n, d), labels };
}

/** A closed curve of n rows in space, in order, with a little noise. */
export function ring(n: number, seed = 2): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  const data = Float64Array.from({ length: n * 3 }, (_, at) => {
    const angle = (2 * Math.PI * Math.floor(at / 3)) / n;
    return [Math.cos(angle), Math.sin(angle), 0][at % 3] + 0.003 * random.normal();
  });
  return matrix(data, n, 3);
}

/** Euclidean distance of two rows, of two matrices or one. */
export function distanceOf(a: Matrix, i: number, j: number, b: Matrix = a): number {
  let squares = 0;
  for (let c = 0; c < a.cols; c++)
    squares += (a.data[i * a.cols + c] - b.data[j * a.cols + c]) ** 2;
  return Math.sqrt(squares);
}

/** Root mean square distance of the rows from their mean. */
export function spreadOf({ data, rows: n, cols: m }: Matrix): number {
  let sum = 0;
  for (let c = 0; c < m; c++) {
    let [first, second] = [0, 0];
    for (let i = 0; i < n; i++) {
      first += data[i * m + c] / n;
      second += data[i * m + c] ** 2 / n;
    }
    sum += second - first * first;
  }
  return Math.sqrt(sum);
}

/** Share of the rows whose nearest other row has their label. */
export function nearestAgrees(map: Matrix, labels: ArrayLike<unknown>): number {
  let agree = 0;
  for (let i = 0; i < map.rows; i++) {
    let nearest = i === 0 ? 1 : 0;
    for (let j = 0; j < map.rows; j++) {
      if (j !== i && distanceOf(map, i, j) < distanceOf(map, i, nearest)) nearest = j;
    }
    if (labels[nearest] === labels[i]) agree += 1;
  }
  return agree / map.rows;
}
