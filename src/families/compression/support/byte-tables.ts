import type { Codes } from '../types.ts';

/**
 * What each of 8 bits adds to a product, as a number for each of the 256 values of each byte: bit 8b + i of a code is
 * bit i of its byte b, and table b is the numbers 256·b to 256·b + 255.
 */
export function bitTables(weights: Float64Array): Float32Array {
  const width = Math.ceil(weights.length / 8);
  const tables = new Float32Array(256 * width);
  const table = new Float64Array(256);
  for (let b = 0; b < width; b++) {
    for (let bit = 0; bit < 8; bit++) {
      const weight = weights[8 * b + bit] ?? 0;
      for (let v = 0; v < 1 << bit; v++) table[v + (1 << bit)] = table[v] + weight;
    }
    tables.set(table, 256 * b);
  }
  return tables;
}

/** Queries that are compared by tables at most: with more it costs less to unpack the codes once for all. */
export const FEW_QUERIES = 16;

/** Writes base + Σ_b table_b[byte b] of each code, from a place of `out` on; bytes beyond the tables add nothing. */
export function writeTableProducts(
  tables: Float32Array,
  base: number,
  { bytes, rows, bytesPerVector }: Codes,
  out: Float32Array,
  start: number,
): void {
  const width = tables.length / 256;
  const fours = width - (width % 4);
  for (let i = 0; i < rows; i++) {
    let [even, odd] = [base, 0];
    let [at, table] = [i * bytesPerVector, 0];
    for (const end = at + fours; at < end; at += 4, table += 1024) {
      even += tables[table + bytes[at]] + tables[table + 512 + bytes[at + 2]];
      odd += tables[table + 256 + bytes[at + 1]] + tables[table + 768 + bytes[at + 3]];
    }
    for (const end = at + (width - fours); at < end; at++, table += 256)
      even += tables[table + bytes[at]];
    out[start + i] = even + odd;
  }
}
