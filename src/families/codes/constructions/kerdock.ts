import type { BinaryChain, Level } from './binary-chain.ts';
import { MOST_BITS } from './binary-chain.ts';
import type { Construction, Family } from './contract.ts';
import { antipodal, fromIntegers, withFraction } from './realized.ts';

const SOURCE = 'Hammons, Kumar, Calderbank, Sloane, Solé, The Z4-linearity of Kerdock codes, 1994';

/** Primitive polynomials over GF(2) of degree m as bit masks. */
const PRIMITIVE: Readonly<Record<number, number>> = {
  3: 0b1011,
  5: 0b100101,
  7: 0b10000011,
  9: 0b1000010001,
};

/**
 * Z4 words Tr(λ ξᵗ) + Tr(2η₁ ξ³ᵗ) + … + ε over the Galois ring GR(4, m), m odd, and their Gray images.
 *
 * Without η the image is the Kerdock code of length 2^{m+1}; each η adds a level of Delsarte and
 * Goethals, of distance 2^m − 2^{(m−1)/2 + r}. Columns: t = ∞ (the zero of the ring) first, then
 * t = 0, 1, …. Words with a 0 in column ∞ have ε = 0, so two shortenings drop ε and the column.
 */
export function kerdockChain(m: number): BinaryChain {
  const length = 2 ** (m + 1);
  const levels: Level[] = [
    {
      bits: m + 2,
      distance: length / 2,
      name: `first-order Reed–Muller code of length ${length}`,
      source: 'Muller, 1954; Reed, 1954',
    },
  ];
  for (let r = 0; m + r * m <= MOST_BITS; r++) {
    const distance = 2 ** m - 2 ** ((m - 1) / 2 + r);
    if (distance <= length / 8) break;
    const name =
      r === 0
        ? `Kerdock code of length ${length}`
        : `Delsarte–Goethals code of length ${length}, distance ${distance}`;
    levels.push({ bits: 2 * m + 2 + r * m, distance, name, source: SOURCE });
  }
  return { length, levels, mostShortened: 3, signs: (count, s) => signs(m, count, s) };
}

function signs(m: number, count: number, shortened: number): Int8Array {
  const generators = wordGenerators(m, shortened, Math.ceil(Math.log2(count)) + shortened);
  const cols = 2 ** m;
  const length = 2 * cols;
  const kept = length - shortened;
  // One coordinate of the third shortening falls on about every second word.
  const enough = shortened > 2 ? 4 * count : count;
  const words = spanned(generators, cols, enough);
  const out = new Int8Array(count * kept);
  let row = 0;
  for (let w = 0; w < words.length / cols && row < count; w++) {
    const at = w * cols;
    if (shortened > 2 && grayBit(words[at + 1], 0) !== 0) continue;
    for (let j = shortened; j < length; j++) {
      out[row * kept + j - shortened] = 1 - 2 * grayBit(words[at + (j >> 1)], j & 1);
    }
    row++;
  }
  return out;
}

/** Gray’s map 0 → 00, 1 → 01, 2 → 11, 3 → 10. */
const grayBit = (value: number, second: number): number =>
  second === 0 ? value >> 1 : (value ^ (value >> 1)) & 1;

/** Words to be added with coefficients 0 and 1, in the order of the levels. */
function wordGenerators(m: number, shortened: number, bits: number): Uint8Array[] {
  const cols = 2 ** m;
  const powers = teichmuller(m);
  const column = (exponent: number, t: number) => powers[(exponent * (t - 1)) % (cols - 1)] ?? [];
  const row = (scale: number, exponent: number, i: number) =>
    Uint8Array.from({ length: cols }, (_, t) =>
      t === 0 ? 0 : (scale * (column(exponent, t)[i] ?? 0)) & 3,
    );
  const basis = Array.from({ length: m }, (_, i) => i);
  const out: Uint8Array[] = [];
  // Fixing one Gray bit of column ∞ to 0 leaves ε in {0, 1}, fixing both leaves ε = 0.
  if (shortened < 2) out.push(new Uint8Array(cols).fill(1));
  if (shortened < 1) out.push(new Uint8Array(cols).fill(2));
  out.push(...basis.map((i) => row(2, 1, i)), ...basis.map((i) => row(1, 1, i)));
  for (let r = 1; out.length < bits && r <= (m - 1) / 2; r++) {
    out.push(...basis.map((i) => row(2, 1 + 2 ** r, i)));
  }
  return out;
}

