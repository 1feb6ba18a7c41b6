import { gathered, type Matrix, row } from '../../../core/matrix.ts';
import { dot, rowDot, squaredLengths } from '../../../numerics/rows/dot.ts';
import type { Pair } from '../types.ts';
import { type AlignmentParts, type KernelSums, spectralSkewness, unbiasedHsic } from './hsic.ts';
import { mapped } from './scatter.ts';

/** Rows that the skewness of a spectrum is estimated from. */
const SKEWNESS_ROWS = 400;

/** The parts of linear CKA from all rows, in O(n·dA·dB): no n × n matrix is formed. */
export async function linearParts(pair: Pair): Promise<AlignmentParts> {
  const { a, b } = pair.centered();
  const { a: aa, b: bb, cross } = await pair.scatters();
  const { engine, work } = pair;
  const forward = await mapped(a, cross, engine, work);
  const kl = unbiasedHsic(linearSums(a, b, forward));
  const kk = unbiasedHsic(linearSums(a, a, await mapped(a, aa, engine, work)));
  const ll = unbiasedHsic(linearSums(b, b, await mapped(b, bb, engine, work)));
  const rows = pair.someRows(SKEWNESS_ROWS);
  const skewness = async (m: Matrix) => {
    const some = gathered(m, rows);
    return spectralSkewness(await engine.matmul(some, some, true, work));
  };
  return { kl, kk, ll, skew: { k: await skewness(a), l: await skewness(b) }, n: pair.n };
}

/**
 * The sums of K = XXᵀ and L = YYᵀ less their diagonals, from centred rows: as Σⱼ xⱼ = 0, row i of K
 * sums to −‖xᵢ‖². `image` is X·(XᵀY), n × dB.
 */
function linearSums(x: Matrix, y: Matrix, image: Matrix): KernelSums {
  const n = x.rows;
  const squaresX = squaredLengths(x);
  const squaresY = squaredLengths(y);
  const weightedX = weightedSum(x, squaresY);
  const weightedY = weightedSum(y, squaresX);
  const sums = {
    products: new Float64Array(n),
    sumsK: squaresX.map((s) => -s),
    sumsL: squaresY.map((s) => -s),
    crossK: new Float64Array(n),
    crossL: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const both = squaresX[i] * squaresY[i];
    sums.products[i] = rowDot(image, i, y, i) - both;
    sums.crossK[i] = both - dot(weightedX, row(x, i));
    sums.crossL[i] = both - dot(weightedY, row(y, i));
  }
  return sums;
}

function weightedSum({ data, rows, cols }: Matrix, weights: Float64Array): Float64Array {
  const out = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < cols; c++) out[c] += weights[i] * data[i * cols + c];
  }
  return out;
}
