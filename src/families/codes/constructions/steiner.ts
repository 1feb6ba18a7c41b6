import type { Construction, Family, IntegerRows } from './contract.ts';
import { finiteField, primePower } from './finite-field.ts';
import { antipodal } from './realized.ts';
import { integerConstruction } from './roots.ts';

const SOURCE = 'Fickus, Mixon, Tremain, Steiner equiangular tight frames, 2012';

/** The signs of a Hadamard matrix of the given order, or undefined where neither method makes one. */
export function hadamard(order: number): ((i: number, j: number) => number) | undefined {
  if (Math.log2(order) % 1 === 0) return (i, j) => 1 - 2 * (bitCount(i & j) & 1);
  if (order % 4 === 0 && primePower(order - 1)) return paleyHadamard(order - 1);
  return undefined;
}

const bitCount = (x: number): number => (x === 0 ? 0 : (x & 1) + bitCount(x >>> 1));

/** I + S with S the skew matrix of squares of GF(q), bordered by ones; q ≡ 3 mod 4. */
function paleyHadamard(q: number): (i: number, j: number) => number {
  const { add, negate, multiply } = finiteField(q);
  const squares = new Set(Array.from({ length: q - 1 }, (_, x) => multiply(x + 1, x + 1)));
  return (i, j) => {
    if (i === 0) return 1;
    if (j === 0) return -1;
    if (i === j) return 1;
    return squares.has(add(i - 1, negate(j - 1))) ? 1 : -1;
  };
}

/**
 * A point of a Steiner system S(2, k, v) as a row over the blocks through it, with the signs of a row
 * of a Hadamard matrix of order r + 1 less one column: v(r + 1) lines at |cos| = 1/r, both ends.
 */
function steinerCode(name: string, v: number, r: number, blocks: () => number[][], count: number) {
  const size = 2 * v * (r + 1);
  const text = { name: `equiangular lines of the ${name}, both ends`, source: SOURCE };
  return integerConstruction(text, { size, dim: count, cosine: [1, r] }, () =>
    steinerRows(blocks(), v, r),
  );
}

function steinerRows(blocks: readonly number[][], v: number, r: number): IntegerRows {
  const cols = blocks.length;
  const sign = hadamard(r + 1) ?? (() => 0);
  const lines = v * (r + 1);
  const numerators = new Int8Array(2 * lines * cols);
  for (let point = 0; point < v; point++) {
    let place = 0;
    for (const [b, block] of blocks.entries()) {
      if (!block.includes(point)) continue;
      place++;
      for (let h = 0; h <= r; h++) {
        const row = point * (r + 1) + h;
        numerators[row * cols + b] = sign(h, place);
        numerators[(lines + row) * cols + b] = -sign(h, place);
      }
    }
  }
  return { numerators, cols, squaredNorm: r };
}

function pairs(v: number): number[][] {
  return Array.from({ length: v }, (_, i) => Array.from({ length: i }, (_, j) => [i, j])).flat();
}

/** Lines {x, y, x + y} of the projective space over GF(2), points numbered from 0. */
function binaryLines(v: number): number[][] {
  const out: number[][] = [];
  for (let x = 1; x <= v; x++) {
    for (let y = x + 1; y <= v; y++) {
      const z = x ^ y;
      if (z > y) out.push([x - 1, y - 1, z - 1]);
    }
  }
  return out;
}

/** Steiner systems of all pairs, and of the lines of the binary projective spaces. */
export const steinerCodes: Family = (d) => {
  const out: Construction[] = [];
  for (let v = 4; (v * (v - 1)) / 2 <= d; v += 4) {
    if (!hadamard(v)) continue;
    out.push(steinerCode(`pairs of ${v} points`, v, v - 1, () => pairs(v), (v * (v - 1)) / 2));
  }
  for (let m = 3; ; m++) {
    const v = 2 ** m - 1;
    const r = (v - 1) / 2;
    const count = (v * r) / 3;
    if (count > d) return out.map(antipodal);
    out.push(steinerCode(`lines of PG(${m - 1}, 2)`, v, r, () => binaryLines(v), count));
  }
};
