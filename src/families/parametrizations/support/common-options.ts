import { seedOption } from '../../../method/options.ts';

/** The options that every parametrization has. */
export const commonOptions = { seed: seedOption() } as const;
