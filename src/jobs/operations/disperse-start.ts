import type { Operation } from '../operation.ts';
import {
  type Dispersal,
  type DispersedShard,
  type Steps,
  startOf,
  statisticArrays,
  statisticBytes,
} from '../support/dispersal.ts';

export interface DisperseStartSettings extends DispersedShard {
  readonly dispersal: Dispersal;
  /** The steps whose statistics are taken. */
  readonly steps: Steps;
}

/** What the objective has to know of a shard's rows before the first steps: statistic.K.T for step K and term T. */
export const disperseStart: Operation<DisperseStartSettings> = {
  id: 'disperse-start',
  version: 1,
  async run({ dispersal, steps, ...own }, context) {
    const points = await startOf(dispersal, own, context);
    const arrays = await statisticArrays(dispersal, own, points, steps, context);
    return { fields: { rows: points.rows }, arrays };
  },
  cost: ({ dispersal, steps, shard: { rows, cols, bytes } }) => {
    const statistic = steps.count * statisticBytes(dispersal, cols);
    return {
      products: (rows * cols * statistic) / 4096,
      bytesRead: bytes,
      bytesWritten: statistic,
    };
  },
};
