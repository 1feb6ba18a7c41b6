import { OptionError } from '../../core/errors.ts';
import type { Operation } from '../operation.ts';
import type { Task } from '../task.ts';
import { applyModel } from './apply-model.ts';
import { disperseStart } from './disperse-start.ts';
import { disperseStep } from './disperse-step.ts';
import { disperseStore } from './disperse-store.ts';
import { disperseTotals } from './disperse-totals.ts';
import { moments } from './moments.ts';
import { sums } from './sums.ts';

/** Every operation; a worker computes these and no others. */
export const operations: readonly Operation[] = [
  applyModel,
  disperseStart,
  disperseStep,
  disperseStore,
  disperseTotals,
  moments,
  sums,
];

/** The operation of a task; refuses one that this version does not know. */
export function operationOf({ operation: id, version }: Task): Operation {
  const found = operations.find((one) => one.id === id);
  if (found?.version === version) return found;
  const known = operations.map((one) => `${one.id} ${one.version}`).join(', ');
  throw new OptionError('worker', 'operation', `one of ${known}`, `${id} ${version}`);
}
