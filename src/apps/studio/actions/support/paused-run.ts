import { InputError } from '../../../../core/errors.ts';
import type { LiveDispersion } from '../../live/dispersion.ts';
import type { Live } from '../../session/live.ts';

/** The dispersion that is watched; a sentence where there is none. */
export function pausedRun(action: string, { dispersion }: Live): LiveDispersion {
  if (dispersion) return dispersion;
  throw new InputError(action, 'no dispersion is under way; disperse-run starts one.');
}
