import { InputError, OptionError } from '../../core/errors.ts';
import type { MaybePromise } from '../../engine/engine.ts';

/** A value on rows that training does not see, by which it stops early and keeps its best parameters. */
export interface HeldOut {
  /** The value after a step, such as a loss or an accuracy; `evaluate` computes what a model gives. */
  readonly value: (step: number) => MaybePromise<number>;
  /** Steps from one evaluation to the next. */
  readonly every: number;
  readonly better: 'lower' | 'higher';
  /** Evaluations in a row without a better value after which training ends; left out: it never does. */
  readonly patience?: number | undefined;
}

export interface HeldOutValue {
  readonly step: number;
  readonly value: number;
}

/** The first of the best values. */
export function bestOf(
  values: readonly HeldOutValue[],
  better: HeldOut['better'],
): HeldOutValue | undefined {
  const sign = better === 'lower' ? 1 : -1;
  return values.reduce<HeldOutValue | undefined>(
    (best, next) => (best && sign * next.value >= sign * best.value ? best : next),
    undefined,
  );
}

/** Whether as many evaluations as `patience` allows brought nothing better; an infinite value is none yet. */
export function isExhausted(
  values: readonly HeldOutValue[],
  { better, patience }: HeldOut,
): boolean {
  const best = bestOf(values, better);
  if (best === undefined || !Number.isFinite(best.value)) return false;
  return values.length - 1 - values.indexOf(best) >= (patience ?? Infinity);
}

export async function heldOutValue({ value }: HeldOut, step: number): Promise<HeldOutValue> {
  const found = await value(step);
  if (Number.isNaN(found))
    throw new InputError('train', `the held-out value after step ${step} is not a number.`);
  return { step, value: found };
}

export function requireHeldOut({ every, patience }: HeldOut): void {
  const isCount = (n: number) => Number.isInteger(n) && n >= 1;
  if (!isCount(every))
    throw new OptionError('train', 'heldOut.every', 'a whole number from 1 on', every);
  if (patience !== undefined && !isCount(patience))
    throw new OptionError('train', 'heldOut.patience', 'a whole number from 1 on', patience);
}
