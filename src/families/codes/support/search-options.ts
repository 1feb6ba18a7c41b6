import { integer, number, seedOption } from '../../../method/options.ts';

/** Options of every search for points far apart. */
export const searchOptions = {
  seed: seedOption(),
  chains: integer(0, 'Random starts; 0: as many as the size is worth.', { min: 0 }),
  patience: integer(40, 'Moves without gain after which a start is given up.', { min: 0 }),
  seconds: number(
    0,
    'Time to search; the best so far is returned, so the result depends on the machine. 0: no limit.',
    { min: 0 },
  ),
} as const;
