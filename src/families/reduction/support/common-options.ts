import { integer, seedOption } from '../../../method/options.ts';

/** Options of every reduction. */
export const commonOptions = {
  dim: integer(2, 'Columns of the result.', { min: 1, symbol: 'm' }),
  seed: seedOption(),
};
