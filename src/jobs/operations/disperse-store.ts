import type { Matrix } from '../../core/matrix.ts';
import { type NamedObject, writeShard } from '../../io/sharded/index.ts';
import type { Operation } from '../operation.ts';
import { float64s } from '../output.ts';
import { copyBeside } from '../support/beside.ts';
import { type Dispersal, type DispersedShard, readRows, startOf } from '../support/dispersal.ts';

export interface DisperseStoreSettings extends DispersedShard {
  readonly dispersal: Pick<Dispersal, 'seed' | 'copies'>;
  /** Labels and columns of the rows, which stay as they are. */
  readonly beside?: NamedObject | undefined;
}

/**
 * The rows after the last step as a shard of the new table, with what lies beside them. Its input is the output of the
 * shard's last steps. Fields: the shard as a manifest names it, the sum of the cosines between the rows and where they
 * started, and the shares in the loss of the last step.
 */
export const disperseStore: Operation<DisperseStoreSettings> = {
  id: 'disperse-store',
  version: 1,
  async run({ beside, dispersal, ...own }, context) {
    const last = await context.input(0);
    const points = await readRows(last, 'points', own.shard);
    const shard = await writeShard(context.work, { points }, 'f4');
    if (beside) await copyBeside(beside, context);
    const losses = await float64s(last, 'losses');
    const cosines = cosineSum(await startOf(dispersal, own, context), points);
    const loss = losses[losses.length - 1];
    return {
      fields: { shard: { ...shard, ...(beside && { beside }) }, cosines, loss },
      arrays: {},
    };
  },
  cost: ({ shard: { rows, cols, bytes } }) => ({
    products: rows * cols,
    bytesRead: bytes + 4 * rows * cols,
    bytesWritten: 4 * rows * cols,
  }),
};

function cosineSum(start: Matrix, points: Matrix): number {
  let sum = 0;
  for (let i = 0; i < points.rows; i++) {
    let squared = 0;
    for (let c = i * points.cols; c < (i + 1) * points.cols; c++) {
      squared += (points.data[c] - start.data[c]) ** 2;
    }
    sum += 1 - squared / 2;
  }
  return sum;
}
