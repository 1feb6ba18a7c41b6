import { InputError } from '../../../core/errors.ts';
import type { TrainingPass } from '../types.ts';

/** The last step of a first stage that has this share of the run, one at least. */
export function lastOfSearch(id: string, { steps }: TrainingPass, share: number): number {
  if (steps === undefined)
    throw new InputError(id, 'it is trained in two stages and must know the steps of the run.');
  return Math.max(1, Math.round(share * steps));
}
