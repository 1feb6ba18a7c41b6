import { copied, type Matrix, zerosLike } from '../../core/matrix.ts';
import { movePartInPlace, type PartState, partState } from '../../families/optimizers/index.ts';
import type { Packed, PackedArray } from '../../io/packed.ts';
import type { Operation } from '../operation.ts';
import { float64s } from '../output.ts';
import {
  type Dispersal,
  type DispersedShard,
  formOf,
  partContext,
  readRows,
  readStatistic,
  type Steps,
  startOf,
  statisticArrays,
  statisticBytes,
} from '../support/dispersal.ts';

export interface DisperseStepSettings extends DispersedShard {
  readonly dispersal: Dispersal;
  readonly steps: Steps;
  /** The steps that follow these, whose statistics are taken of the new rows; left out at the end. */
  readonly next?: Steps | undefined;
}

/**
 * Steps of the rows of a shard, by the statistics of all rows before the first of them. Its inputs are the output of
 * the shard's last steps, if there were some, the statistics of all, and copies of rows, if there are some.
 *
 *     points  n × d      momentum  n × d      secondMoments  n      statistic.K.T      losses  one a step
 */
export const disperseStep: Operation<DisperseStepSettings> = {
  id: 'disperse-step',
  version: 1,
  async run({ dispersal, steps, next, ...own }, context) {
    const { input, engine } = context;
    const start = await startOf(dispersal, own, context);
    const inputs = context.inputs - (dispersal.copies === undefined ? 0 : 1);
    const before = inputs > 1 ? await input(0) : undefined;
    const all = await input(inputs - 1);
    const state = await stateOf(dispersal, own, start, before);
    const form = formOf(dispersal);
    const gradient = zerosLike(state.points);
    const losses = new Float64Array(steps.count);
    for (let k = 0; k < steps.count; k++) {
      const step = steps.step + k;
      const facts = partContext(dispersal, own, step, context, start);
      const statistic = await readStatistic(all, k, dispersal.terms.length);
      losses[k] = await form.lossAndGradient(state.points, statistic, gradient, facts);
      const { optimizer, total } = dispersal;
      await movePartInPlace(optimizer, step, state, gradient, { engine, total });
    }
    return { arrays: { ...(await outcome(state)), ...(await after(state)), losses: flat(losses) } };

    async function after({ points }: PartState) {
      return next ? statisticArrays(dispersal, own, points, next, context) : {};
    }
  },
  cost: ({ dispersal, steps, shard: { rows, cols, bytes } }) => {
    const values = rows * cols;
    const statistic = statisticBytes(dispersal, cols);
    const state =
      dispersal.optimizer.momentum || dispersal.optimizer.optimizer !== 'riemannian-sgd' ? 8 : 4;
    return {
      products: steps.count * values * (20 + (3 * statistic) / 4096),
      bytesRead: bytes + state * values + steps.count * statistic,
      bytesWritten: state * values + steps.count * statistic,
    };
  },
};

async function stateOf(
  { optimizer }: Dispersal,
  { shard }: DispersedShard,
  start: Matrix,
  before: Packed | undefined,
): Promise<PartState> {
  if (!before) return partState(optimizer, copied(start));
  const { names } = before;
  return {
    points: await readRows(before, 'points', shard),
    ...(names.includes('momentum') && { momentum: await readRows(before, 'momentum', shard) }),
    ...(names.includes('secondMoments') && {
      secondMoments: await float64s(before, 'secondMoments'),
    }),
  };
}

async function outcome({ points, momentum, secondMoments }: PartState) {
  const arrays: Record<string, PackedArray> = { points: table(points) };
  if (momentum) arrays['momentum'] = table(momentum);
  if (secondMoments) arrays['secondMoments'] = flat(secondMoments);
  return arrays;
}

const table = ({ data, rows, cols }: Matrix): PackedArray => ({ shape: [rows, cols], data });
const flat = (data: Float64Array): PackedArray => ({ shape: [data.length], data });
