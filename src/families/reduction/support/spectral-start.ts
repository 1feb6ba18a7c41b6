import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { eigh } from '../../../numerics/decompositions/index.ts';
import { degreesOf, type Edges } from './layout-edges.ts';

const MOST_STEPS = 100;
/** Numbers that the basis may take: a quarter of a gigabyte. */
const MOST_NUMBERS = 2 ** 25;

/**
 * The leading m eigenvectors of D^(−½) W D^(−½) after the first, n × m, by Lanczos steps with full
 * orthogonalisation; columns of zeros where there are fewer. After so few steps they are approximate where the graph is
 * large: a start for a layout needs no more.
 */
export async function spectralVectors(
  edges: Edges,
  m: number,
  random: Random,
  tick: (done: number) => Promise<void>,
): Promise<Matrix<Float64Array>> {
  const { n } = edges;
  const roots = degreesOf(edges).map(Math.sqrt);
  const inverse = roots.map((root) => (root > 0 ? 1 / root : 0));
  const basis = [scaledToUnit(roots)];
  const most = Math.max(m, Math.min(n - 1, MOST_STEPS, Math.floor(MOST_NUMBERS / n)));
  const diagonal: number[] = [];
  const off: number[] = [];
  let vector = new Float64Array(n);
  random.normals(vector);
  for (let s = 0; s < most; s++) {
    const left = orthogonalizedInPlace(vector, basis);
    if (!(left > 1e-9)) break;
    if (s > 0) off.push(left);
    const unit = vector.map((x) => x / left);
    basis.push(unit);
    vector = product(edges, inverse, unit);
    diagonal.push(dotOf(vector, unit));
    await tick((s + 1) / most);
  }
  return ritzVectors(basis, diagonal, off, m);
}

/** The vectors of the m largest eigenvalues of the tridiagonal matrix, in the basis after its first row. */
function ritzVectors(
  basis: readonly Float64Array[],
  diagonal: readonly number[],
  off: readonly number[],
  m: number,
): Matrix<Float64Array> {
  const n = basis[0].length;
  const k = diagonal.length;
  const out = zeros64(n, m);
  if (k === 0) return out;
  const small = zeros64(k, k);
  for (let s = 0; s < k; s++) {
    small.data[s * k + s] = diagonal[s];
    if (s + 1 < k) small.data[s * k + s + 1] = small.data[(s + 1) * k + s] = off[s];
  }
  const { vectors } = eigh(small);
  for (let c = 0; c < Math.min(m, k); c++) {
    const column = new Float64Array(n);
    for (let s = 0; s < k; s++) addInPlace(column, basis[s + 1], vectors.data[c * k + s]);
    const sign = column[largestAt(column)] < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) out.data[i * m + c] = sign * column[i];
  }
  return out;
}

/** D^(−½) W D^(−½) x. */
function product(
  { n, heads, tails, weights }: Edges,
  inverse: Float64Array,
  x: Float64Array,
): Float64Array<ArrayBuffer> {
  const scaled = x.map((value, i) => value * inverse[i]);
  const out = new Float64Array(n);
  for (let e = 0; e < weights.length; e++) {
    out[heads[e]] += weights[e] * scaled[tails[e]];
    out[tails[e]] += weights[e] * scaled[heads[e]];
  }
  for (let i = 0; i < n; i++) out[i] *= inverse[i];
  return out;
}

/** Takes from x what lies along the basis, twice for the rounding, and returns what length is left. */
function orthogonalizedInPlace(x: Float64Array, basis: readonly Float64Array[]): number {
  for (let turn = 0; turn < 2; turn++) {
    for (const unit of basis) addInPlace(x, unit, -dotOf(x, unit));
  }
  return Math.sqrt(dotOf(x, x));
}

function scaledToUnit(x: Float64Array): Float64Array {
  const length = Math.sqrt(dotOf(x, x));
  return x.map((value) => value / length);
}

function addInPlace(x: Float64Array, y: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i] += factor * y[i];
}

function dotOf(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function largestAt(x: Float64Array): number {
  let at = 0;
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]) > Math.abs(x[at])) at = i;
  return at;
}
