import { integer, seedOption } from '../../../method/options.ts';

/** Options of every method of directions. */
export const commonOptions = {
  draws: integer(32, 'Fits to rows drawn anew, by which the uncertainty is known; 0: none.', {
    min: 0,
    max: 10000,
  }),
  seed: seedOption(),
};
