import { choice, integer, number, seedOption } from '../../../method/options.ts';

/** Options every optimizer takes. */
export const commonOptions = {
  steps: integer(1000, 'Steps at most.', { min: 1, max: 2 ** 31 - 2 }),
  schedule: choice(
    ['constant', 'cosine', 'linear'],
    'constant',
    'How the learning rate falls over the steps: not, or to 0 along a cosine or a line.',
  ),
  batch: integer(0, 'Rows per step, drawn without replacement; 0 takes all.', { min: 0 }),
  update: choice(
    ['dense', 'lazy'],
    'dense',
    'Whether momentum moves every row at each step, or only the rows of the batch move.',
  ),
  tolerance: number(
    0,
    'Stop when the gradient norm, over as many steps as show every row once, falls to this share of its first value.',
    { min: 0, max: 1 },
  ),
  seed: seedOption(),
} as const;
