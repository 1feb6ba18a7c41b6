import { type Matrix, rows as rowsBetween } from '../../core/matrix.ts';
import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import type { Operation, ShardRef, TaskContext } from '../operation.ts';
import { unitRowsInPlace } from '../support/unit-rows.ts';

/** Rows `from` to `to` (excluded) of a shard. */
export interface ShardBlock {
  readonly shard: ShardRef;
  readonly from: number;
  readonly to: number;
}

export interface PairSumsSettings {
  /** One block, or two whose rows are taken together. */
  readonly blocks: readonly ShardBlock[];
  readonly kernel: PairKernel;
}

/**
 * Σ_{j≠i} k(ρ_ij) for each unit row among those of its blocks.
 *
 *     rowSums  m
 */
export const pairSums: Operation<PairSumsSettings> = {
  id: 'pair-sums',
  version: 1,
  async run({ blocks, kernel }, context) {
    const points = await rowsOfBlocks(blocks, context);
    unitRowsInPlace(points);
    const { engine, signal } = context;
    const { rowSums } = await engine.pairwiseEnergy(points, kernel, null, { signal });
    return { fields: {}, arrays: { rowSums: { shape: [points.rows], data: rowSums } } };
  },
  cost({ blocks }) {
    const rows = blocks.reduce((sum, { from, to }) => sum + to - from, 0);
    const [{ shard }] = blocks;
    const bytesRead = blocks.reduce((sum, own) => sum + own.shard.bytes, 0);
    return { products: (rows * rows * shard.cols) / 2, bytesRead, bytesWritten: 8 * rows };
  },
};

async function rowsOfBlocks(
  blocks: readonly ShardBlock[],
  { rowsOf }: TaskContext,
): Promise<Matrix<Float32Array>> {
  const cols = blocks[0].shard.cols;
  const rows = blocks.reduce((sum, { from, to }) => sum + to - from, 0);
  const data = new Float32Array(rows * cols);
  let at = 0;
  for (const { shard, from, to } of blocks) {
    const own = rowsBetween(await rowsOf(shard), from, to).data;
    data.set(own, at);
    at += own.length;
  }
  return { data, rows, cols };
}
