import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, zeros64 } from '../../../core/matrix.ts';

/** Labels that are tried as the next to observe, those farthest from what is reached first. */
const MOST_TRIED = 32;
/** Of two costs that differ by less, as parts of the squared distance of the two labels, neither is smaller. */
const TIE = 1e-9;

/**
 * The negated expected squared distance of each label, the largest being the Fréchet mean of the observed labels by their
 * probabilities:
 *
 *     s_y = −Σ_k p_k·d(y, λ_k)²
 *
 * @param probabilities r × K of the observed labels; r × C comes back
 * @param distances C × C
 * @param observed places of the K labels among the C
 */
export function labelScores(
  probabilities: Matrix,
  distances: Matrix,
  observed: ArrayLike<number>,
): Matrix<Float64Array> {
  const { data, rows: r, cols: k } = probabilities;
  const c = requireLabels('labelScores', distances, observed);
  if (k !== observed.length)
    throw new ShapeError('labelScores', `probabilities of ${observed.length} labels`, `${k}`);
  const out = zeros64(r, c);
  for (let i = 0; i < r; i++) {
    const own = out.data.subarray(i * c, (i + 1) * c);
    for (let a = 0; a < k; a++) {
      const share = data[i * k + a];
      const from = observed[a] * c;
      if (share !== 0) for (let y = 0; y < c; y++) own[y] -= share * distances.data[from + y] ** 2;
    }
  }
  return out;
}

/**
 * The labels that Fréchet means can reach: those of least p·d(y, λ)² + (1 − p)·d(y, μ)² for two observed labels λ, μ and some
 * p, ties included. On trees and grids no mixture of more labels reaches others; elsewhere there may be some.
 */
export function labelLocus(distances: Matrix, observed: ArrayLike<number>): Int32Array {
  const c = requireLabels('labelLocus', distances, observed);
  const reached = new Uint8Array(c);
  for (let a = 0; a < observed.length; a++) markPairs(distances, observed, a, reached);
  return Int32Array.from(reached.keys()).filter((y) => reached[y] === 1);
}

/**
 * The label whose observation lets Fréchet means reach the most labels; of equally good ones that farthest from what is reached.
 * Undefined where all are.
 */
export function nextLabel(distances: Matrix, observed: ArrayLike<number>): number | undefined {
  const { data, rows: c } = distances;
  const locus = labelLocus(distances, observed);
  const isReached = new Set(locus);
  const gaps = Float64Array.from({ length: c }, (_, y) =>
    locus.reduce((least, z) => Math.min(least, data[y * c + z]), Infinity),
  );
  const tried = Array.from({ length: c }, (_, y) => y)
    .filter((y) => !isReached.has(y))
    .sort((a, b) => gaps[b] - gaps[a] || a - b)
    .slice(0, MOST_TRIED);
  let best: { label: number | undefined; count: number } = { label: undefined, count: -1 };
  for (const label of tried) {
    const reached = new Uint8Array(c);
    for (const y of locus) reached[y] = 1;
    const more = [label, ...Array.from(observed)];
    markPairs(distances, more, 0, reached);
    const count = reached.reduce((sum, own) => sum + own, 0);
    if (count > best.count) best = { label, count };
  }
  return best.label;
}

/** Marks what mixtures of one label with those after it reach. */
function markPairs(
  { data, rows: c }: Matrix,
  observed: ArrayLike<number>,
  a: number,
  reached: Uint8Array,
): void {
  const near = data.subarray(observed[a] * c, (observed[a] + 1) * c);
  const order = Int32Array.from({ length: c }, (_, y) => y).sort((x, y) => near[x] - near[y]);
  for (const y of order) {
    if (near[y] > 0) break;
    reached[y] = 1;
  }
  for (let b = a + 1; b < observed.length; b++) {
    const far = data.subarray(observed[b] * c, (observed[b] + 1) * c);
    const size = near[observed[b]] ** 2;
    if (size > 0) markEnvelope(order, near, far, size, reached);
  }
}

/** Labels on the lower convex envelope of the points (d(y, λ)², d(y, μ)²), between λ and μ. */
function markEnvelope(
  order: Int32Array,
  near: ArrayLike<number>,
  far: ArrayLike<number>,
  size: number,
  reached: Uint8Array,
): void {
  const [x, y] = [(label: number) => near[label] ** 2, (label: number) => far[label] ** 2];
  const slack = TIE * size;
  const hull: number[] = [];
  for (const label of order) {
    if (x(label) > size + slack) break;
    while (hull.length > 0) {
      const top = hull[hull.length - 1];
      const isBelow =
        hull.length === 1
          ? x(label) <= x(top) && y(label) < y(top)
          : turn(x, y, hull[hull.length - 2], top, label) <= 0;
      if (!isBelow) break;
      hull.pop();
    }
    hull.push(label);
  }
  let edge = 0;
  for (const label of order) {
    if (x(label) > size + slack) break;
    while (edge + 2 < hull.length && x(hull[edge + 1]) < x(label)) edge += 1;
    const [from, to] = [hull[edge], hull[Math.min(edge + 1, hull.length - 1)]];
    const width = x(to) - x(from);
    const share = width > 0 ? Math.min(1, (x(label) - x(from)) / width) : 0;
    if (y(label) <= y(from) + share * (y(to) - y(from)) + slack) reached[label] = 1;
  }
}

/** Above 0 where the way from a over b to c turns left. */
function turn(
  x: (label: number) => number,
  y: (label: number) => number,
  a: number,
  b: number,
  c: number,
): number {
  return (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a));
}

function requireLabels(
  where: string,
  { rows: c, cols }: Matrix,
  observed: ArrayLike<number>,
): number {
  if (c !== cols) throw new ShapeError(where, 'as many rows as columns', `${c} × ${cols}`);
  if (observed.length === 0) throw new InputError(where, 'no label is observed.');
  const odd = Array.from(observed).find((y) => !(Number.isInteger(y) && y >= 0 && y < c));
  if (odd !== undefined) throw new OptionError(where, 'observed', `places below ${c}`, odd);
  return c;
}
