import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { LinearAlgebra, Work } from '../../../engine/engine.ts';
import { yieldToEventLoop } from '../../../engine/yield.ts';
import { block } from './scatter.ts';

/** Multiplications that all draws together may cost. */
const BUDGET = 1.5e9;
const FEWEST = 5;
const MOST = 100;

/** How many blocks are drawn for these ranks. */
export function drawCount(ranks: { readonly a: number; readonly b: number }): number {
  const cost = (ranks.a + ranks.b) * Math.min(ranks.a, ranks.b) ** 2;
  return Math.max(FEWEST, Math.min(MOST, Math.floor(BUDGET / Math.max(1, cost))));
}

/**
 * rA × rB corners of random orthogonal m × m matrices: the cosines between two subspaces of R^m, one
 * of them turned at random. With rows permuted instead, the mean 0 and the variance 1/m of every
 * entry are the same; with normal rows in one space the law is the same too.
 *
 * A corner of m × m Haar is the top of the Q of [G; T], G rA × rB normal and TᵀT Wishart with m − rA
 * degrees of freedom (Bartlett's triangle), so the cost does not depend on m.
 */
export async function turnedBlocks(
  m: number,
  ranks: { readonly a: number; readonly b: number },
  random: Random,
  linalg: LinearAlgebra,
  work: Work = {},
): Promise<readonly Matrix<Float64Array>[]> {
  const blocks: Matrix<Float64Array>[] = [];
  if (ranks.a === 0 || ranks.b === 0) return blocks;
  const count = drawCount(ranks);
  for (let r = 0; r < count; r++) {
    const { q } = await linalg.qr(stackedBlock(m, ranks.a, ranks.b, random.fork(r)));
    blocks.push(block(q, 0, 0, ranks.a, ranks.b));
    work.signal?.throwIfAborted();
    await yieldToEventLoop();
  }
  return blocks;
}

/** [G; T], (p + q) × q. */
function stackedBlock(m: number, p: number, q: number, random: Random): Matrix<Float64Array> {
  const below = Math.min(q, m - p);
  const stacked = zeros64(p + below, q);
  for (let i = 0; i < p * q; i++) stacked.data[i] = random.normal();
  for (let i = 0; i < below; i++) {
    const at = (p + i) * q;
    if (below < q) {
      for (let j = 0; j < q; j++) stacked.data[at + j] = random.normal();
      continue;
    }
    stacked.data[at + i] = chi(m - p - i, random);
    for (let j = i + 1; j < q; j++) stacked.data[at + j] = random.normal();
  }
  return stacked;
}

/** A χ variate; beyond 200 degrees of freedom by Wilson and Hilferty's normal cube root. */
function chi(degrees: number, random: Random): number {
  if (degrees > 200) {
    const share = 2 / (9 * degrees);
    return Math.sqrt(degrees * (1 - share + random.normal() * Math.sqrt(share)) ** 3);
  }
  let sum = 0;
  for (let i = 0; i < degrees; i++) sum += random.normal() ** 2;
  return Math.sqrt(sum);
}
