import { gathered } from '../../../core/matrix.ts';
import type { BuiltPoints, IntegerRows, Integers } from './contract.ts';
import { rowProducts } from './exact-cosine.ts';

/** Products of all pairs are formed up to this many multiplications, about a second. */
const MOST_WORK = 4e8;

/** Whether a set of this size is small enough to choose a subset from by looking at all its pairs. */
export const canThin = (size: number, cols: number): boolean => size * size * cols <= 2 * MOST_WORK;

/**
 * `count` rows with few pairs at the largest cosine: the row in most of them is left out, again and
 * again; when none is left, the next largest cosine is thinned the same way.
 */
export function thinned(built: BuiltPoints, rows: IntegerRows, count: number): BuiltPoints {
  const kept = keptRows(rows, built.points.rows, count);
  const { cols, squaredNorm } = rows;
  const numerators = rows.numerators.slice(0, count * cols) as Integers;
  for (const [to, from] of kept.entries()) {
    numerators.set(rows.numerators.subarray(from * cols, (from + 1) * cols), to * cols);
  }
  return {
    points: gathered(built.points, kept),
    exact: { kind: 'integers', numerators, cols, squaredNorm },
  };
}

function keptRows(rows: IntegerRows, size: number, count: number): number[] {
  const productOf = rowProducts(rows, size);
  const products = new Int32Array(size * size);
  for (let i = 0; i < size; i++) {
    products[i * size + i] = -(2 ** 31);
    for (let j = 0; j < i; j++) {
      const product = productOf(i, j);
      products[i * size + j] = product;
      products[j * size + i] = product;
    }
  }
  const alive = new Uint8Array(size).fill(1);
  let left = size;
  while (left > count) {
    const level = largestAlive(products, alive, size);
    const contacts = contactCounts(products, alive, size, level);
    while (left > count) {
      const worst = mostContacts(contacts, alive);
      if (contacts[worst] === 0) break;
      alive[worst] = 0;
      left--;
      for (let j = 0; j < size; j++) if (products[worst * size + j] === level) contacts[j]--;
    }
  }
  return Array.from({ length: size }, (_, i) => i).filter((i) => alive[i] === 1);
}

function largestAlive(products: Int32Array, alive: Uint8Array, size: number): number {
  let level = -(2 ** 31);
  for (let i = 0; i < size; i++) {
    if (!alive[i]) continue;
    for (let j = 0; j < i; j++) {
      if (alive[j] && products[i * size + j] > level) level = products[i * size + j];
    }
  }
  return level;
}

function contactCounts(products: Int32Array, alive: Uint8Array, size: number, level: number) {
  const contacts = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    if (!alive[i]) continue;
    for (let j = 0; j < size; j++) if (alive[j] && products[i * size + j] === level) contacts[i]++;
  }
  return contacts;
}

/** The last of those with the most, so that a code listed coset by coset loses its tail. */
function mostContacts(contacts: Int32Array, alive: Uint8Array): number {
  let worst = -1;
  for (let i = 0; i < contacts.length; i++) {
    if (alive[i] && (worst < 0 || contacts[i] >= contacts[worst])) worst = i;
  }
  return worst;
}
