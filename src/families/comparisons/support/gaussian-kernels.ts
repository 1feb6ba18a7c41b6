import { gathered, type Matrix, rows as rowsOf } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { squaredLengths } from '../../../numerics/rows/dot.ts';
import { upperMedianInPlace } from '../../../numerics/statistics/averages.ts';
import type { Pair } from '../types.ts';
import {
  type AlignmentParts,
  type Hsic,
  type KernelSums,
  spectralSkewness,
  unbiasedHsic,
} from './hsic.ts';

/** Rows of a tile. */
const TILE = 256;
const SKEWNESS_ROWS = 400;

/** Rows, their squared lengths and −1/(2σ²). */
interface Kernel {
  readonly points: Matrix;
  readonly squares: Float64Array;
  readonly rate: number;
}

/** The parts of RBF CKA from at most `pair.sample` rows, tile by tile, in two passes. */
export async function gaussianParts(pair: Pair, bandwidth: number): Promise<AlignmentParts> {
  const chosen = pair.someRows(pair.sample);
  const { engine, work } = pair;
  const centered = pair.centered();
  const k = await kernelOf(gathered(centered.a, chosen), bandwidth, pair);
  const l = await kernelOf(gathered(centered.b, chosen), bandwidth, pair);
  const { kl, kk, ll } = await hsics(k, l, engine, work);
  const skewness = async (kernel: Kernel) => {
    const { rows: n } = kernel.points;
    const drawn = pair.random('kernel skewness').sample(n, Math.min(SKEWNESS_ROWS, n)).sort();
    const few = gathered(kernel.points, drawn);
    const part = { ...kernel, points: few, squares: squaredLengths(few) };
    return spectralSkewness(await tileOf(part, 0, few.rows, engine, work));
  };
  return { kl, kk, ll, skew: { k: await skewness(k), l: await skewness(l) }, n: chosen.length };
}

async function kernelOf(points: Matrix, bandwidth: number, pair: Pair): Promise<Kernel> {
  const median = await medianSquaredDistance(points, pair.engine, pair.work);
  // Rows that are all the same have any width.
  const rate = -1 / (2 * bandwidth * bandwidth * (median || 1));
  return { points, squares: squaredLengths(points), rate };
}

/** The median of ‖xᵢ − xⱼ‖² over the pairs of at least two rows. */
export async function medianSquaredDistance(
  points: Matrix,
  engine: Engine,
  work: Work,
): Promise<number> {
  const n = points.rows;
  const squares = squaredLengths(points);
  const dots = await engine.matmul(points, points, true, work);
  const distances = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++)
      distances[at++] = squares[i] + squares[j] - 2 * dots.data[i * n + j];
  }
  return Math.max(0, upperMedianInPlace(distances));
}

/** Rows from … to of the kernel matrix, against all rows. */
async function tileOf(
  { points, squares, rate }: Kernel,
  from: number,
  to: number,
  engine: Engine,
  work: Work,
): Promise<Matrix> {
  const n = points.rows;
  const tile = await engine.matmul(rowsOf(points, from, to), points, true, work);
  for (let i = from; i < to; i++) {
    for (let j = 0; j < n; j++) {
      const at = (i - from) * n + j;
      const squared = squares[i] + squares[j] - 2 * tile.data[at];
      tile.data[at] = i === j ? 0 : exp(rate * Math.max(0, squared));
    }
  }
  return tile;
}

async function hsics(
  k: Kernel,
  l: Kernel,
  engine: Engine,
  work: Work,
): Promise<{ readonly kl: Hsic; readonly kk: Hsic; readonly ll: Hsic }> {
  const n = k.points.rows;
  const array = () => new Float64Array(n);
  const own = { k: array(), l: array(), kl: array(), kk: array(), ll: array() };
  const image = { kl: array(), lk: array(), kk: array(), ll: array() };
  const eachTile = async (visit: (i: number, at: number, tk: Matrix, tl: Matrix) => void) => {
    for (let from = 0; from < n; from += TILE) {
      const to = Math.min(n, from + TILE);
      const tk = await tileOf(k, from, to, engine, work);
      const tl = await tileOf(l, from, to, engine, work);
      for (let i = from; i < to; i++) visit(i, (i - from) * n, tk, tl);
    }
  };
  await eachTile((i, at, tk, tl) => {
    for (let j = 0; j < n; j++) {
      const [x, y] = [tk.data[at + j], tl.data[at + j]];
      own.k[i] += x;
      own.l[i] += y;
      own.kl[i] += x * y;
      own.kk[i] += x * x;
      own.ll[i] += y * y;
    }
  });
  await eachTile((i, at, tk, tl) => {
    for (let j = 0; j < n; j++) {
      const [x, y] = [tk.data[at + j], tl.data[at + j]];
      image.kl[i] += x * own.l[j];
      image.lk[i] += y * own.k[j];
      image.kk[i] += x * own.k[j];
      image.ll[i] += y * own.l[j];
    }
  });
  const sums = (
    products: Float64Array,
    [sumsK, sumsL]: readonly [Float64Array, Float64Array],
    [crossK, crossL]: readonly [Float64Array, Float64Array],
  ): KernelSums => ({ products, sumsK, sumsL, crossK, crossL });
  return {
    kl: unbiasedHsic(sums(own.kl, [own.k, own.l], [image.kl, image.lk])),
    kk: unbiasedHsic(sums(own.kk, [own.k, own.k], [image.kk, image.kk])),
    ll: unbiasedHsic(sums(own.ll, [own.l, own.l], [image.ll, image.ll])),
  };
}
