import type { Construction, Family, IntegerRows } from './contract.ts';
import { antipodal, fromIntegers, withFraction } from './realized.ts';

const SPLAG = 'Conway, Sloane, Sphere Packings, Lattices and Groups, 1999, ch. 4';

/** A fixed set of whole-number rows as a construction. */
export function integerConstruction(
  text: { name: string; source: string },
  shape: { size: number; dim: number; cosine: readonly [number, number] },
  rows: () => IntegerRows,
): Construction {
  const { size, dim, cosine } = shape;
  const build = (count: number, d: number) => fromIntegers(rows(), count, dim, d);
  return withFraction({ ...text, size, dim, build }, cosine[0], cosine[1]);
}

/** ±eᵢ ± eⱼ: 2n(n − 1) roots of D_n; the 24-cell for n = 4. */
function rootsOfD(n: number): IntegerRows {
  const numerators = new Int8Array(2 * n * (n - 1) * n);
  let row = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      for (let bits = 0; bits < 4; bits++) {
        numerators[row * n + i] = bits & 1 ? -1 : 1;
        numerators[row * n + j] = bits & 2 ? -1 : 1;
        row++;
      }
    }
  }
  return { numerators, cols: n, squaredNorm: 2 };
}

/** The 240 roots of E8, doubled: ±2eᵢ ± 2eⱼ and (±1)⁸ with an even number of minus signs. */
export function rootsOfE8(): IntegerRows {
  const rows: number[][] = [];
  const d8 = rootsOfD(8).numerators;
  for (let i = 0; i < 112; i++) rows.push(Array.from(d8.subarray(i * 8, i * 8 + 8), (v) => 2 * v));
  for (let bits = 0; bits < 256; bits++) {
    const row = Array.from({ length: 8 }, (_, j) => ((bits >> j) & 1 ? -1 : 1));
    if (row.filter((v) => v < 0).length % 2 === 0) rows.push(row);
  }
  return { numerators: Int8Array.from(rows.flat()), cols: 8, squaredNorm: 8 };
}

/** Minimal vectors of the Coxeter–Todd lattice over the Eisenstein integers. */
function coxeterTodd(): IntegerRows {
  // 1, ω, ω² as roots of A2 in three columns; θ = ω − ω² turns a unit into a longer one.
  const units = [
    [1, -1, 0],
    [0, 1, -1],
    [-1, 0, 1],
  ];
  const times = (sign: number, power: number) => (units[power % 3] ?? []).map((v) => sign * v);
  const theta = (sign: number, power: number) =>
    times(sign, power + 1).map((v, c) => v - (times(sign, power + 2)[c] ?? 0));
  const zero = [0, 0, 0];
  const rows: number[][] = [];
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < i; j++) {
      for (let code = 0; code < 18; code++) {
        const sign = code < 9 ? 1 : -1;
        const entry = (c: number) =>
          c === i ? theta(sign, code % 3) : c === j ? theta(-sign, Math.floor(code / 3) % 3) : zero;
        rows.push([0, 1, 2, 3, 4, 5].flatMap(entry));
      }
    }
  }
  // (±ω^a₁, …, ±ω^a₆): ω^a ≡ 1 − aθ' modulo 3, so the sum is 0 modulo 3 when Σa is.
  for (let code = 0; code < 729; code++) {
    const powers = Array.from({ length: 6 }, (_, c) => Math.floor(code / 3 ** c) % 3);
    if (powers.reduce((x, y) => x + y, 0) % 3 !== 0) continue;
    for (const sign of [1, -1]) rows.push(powers.flatMap((a) => times(sign, a)));
  }
  return { numerators: Int8Array.from(rows.flat()), cols: 18, squaredNorm: 12 };
}

/** D_d and D_{d−1}, whose dimension leaves room, and K12. */
function rootSystems(d: number): Construction[] {
  const out: Construction[] = [];
  for (const n of [d - 1, d]) {
    if (n < 4) continue;
    const name = n === 4 ? '24-cell (roots of D4)' : `roots of D${n}`;
    const shape = { size: 2 * n * (n - 1), dim: n, cosine: [1, 2] as const };
    out.push(integerConstruction({ name, source: SPLAG }, shape, () => rootsOfD(n)));
  }
  if (d >= 12) {
    const text = { name: 'Coxeter–Todd lattice K12', source: SPLAG };
    const shape = { size: 756, dim: 12, cosine: [1, 2] as const };
    out.push(integerConstruction(text, shape, coxeterTodd));
  }
  return out;
}

export const roots: Family = (d) => rootSystems(d).map(antipodal);
