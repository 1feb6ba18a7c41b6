import { Random } from '../../../core/random.ts';

export interface ClassSplit {
  /** Rows of the classes that training sees. */
  readonly train: Int32Array;
  /** Rows of the others. */
  readonly heldOut: Int32Array;
  readonly heldOutClasses: number;
}

/**
 * Sets a share of the classes aside, with all their rows: at least two, as one class has nothing to be told from, and
 * two stay; where that cannot be, none is set aside.
 */
export function splitByClass(
  classes: Int32Array,
  count: number,
  share: number,
  seed: number,
): ClassSplit {
  const wanted = share > 0 ? Math.max(2, Math.round(share * count)) : 0;
  const heldOutClasses = wanted <= count - 2 ? wanted : 0;
  const order = Random.fromSeed(seed).fork('held-out classes').sample(count);
  const isHeldOut = new Uint8Array(count);
  for (const c of order.subarray(0, heldOutClasses)) isHeldOut[c] = 1;
  const rows = Int32Array.from(classes.keys());
  return {
    train: rows.filter((row) => isHeldOut[classes[row]] === 0),
    heldOut: rows.filter((row) => isHeldOut[classes[row]] === 1),
    heldOutClasses,
  };
}
