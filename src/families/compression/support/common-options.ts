import { choice, integer, seedOption } from '../../../method/options.ts';

/** Options of every codec. */
export const commonOptions = {
  dims: integer(
    0,
    'How many coordinates are kept before the rows are coded; 0 keeps all as they are.',
    {
      min: 0,
      symbol: 'm',
    },
  ),
  axes: choice(
    ['pca', 'first', 'random'],
    'pca',
    'Which coordinates are kept where dims says how many: along the principal axes, the first columns, or along random orthonormal axes.',
  ),
  seed: seedOption(),
};

/** Options of a codec that always keeps fewer coordinates along axes of its own. */
export const fewerOptions = {
  dims: integer(0, 'How many coordinates are kept; 0 keeps a fourth of the columns, rounded up.', {
    min: 0,
    symbol: 'm',
  }),
  seed: commonOptions.seed,
};
