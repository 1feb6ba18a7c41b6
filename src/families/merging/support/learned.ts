import { AbortedError, OptionError } from '../../../core/errors.ts';
import type { Random } from '../../../core/random.ts';
import {
  adam,
  evaluate,
  type Parameter,
  type StepDone,
  train,
  Workspace,
} from '../../../learning/index.ts';
import { integer, number } from '../../../method/options.ts';
import type { MergeContext, MergedWeights } from '../types.ts';

/** Times that the held-out loss is looked at while it learns. */
const LOOKS = 20;

/** What every method that learns has. */
export const learningOptions = {
  steps: integer(1000, 'Steps of learning; 0 learns nothing.', { min: 0, max: 1e6 }),
  learningRate: number(0.001, 'Step length of Adam.', { min: 1e-9, max: 100, symbol: 'η' }),
} as const;

export interface Learning {
  /** The method, for messages. */
  readonly id: string;
  readonly parameters: readonly Parameter[];
  /** Merged weights of a step; with nothing random, as they would be at the end. */
  readonly weights: (random?: Random) => MergedWeights;
  /** Called after each step. */
  readonly onStep?: ((step: StepDone) => void) | undefined;
  readonly steps: number;
  readonly learningRate: number;
}

/**
 * Moves the parameters to where the loss of the merged weights is low; with a held-out loss, to the step where that was
 * lowest, the start included.
 */
export async function learn(
  { id, parameters, weights, onStep, steps, learningRate }: Learning,
  { loss, heldOut, engine: engineOf, random, run }: MergeContext,
): Promise<Record<string, number>> {
  if (!loss) throw new OptionError(id, 'loss', 'a function', 'nothing');
  if (steps === 0) return { steps: 0 };
  const engine = await engineOf();
  const aside = new Workspace(engine);
  const valueNow = async () => {
    if (!heldOut) return Number.NaN;
    return (await evaluate(await heldOut(weights()), aside))[0];
  };
  const before = parameters.map(({ data }) => data.slice());
  const atStart = await valueNow();
  const { losses, heldOut: found } = await train({
    steps,
    engine,
    signal: run.signal,
    seed: 0,
    update: adam({ learningRate }),
    onProgress: run.options.onProgress,
    onStep,
    heldOut: heldOut && { better: 'lower', every: Math.ceil(steps / LOOKS), value: valueNow },
    async loss({ step }) {
      const own = random.fork(step);
      return loss(weights(own.fork('weights')), { step, random: own.fork('rows') });
    },
  });
  if (run.signal?.aborted) throw new AbortedError(id);
  const facts = { firstLoss: losses[0], lastLoss: losses[losses.length - 1] };
  if (!found?.best) return { ...facts, steps };
  const stays = atStart <= found.best.value;
  if (stays) {
    parameters.forEach(({ data }, i) => {
      data.set(before[i]);
    });
  }
  return {
    ...facts,
    steps: stays ? 0 : found.best.step,
    heldOutAtStart: atStart,
    heldOut: stays ? atStart : found.best.value,
  };
}
