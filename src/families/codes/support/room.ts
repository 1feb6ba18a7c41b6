import { OptionError } from '../../../core/errors.ts';

/** Coordinates a code may have: 512 MiB of float64. */
const MOST_VALUES = 2 ** 26;

/** Refuses n points in d dimensions, in a sentence, where memory does not hold them. */
export function requireRoom(where: string, n: number, d: number, name = 'n'): void {
  if (n * d <= MOST_VALUES) return;
  const megabytes = Math.ceil((n * d * 8) / 2 ** 20);
  throw new OptionError(
    where,
    name,
    `at most ${Math.floor(MOST_VALUES / d)} in ${d} dimensions, for ${n} × ${d} numbers are ${megabytes} MiB`,
    n,
  );
}
