import { alike, gathered, type Matrix } from '../../../core/matrix.ts';
import type { Fitted } from '../../../learning/index.ts';
import { lessRow } from '../../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { FitContext } from '../types.ts';
import { type MutualPairs, mutualPairs } from './mutual-pairs.ts';

type Context = Pick<FitContext, 'engine' | 'work'>;

export interface Rotation {
  /** R = UVᵀ, d × e, in the element type of the rows. */
  readonly rotation: Matrix;
  /** The singular values Σ of AᵀB = UΣVᵀ. */
  readonly singular: Float64Array;
}

/** The R of orthonormal columns or rows that brings p × d rows nearest to their partners, p × e: UVᵀ of AᵀB = UΣVᵀ. */
export async function nearestRotation(
  a: Matrix,
  b: Matrix,
  { engine, work }: Context,
): Promise<Rotation> {
  const cross = await engine.matmul(a, b, { transposeA: true }, work);
  const { u, s, v } = await engine.linalg.svd(cross, work);
  const [left, right] = [alike(u, a), alike(v, a)];
  const rotation = await engine.matmul(left, right, { transposeB: true }, work);
  return { rotation, singular: s };
}

export interface Refined {
  readonly rotation: Matrix;
  /** Of the last rotation. */
  readonly mutual: MutualPairs;
  readonly rounds: number;
}

/**
 * By turns pairs of unit rows that are mutual nearest under the rotation, and the rotation nearest to these pairs, until
 * the pairs repeat.
 */
export async function refinedRotation(
  start: Matrix,
  x: Matrix,
  y: Matrix,
  most: number,
  context: Context,
): Promise<Refined> {
  let rotation = start;
  let mutual = await mutualUnder(rotation, x, y, context);
  for (let round = 1; round <= most; round++) {
    if (mutual.a.length === 0) return { rotation, mutual, rounds: round };
    const pairs = [gathered(x, mutual.a), gathered(y, mutual.b)] as const;
    rotation = (await nearestRotation(...pairs, context)).rotation;
    const next = await mutualUnder(rotation, x, y, context);
    const repeated = isSame(next.a, mutual.a) && isSame(next.b, mutual.b);
    mutual = next;
    if (repeated) return { rotation, mutual, rounds: round };
  }
  return { rotation, mutual, rounds: most };
}

async function mutualUnder(rotation: Matrix, x: Matrix, y: Matrix, context: Context) {
  const moved = await context.engine.matmul(x, rotation, {}, context.work);
  return mutualPairs(unitOrZeroRows(moved).points, y, context);
}

const isSame = (a: Int32Array, b: Int32Array) =>
  a.length === b.length && a.every((row, at) => row === b[at]);

/** s·(x − from)·R + to, row by row. */
export function moveByRotation(
  { settings, arrays: { from, to, rotation } }: Fitted,
  rows: Matrix,
  { engine, work }: Context,
) {
  const scale = Number(settings['scale']);
  const middle = lessRow(rows, from.data);
  for (let e = 0; e < middle.data.length; e++) middle.data[e] *= scale;
  return engine.matmul(middle, alike(rotation, rows), { bias: alike(to, rows).data }, work);
}
