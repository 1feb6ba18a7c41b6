import { ShapeError } from '../../core/errors.ts';

/** Rows of bits, each in `width` bytes; bits beyond the last are 0. */
export interface BitRows {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Bytes of a row. */
  readonly width: number;
}

/** The same in words of 32 bits. */
export interface WordRows {
  readonly words: Uint32Array;
  readonly rows: number;
  /** Words of a row. */
  readonly width: number;
}

/** The rows in whole words, filled up with zeros: what is compared many times is packed once. */
export function bitWords({ bytes, rows, width }: BitRows): WordRows {
  const size = Math.ceil(width / 4);
  if (4 * size === width && bytes.byteOffset % 4 === 0)
    return {
      words: new Uint32Array(bytes.buffer, bytes.byteOffset, rows * size),
      rows,
      width: size,
    };
  const words = new Uint32Array(rows * size);
  const into = new Uint8Array(words.buffer);
  for (let i = 0; i < rows; i++) into.set(bytes.subarray(i * width, (i + 1) * width), 4 * i * size);
  return { words, rows, width: size };
}

/**
 * In how many bits each of q rows differs from each of n rows: q × n. O(qn·bits/32).
 */
export function hammingDistances(queries: BitRows, among: BitRows): Int32Array {
  if (queries.width !== among.width)
    throw new ShapeError('hamming', `queries of ${among.width} bytes`, `${queries.width}`);
  const asked = bitWords(queries);
  const rows = bitWords(among);
  const out = new Int32Array(asked.rows * rows.rows);
  for (let q = 0; q < asked.rows; q++)
    hammingDistancesOf(asked, q, rows, out.subarray(q * rows.rows, (q + 1) * rows.rows));
  return out;
}

/** Row q of `asked` against all rows, into n numbers. */
export function hammingDistancesOf(
  asked: WordRows,
  q: number,
  { words, rows: n, width }: WordRows,
  out: Int32Array,
): void {
  const query = asked.words.subarray(q * width, (q + 1) * width);
  for (let i = 0, at = 0; i < n; i++) {
    let count = 0;
    for (let w = 0; w < width; w++, at++) count += ones(query[w] ^ words[at]);
    out[i] = count;
  }
}

/** How many of 32 bits are 1: by pairs, fours and bytes, whose sum a product gathers in the highest one. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
