/** Between which a number can lie, ends included. */
export type Range = readonly [least: number, most: number];

/** A number that may have an interval, and the law that it has under a null. */
interface Ranged {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** What rounding of float32 rows may add to a number of size 1. */
const ROUNDING = 1e-6;

/**
 * The same with its interval cut at the ends of the range, and a value that rounding took beyond one put on it.
 * A value farther out stays as it is: that is a defect, not rounding. An interval that is not known is left out.
 */
export function withinRange<T extends Ranged>(found: T, range: Range): T {
  const [least, most] = range;
  const cut = (x: number) => Math.min(most, Math.max(least, x));
  const { low, high, ...rest } = found;
  const { value } = found;
  const nearest = cut(value);
  const isRounding = Math.abs(value - nearest) <= ROUNDING * Math.max(1, Math.abs(nearest));
  const isKnown = low !== undefined && high !== undefined && !Number.isNaN(low + high);
  const ends = isKnown ? { low: cut(low), high: cut(high) } : {};
  return { ...rest, value: isRounding ? nearest : value, ...ends } as T;
}