/** ξ^0, ξ^1, … in GR(4, m) as coefficients modulo 4: ξ is a root of Graeffe’s lift of the polynomial. */
function teichmuller(m: number): number[][] {
  const mask = PRIMITIVE[m] ?? 0;
  const part = (odd: number) =>
    Array.from({ length: m + 1 }, (_, i) => (i % 2 === odd ? (mask >> i) & 1 : 0));
  const squared = (x: readonly number[]) => {
    const out = Array<number>(2 * m + 1).fill(0);
    for (const [i, a] of x.entries())
      for (const [j, b] of x.entries()) out[i + j] = (out[i + j] ?? 0) + a * b;
    return out;
  };
  const [even, odd] = [squared(part(0)), squared(part(1))];
  const lifted = Array.from({ length: m + 1 }, (_, i) => (even[2 * i] ?? 0) - (odd[2 * i] ?? 0));
  const sign = ((lifted[m] ?? 0) + 4) % 4 === 1 ? 1 : -1;
  const out: number[][] = [];
  let value: number[] = Array.from({ length: m }, (_, i) => (i === 0 ? 1 : 0));
  for (let t = 0; t < 2 ** m - 1; t++) {
    out.push(value);
    const top = value[m - 1] ?? 0;
    value = value.map(
      (_, i) => ((i === 0 ? 0 : (value[i - 1] ?? 0)) - sign * top * (lifted[i] ?? 0) + 64) & 3,
    );
  }
  return out;
}

/** Sums of the generators modulo 4, word i with the bits of i as coefficients, until there are `count`. */
function spanned(generators: readonly Uint8Array[], cols: number, count: number): Uint8Array {
  const total = Math.min(count, 2 ** generators.length);
  const out = new Uint8Array(total * cols);
  let known = 1;
  for (const generator of generators) {
    if (known >= total) break;
    const more = Math.min(known, total - known);
    for (let w = 0; w < more; w++) {
      for (let j = 0; j < cols; j++) {
        out[(known + w) * cols + j] = (out[w * cols + j] + generator[j]) & 3;
      }
    }
    known += more;
  }
  return out;
}

export const kerdockChains: readonly BinaryChain[] = [3, 5, 7, 9].map(kerdockChain);

/** The Kerdock code with the unit vectors and their opposites: unions of mutually unbiased bases. */
export const kerdockSets: Family = (d) =>
  kerdockChains
    .filter(({ length }) => length <= d)
    .map(kerdockSet)
    .map(antipodal);

export function kerdockSet(chain: BinaryChain): Construction {
  const { length, signs: words } = chain;
  const root = Math.sqrt(length);
  return withFraction(
    {
      name: `Kerdock code of length ${length} with ±eᵢ`,
      source: `${SOURCE}; optimal by arXiv:2403.16874`,
      size: length ** 2 + 2 * length,
      dim: length,
      build: (count, d) => {
        const numerators = new Int8Array(count * length);
        const codewords = Math.max(0, count - 2 * length);
        for (let i = 0; i < Math.min(count, 2 * length); i++) {
          numerators[i * length + (i % length)] = i < length ? root : -root;
        }
        if (codewords > 0) numerators.set(words(codewords, 0), 2 * length * length);
        return fromIntegers({ numerators, cols: length, squaredNorm: length }, count, length, d);
      },
    },
    1,
    root,
  );
}
