import type { BinaryChain, Level } from './binary-chain.ts';
import { MOST_BITS } from './binary-chain.ts';
import type { FiniteField } from './finite-field.ts';
import { finiteField } from './finite-field.ts';
import { golayWords } from './leech.ts';

const SOURCE =
  'Bose, Ray-Chaudhuri, 1960; MacWilliams, Sloane, The Theory of Error-Correcting Codes, 1977, ch. 9';

/**
 * The extended primitive BCH codes of length 2^m, nested, from the first-order Reed–Muller code up.
 *
 * Words are x ↦ c + Σ Tr(a_l x^{−l}) over the leaders l of cyclotomic cosets modulo 2^m − 1, the
 * largest first. With all leaders down to l used the zeros of the code include α, …, α^{l−1}, so the
 * distance is at least l, and l + 1 after the extension.
 */
export function bchChain(m: number): BinaryChain {
  const length = 2 ** m;
  const levels: Level[] = [];
  let bits = 1;
  for (const { leader, size } of cosets(m)) {
    bits += size;
    const distance = leader + 1;
    if (bits > MOST_BITS || distance <= length / 8) break;
    const name =
      levels.length === 0
        ? `first-order Reed–Muller code of length ${length}`
        : `extended BCH code [${length}, ${bits}, ${distance}]`;
    levels.push({ bits, distance, name, source: SOURCE });
  }
  return {
    length,
    levels,
    mostShortened: MOST_BITS,
    signs: (count, s) => linearSigns(() => generatorRows(m), length, count, s),
  };
}

/** Leaders (least members) and sizes of the cosets of 1 … 2^m − 2 under doubling, largest leader first. */
function cosets(m: number): { leader: number; size: number }[] {
  const n = 2 ** m - 1;
  const out: { leader: number; size: number }[] = [];
  for (let leader = 1; leader < n; leader++) {
    let size = 0;
    let member = leader;
    let least = true;
    do {
      member = (2 * member) % n;
      if (member < leader) least = false;
      size++;
    } while (member !== leader && least);
    if (least) out.push({ leader, size });
  }
  return out.reverse();
}

/** Generators in the order of the levels; column 0 is x = 0, column t + 1 is αᵗ. */
function generatorRows(m: number): Uint8Array[] {
  const field = finiteField(2 ** m);
  const length = 2 ** m;
  const rows: Uint8Array[] = [new Uint8Array(length).fill(1)];
  for (const { leader, size } of cosets(m)) {
    if (rows.length + size > MOST_BITS) break;
    rows.push(...cosetRows(field, leader, size, length));
  }
  return rows;
}

/** `size` independent bits of x^{−leader}. */
function cosetRows(field: FiniteField, leader: number, size: number, length: number): Uint8Array[] {
  const step = field.power(field.generator, length - 1 - leader);
  const values: number[] = [];
  let value = 1;
  for (let t = 0; t < length - 1; t++) {
    values.push(value);
    value = field.multiply(value, step);
  }
  const out: Uint8Array[] = [];
  const reduced: number[] = [];
  // In a subfield some bits depend on others: keep those whose value mask is new.
  const span = values.slice(0, field.k);
  for (let bit = 0; bit < field.k && out.length < size; bit++) {
    let mask = span.reduce((sum, v, i) => sum | (((v >> bit) & 1) << i), 0);
    for (const known of reduced) mask = Math.min(mask, mask ^ known);
    if (mask === 0) continue;
    reduced.push(mask);
    reduced.sort((x, y) => y - x);
    out.push(
      Uint8Array.from({ length }, (_, j) => (j === 0 ? 0 : ((values[j - 1] ?? 0) >> bit) & 1)),
    );
  }
  return out;
}

/** The words of a linear code with its first coordinates fixed to 0, as signs. */
function linearSigns(
  generators: () => Uint8Array[],
  length: number,
  count: number,
  shortened: number,
): Int8Array {
  let rows = generators();
  for (let position = 0; position < shortened; position++) {
    // The first row with a 1 is spent on the others, so every level keeps its own words.
    const pivot = rows.findIndex((row) => row[position] === 1);
    const spent = rows[pivot];
    if (!spent) continue;
    rows = rows
      .filter((row) => row !== spent)
      .map((row) => (row[position] === 1 ? row.map((bit, j) => bit ^ spent[j]) : row));
  }
  const cols = length - shortened;
  const out = new Int8Array(count * cols).fill(1, 0, cols);
  let known = 1;
  for (const row of rows) {
    const more = Math.min(known, count - known);
    for (let w = 0; w < more; w++) {
      for (let j = 0; j < cols; j++) {
        const sign = row[j + shortened] === 1 ? -1 : 1;
        out[(known + w) * cols + j] = out[w * cols + j] * sign;
      }
    }
    known += Math.max(0, more);
    if (known >= count) break;
  }
  return out;
}

const golayChain: BinaryChain = {
  length: 24,
  levels: [{ bits: 12, distance: 8, name: 'extended binary Golay code', source: 'Golay, 1949' }],
  mostShortened: 11,
  signs: (count, s) => linearSigns(golayRows, 24, count, s),
};

function golayRows(): Uint8Array[] {
  const words = golayWords();
  return Array.from({ length: 12 }, (_, k) =>
    Uint8Array.from({ length: 24 }, (_, j) => ((words[2 ** k] ?? 0) >> j) & 1),
  );
}

export const linearChains: readonly BinaryChain[] = [
  ...[4, 5, 6, 7, 8, 9, 10].map(bchChain),
  golayChain,
];
