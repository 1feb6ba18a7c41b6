import { parseFloat32 } from './numbers.ts';
import { SPACE } from './text.ts';

/** Whether a text is a list of numbers in brackets. */
export function isList(text: string): boolean {
  return /^\s*\[[^[\]]*\]\s*$/.test(text) && listLength(new TextEncoder().encode(text)) > 0;
}

/** Numbers in the list between `start` and `end`, put into `out[at…]`; -1 if it is none. */
export function listInto(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float32Array | null,
  at: number,
  most: number,
): number {
  const isGap = (byte: number): boolean => byte <= SPACE || byte === 0x2c;
  let [first, last] = [start, end];
  while (first < last && bytes[first] <= SPACE) first++;
  while (last > first && bytes[last - 1] <= SPACE) last--;
  if (bytes[first] !== 0x5b || bytes[last - 1] !== 0x5d) return -1;
  first++;
  last--;
  let count = 0;
  while (first < last) {
    if (isGap(bytes[first])) {
      first++;
      continue;
    }
    let stop = first;
    while (stop < last && !isGap(bytes[stop])) stop++;
    const value = parseFloat32(bytes, first, stop);
    if (value === undefined || count === most) return -1;
    if (out) out[at + count] = value;
    count++;
    first = stop;
  }
  return count;
}

/** Numbers in a list, or -1. */
export function listLength(bytes: Uint8Array): number {
  return listInto(bytes, 0, bytes.length, null, 0, Number.POSITIVE_INFINITY);
}
