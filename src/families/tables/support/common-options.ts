import { integer, number, seedOption } from '../../../method/options.ts';

/** The options that every table has. */
export const commonOptions = {
  dim: integer(16, 'Columns of the vectors.', { min: 1 }),
  budget: number(
    1,
    'Bytes that the table may hold, as a share of those of a row of float32 for every id.',
    { min: 0, max: 1 },
  ),
  keep: integer(
    200,
    'Fields of at most so many ids keep a row for each, within the budget; 0: none.',
    { min: 0 },
  ),
  deviation: number(0.05, 'Standard deviation of the vectors at the start.', { min: 0 }),
  seed: seedOption(),
} as const;
