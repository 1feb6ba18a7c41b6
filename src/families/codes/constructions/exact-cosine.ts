import { ShapeError } from '../../../core/errors.ts';
import type { Quadratic } from '../exact/quadratic.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type { ExactCoordinates, IntegerRows, Integers } from './contract.ts';
import { weight } from './leech.ts';

type Of<Kind> = Extract<ExactCoordinates, { kind: Kind }>;

/**
 * The largest cosine of any two of the first `rows` rows, exactly: products in whole numbers, compared
 * as numbers of their field. Rows of signs are multiplied 32 entries at a time.
 */
export function largestCosine(exact: ExactCoordinates, rows: number): Quadratic {
  if (rows < 2) throw new ShapeError('largestCosine', 'at least 2 rows', `${rows}`);
  if (exact.kind === 'integers') return largestOfIntegers(exact, rows);
  return exact.kind === 'weighted' ? largestOfWeighted(exact, rows) : largestOfSurds(exact, rows);
}

function largestOfIntegers(exact: Of<'integers'>, rows: number): Quadratic {
  const product = rowProducts(exact, rows);
  let best = -Infinity;
  for (let i = 1; i < rows; i++) for (let j = 0; j < i; j++) best = Math.max(best, product(i, j));
  return K.fraction(best, exact.squaredNorm);
}

/** The blocks after the first repeat few rows: only the largest first product for each pair of those counts. */
function largestOfWeighted({ blocks }: Of<'weighted'>, rows: number): Quadratic {
  const [first, ...others] = blocks;
  if (!first) throw new ShapeError('largestCosine', 'at least one block', 'none');
  const labels = others.map((block) => distinctRows(block, rows));
  const kinds = new Map<string, number>();
  const kind = Int32Array.from({ length: rows }, (_, i) => {
    const key = labels.map(({ id }) => id[i]).join();
    if (!kinds.has(key)) kinds.set(key, kinds.size);
    return kinds.get(key) ?? 0;
  });
  const count = kinds.size;
  const best = new Float64Array(count * count).fill(-Infinity);
  const example = new Int32Array(2 * count * count);
  const product = rowProducts(first, rows);
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const value = product(i, j);
      const at = kind[i] * count + kind[j];
      if (value <= best[at]) continue;
      best[at] = value;
      example[2 * at] = i;
      example[2 * at + 1] = j;
    }
  }
  const cosines: Quadratic[] = [];
  for (const [at, value] of best.entries()) {
    if (value === -Infinity) continue;
    let sum = Q.multiply(first.weight, Q.rational(value, first.squaredNorm));
    for (const { numerators, cols, squaredNorm, weight: share } of others) {
      const inner = integerProduct(numerators, cols, example[2 * at], example[2 * at + 1]);
      sum = Q.add(sum, Q.multiply(share, Q.rational(inner, squaredNorm)));
    }
    cosines.push(K.quadratic(sum));
  }
  return largest(cosines);
}

function largestOfSurds({ rational, surd, root, cols, squaredNorm }: Of<'surds'>, rows: number) {
  const seen = new Map<string, Quadratic>();
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let whole = 0;
      let roots = 0;
      for (let c = 0; c < cols; c++) {
        const [a, b] = [i * cols + c, j * cols + c];
        whole += rational[a] * rational[b] + root * surd[a] * surd[b];
        roots += rational[a] * surd[b] + surd[a] * rational[b];
      }
      const key = `${whole},${roots}`;
      if (!seen.has(key)) seen.set(key, K.quadratic(Q.rational(whole), Q.rational(roots), root));
    }
  }
  return K.over(largest([...seen.values()]), squaredNorm);
}

const largest = (values: readonly Quadratic[]): Quadratic =>
  values.reduce((x, y) => (K.compareQuadratics(x, y) < 0 ? y : x));

/** ⟨row i, row j⟩ of any whole-number rows. */
export function integerProduct(x: Integers, cols: number, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < cols; c++) sum += x[i * cols + c] * x[j * cols + c];
  return sum;
}

/** ⟨row i, row j⟩ as a function that is quick to call for all pairs. */
export function rowProducts(
  { numerators, cols }: IntegerRows,
  rows: number,
): (i: number, j: number) => number {
  const packed = packedSigns(numerators, cols, rows);
  if (packed) {
    const words = Math.ceil(cols / 32);
    return (i, j) => {
      let apart = 0;
      for (let w = 0; w < words; w++)
        apart += weight(packed[i * words + w] ^ packed[j * words + w]);
      return cols - 2 * apart;
    };
  }
  // One element type: a loop that sees three kinds of arrays is several times slower.
  const x = Int32Array.from(numerators.subarray(0, rows * cols));
  const sparse = sparseRows(x, cols);
  if (sparse) {
    const { starts, places } = sparse;
    return (i, j) => {
      let sum = 0;
      for (let e = starts[i]; e < starts[i + 1]; e++) {
        sum += x[i * cols + places[e]] * x[j * cols + places[e]];
      }
      return sum;
    };
  }
  return (i, j) => {
    let sum = 0;
    const [a, b] = [i * cols, j * cols];
    for (let c = 0; c < cols; c++) sum += x[a + c] * x[b + c];
    return sum;
  };
}

/** Rows of which no more than this share is not 0 are multiplied by those entries alone. */
const SPARSE = 1 / 8;

/** Where the entries other than 0 are, row by row, if they are few. */
function sparseRows(x: Int32Array, cols: number) {
  const count = x.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  if (count > SPARSE * x.length) return undefined;
  const rows = x.length / cols;
  const [starts, places] = [new Int32Array(rows + 1), new Int32Array(count)];
  let found = 0;
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < cols; c++) if (x[i * cols + c] !== 0) places[found++] = c;
    starts[i + 1] = found;
  }
  return { starts, places };
}

/** The signs of rows of ±1 as bits, or undefined where an entry is something else. */
function packedSigns(x: Integers, cols: number, rows: number): Int32Array | undefined {
  const words = Math.ceil(cols / 32);
  const out = new Int32Array(rows * words);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < cols; c++) {
      const value = x[i * cols + c];
      if (value !== 1 && value !== -1) return undefined;
      if (value < 0) out[i * words + (c >> 5)] |= 1 << (c & 31);
    }
  }
  return out;
}

function distinctRows({ numerators, cols }: IntegerRows, rows: number): { id: Int32Array } {
  const seen = new Map<string, number>();
  const id = Int32Array.from({ length: rows }, (_, i) => {
    const key = numerators.subarray(i * cols, (i + 1) * cols).join();
    if (!seen.has(key)) seen.set(key, seen.size);
    return seen.get(key) ?? 0;
  });
  return { id };
}
