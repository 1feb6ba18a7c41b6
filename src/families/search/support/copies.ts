import type { Matrix } from '../../../core/matrix.ts';

/** Equal rows of a table: a graph holds the first of them, and leads on to the others. */
export interface Copies {
  /** The first row of each value, ascending. */
  readonly firsts: Int32Array;
  /** For each row the next row that equals it, −1 after the last; undefined where no two are equal. */
  readonly next: Int32Array | undefined;
}

export function copiesOf({ data, rows: n, cols: d }: Matrix<Float32Array>): Copies {
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const last = new Map<number, number[]>();
  const next = new Int32Array(n).fill(-1);
  const firsts: number[] = [];
  for (let row = 0; row < n; row++) {
    const hash = hashOf(bits, row * d, d);
    const lasts = last.get(hash) ?? [];
    const place = lasts.findIndex((other) => areEqual(data, other * d, row * d, d));
    if (place < 0) {
      firsts.push(row);
      last.set(hash, [...lasts, row]);
    } else {
      next[lasts[place]] = row;
      lasts[place] = row;
    }
  }
  return { firsts: Int32Array.from(firsts), next: firsts.length < n ? next : undefined };
}

/** FNV-1a of numbers; −0 is 0. */
function hashOf(bits: Int32Array, from: number, d: number): number {
  let hash = 0x811c9dc5;
  for (let c = from; c < from + d; c++) {
    const own = bits[c] === -(2 ** 31) ? 0 : bits[c];
    hash = Math.imul(hash ^ own, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function areEqual(data: Float32Array, a: number, b: number, d: number): boolean {
  for (let c = 0; c < d; c++) if (data[a + c] !== data[b + c]) return false;
  return true;
}

/** 1 for each of n rows but some first rows and those that equal them. */
export function withoutCopies(
  firsts: Int32Array,
  next: Int32Array | undefined,
  n: number,
): Uint8Array {
  const out = new Uint8Array(n).fill(1);
  for (const first of firsts) for (let row = first; row >= 0; row = next?.[row] ?? -1) out[row] = 0;
  return out;
}

/** For first rows: whether one of the rows that equal it is allowed. */
export function allowedFirsts(allowed: Uint8Array, next: Int32Array | undefined): Uint8Array {
  if (!next) return allowed;
  const out = allowed.slice();
  // From the last row on, so that what is known of a row holds for all that follow it.
  for (let row = next.length - 1; row >= 0; row--)
    if (next[row] >= 0 && out[next[row]] !== 0) out[row] = 1;
  return out;
}
