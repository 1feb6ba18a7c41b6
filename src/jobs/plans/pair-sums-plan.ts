import type { EngineName } from '../../engine/engine.ts';
import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import type { Manifest } from '../../io/sharded/index.ts';
import { taskOf } from '../operation.ts';
import { pairSums, type ShardBlock } from '../operations/pair-sums.ts';
import { type Plan, stageOf } from '../plan.ts';
import { shardRefs } from './shard-refs.ts';

/** The blocks of a table and its plan: first the sums of each block, then of each two, (0, 1), (0, 2), … */
export interface PairSumsPlan {
  readonly blocks: readonly ShardBlock[];
  readonly plan: Plan;
}

/** Sums of a kernel over all pairs of rows, for blocks of so many rows. */
export async function pairSumsPlan(
  manifest: Manifest,
  kernel: PairKernel,
  engine: EngineName,
  blockRows = 16_384,
): Promise<PairSumsPlan> {
  const blocks = shardRefs(manifest).flatMap((shard) =>
    Array.from({ length: Math.ceil(shard.rows / blockRows) }, (_, b) => ({
      shard,
      from: b * blockRows,
      to: Math.min(shard.rows, (b + 1) * blockRows),
    })),
  );
  const alone = blocks.map((block) => taskOf(pairSums, engine, { blocks: [block], kernel }));
  const both = blocks.flatMap((a, p) =>
    blocks.slice(p + 1).map((b) => taskOf(pairSums, engine, { blocks: [a, b], kernel })),
  );
  const stage = await stageOf('all pairs', [...alone, ...both]);
  return { blocks, plan: { title: 'all pairs', stages: [stage] } };
}
