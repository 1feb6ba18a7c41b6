import { seedOption } from '../../../method/options.ts';

/** Options of every alignment. */
export const commonOptions = { seed: seedOption() };
