import { InputError } from '../../../core/errors.ts';
import type { Floats } from '../../../core/matrix.ts';
import type { OptimizerState } from '../types.ts';

export type StateArrays = Readonly<Record<string, Floats | Int32Array>>;

/** Copies the arrays of a checkpoint into those of this run; refuses one that does not fit. */
export function restore(optimizer: string, state: OptimizerState, arrays: StateArrays): void {
  if (state.optimizer !== optimizer) {
    throw new InputError(optimizer, `the checkpoint is of ${state.optimizer}.`);
  }
  for (const [name, target] of Object.entries(arrays)) {
    const source = state.arrays[name];
    if (source?.constructor !== target.constructor || source.length !== target.length) {
      const got = source ? `${source.length} of ${source.constructor.name}` : 'nothing';
      throw new InputError(
        optimizer,
        `the checkpoint does not fit this run: expected ${target.length} of ` +
          `${target.constructor.name} as "${name}"; got ${got}.`,
      );
    }
    target.set(source);
  }
}

export function copiedArrays(arrays: StateArrays): OptimizerState['arrays'] {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()]));
}
