import type { Packed, PackedArray } from '../../../io/packed.ts';
import { packedColumns } from '../../../io/packed-columns.ts';

const PREFIX = 'vocabulary';
const BYTES = `${PREFIX}-texts.term`;
const OFFSETS = `${PREFIX}-offsets.term`;

/** Terms as arrays of a packed file; sorted by code units as they are, so by places they are found. */
export function packedTerms(terms: readonly string[]): Record<string, PackedArray> {
  return packedColumns({ term: terms }, PREFIX);
}

/** Where a term stands among those packed in ascending order of their UTF-8 bytes; −1 where it is not. */
export async function termFinder(arrays: Packed): Promise<(term: string) => number> {
  const bytes = (await arrays.whole(BYTES)) as Uint8Array;
  const offsets = (await arrays.whole(OFFSETS)) as Uint32Array;
  const encoder = new TextEncoder();
  return (term) => {
    const wanted = encoder.encode(term);
    let [low, high] = [0, offsets.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareBytes(bytes, offsets[middle], offsets[middle + 1], wanted);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return -1;
  };
}

/** Terms in ascending order of their UTF-8 bytes, which is that of their code points. */
export function sortedTerms(terms: Iterable<string>): string[] {
  const encoder = new TextEncoder();
  return Array.from(terms, (term) => ({ term, bytes: encoder.encode(term) }))
    .sort((a, b) => compareBytes(a.bytes, 0, a.bytes.length, b.bytes))
    .map(({ term }) => term);
}

function compareBytes(bytes: Uint8Array, from: number, to: number, other: Uint8Array): number {
  const length = Math.min(to - from, other.length);
  for (let i = 0; i < length; i++) {
    const apart = bytes[from + i] - other[i];
    if (apart !== 0) return apart;
  }
  return to - from - other.length;
}
