import type { IntegerRows } from './contract.ts';

/** The 4096 words of the extended binary Golay code, as bit masks of 24 bits. */
export function golayWords(): Uint32Array {
  // Quadratic residues modulo 23 generate the cyclic code of length 23.
  const generator = 0b101011100011;
  const words = new Uint32Array(4096);
  let known = 1;
  for (let shift = 0; shift < 12; shift++) {
    const row = generator << shift;
    const extended = row | (parity(row) << 23);
    for (let i = 0; i < known; i++) words[known + i] = words[i] ^ extended;
    known *= 2;
  }
  return words;
}

export function parity(x: number): number {
  return weight(x) & 1;
}

export function weight(x: number): number {
  let bits = x - ((x >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Columns 0 to 7 hold an octad: the sections by coordinates lie there. */
export function orderedGolay(): Uint32Array {
  const words = golayWords();
  const octad = words.find((word) => weight(word) === 8) ?? 0;
  const order = Array.from({ length: 24 }, (_, i) => i).sort(
    (i, j) => ((octad >> j) & 1) - ((octad >> i) & 1) || i - j,
  );
  return words.map((word) =>
    order.reduce((mask, from, to) => mask | (((word >> from) & 1) << to), 0),
  );
}

let vectors: IntegerRows | undefined;

/**
 * The 196,560 minimal vectors of the Leech lattice, times √8: squared length 32.
 *
 * (±4² 0²²), (±2⁸ 0¹⁶) on the octads with an even number of minus signs, and (∓3 ±1²³) with the
 * upper signs on the words of the Golay code.
 */
export function leechVectors(): IntegerRows {
  vectors ??= { numerators: minimalVectors(), cols: 24, squaredNorm: 32 };
  return vectors;
}

function minimalVectors(): Int8Array {
  const words = orderedGolay();
  const out = new Int8Array(196_560 * 24);
  let row = 0;
  for (let i = 0; i < 24; i++) {
    for (let j = 0; j < i; j++) {
      for (let bits = 0; bits < 4; bits++) {
        out[row * 24 + i] = bits & 1 ? -4 : 4;
        out[row * 24 + j] = bits & 2 ? -4 : 4;
        row++;
      }
    }
  }
  for (const word of words) {
    if (weight(word) !== 8) continue;
    const places = Array.from({ length: 24 }, (_, i) => i).filter((i) => (word >> i) & 1);
    for (let bits = 0; bits < 256; bits++) {
      if (parity(bits)) continue;
      for (let k = 0; k < 8; k++) out[row * 24 + (places[k] ?? 0)] = (bits >> k) & 1 ? -2 : 2;
      row++;
    }
  }
  for (const word of words) {
    for (let three = 0; three < 24; three++) {
      for (let i = 0; i < 24; i++) {
        const sign = (word >> i) & 1 ? -1 : 1;
        out[row * 24 + i] = i === three ? -3 * sign : sign;
      }
      row++;
    }
  }
  return out;
}
