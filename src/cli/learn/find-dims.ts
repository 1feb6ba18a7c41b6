import { InvalidArgumentError, Option } from 'commander';
import { parametrizationById } from '../../apps/verbs/adapt.ts';
import type { Examples } from '../../apps/verbs/learn.ts';
import {
  type TaskDimension,
  type TaskDimensionRun,
  taskDimension,
} from '../../apps/verbs/task-dimension.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { givenOptions } from '../options.ts';

const ADAPT = 'random-subspace';

export function findDimsFlag(): Option {
  return new Option(
    '--find-dims <share>',
    `find the fewest directions with this share of the accuracy of all weights, and train with them (--adapt ${ADAPT})`,
  ).argParser((given: string) => {
    const share = Number(given);
    if (given.trim() !== '' && share > 0 && share <= 1) return share;
    throw new InvalidArgumentError('Expected a share above 0, at most 1, such as 0.9.');
  });
}

interface Flags {
  readonly findDims?: number;
  readonly adapt?: string;
  readonly directions?: number;
}

/** Refuses flags that say otherwise how many directions there are. */
export function requireFindDims({ findDims, adapt, directions }: Flags): void {
  if (findDims === undefined) return;
  if (adapt !== ADAPT)
    throw new OptionError(
      'learn',
      'find-dims',
      `left out without --adapt ${ADAPT}, whose directions are searched for`,
      findDims,
    );
  if (directions !== undefined)
    throw new OptionError('learn', 'directions', 'left out with --find-dims', directions);
}

/** Searches, and gives the options and the parametrization that training with what was found takes. */
export async function foundDims(
  id: string,
  examples: Examples,
  options: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
  run: TaskDimensionRun & { readonly target: number },
) {
  const parametrization = parametrizationById(ADAPT);
  const by = givenOptions(values, parametrization.spec.options);
  const dimension = await taskDimension(id, examples, options, { ...run, by });
  if (!dimension.dimension)
    throw new InputError(
      'learn',
      `${dimension.warnings.join(' ')} More --steps, another --learning-rate or a lower share may find one.`,
    );
  const { learningRate } = dimension;
  const directions = Math.ceil(dimension.dimension.value);
  return {
    options: { ...options, learningRate },
    parametrization: parametrization.bind({ ...by, directions } as never),
    dimension,
  };
}

export function dimensionLine({ target, of, seeds, dimension, full }: TaskDimension): string {
  const { value, low, high } = dimension ?? { value: Number.NaN, low: null, high: null };
  const interval = low === null || high === null ? '' : ` [${low.toFixed(0)}, ${high.toFixed(0)}]`;
  return `directions ${value.toFixed(0)}${interval} of ${of} for ${target} of the accuracy ${full.value.toFixed(3)} (${seeds} seeds)`;
}
