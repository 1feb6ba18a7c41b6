import { tooFewBytes } from './too-few-bytes.ts';

/** Bytes of one field. */
export interface FieldBytes {
  /** Of a row for every id. */
  readonly full: number;
  /** Of the smallest table of the kind. */
  readonly least: number;
}

/** Bytes for each field, together at most `bytes`: the same share of the full table, no less than the least. */
export function bytesByShare(
  id: string,
  fields: readonly FieldBytes[],
  bytes: number,
): readonly number[] {
  const given = (share: number) =>
    fields.map(({ full, least }) => Math.max(least, Math.floor(share * full)));
  const fits = (share: number) => given(share).reduce((a, b) => a + b, 0) <= bytes;
  if (!fits(0)) throw tooFewBytes(id, { least: given(0).reduce((a, b) => a + b, 0), bytes });
  if (fits(1)) return given(1);
  let [low, high] = [0, 1];
  // Halved until the share is exact to the last digit.
  for (let i = 0; i < 53; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return given(low);
}
