import { seedOption } from '../../../method/options.ts';

/** Options of every classifier. */
export const commonOptions = { seed: seedOption() };
