import { InputError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/** Refuses rows that are all the same: they have no shape by which to find them again. */
export function requireSpread(id: string, side: string, { data, rows: n, cols: d }: Matrix): void {
  for (let e = d; e < data.length; e++) if (data[e] !== data[e % d]) return;
  throw new InputError(id, `all ${n} rows of ${side} are the same; expected rows that differ.`);
}
