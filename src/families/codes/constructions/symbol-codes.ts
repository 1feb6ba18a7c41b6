import { zeros64 } from '../../../core/matrix.ts';
import type { Construction, Family } from './contract.ts';
import type { FiniteField } from './finite-field.ts';
import { finiteField, primePower } from './finite-field.ts';
import { simplexPoints } from './polytopes.ts';
import { withFraction } from './realized.ts';

/** A linear code over GF(q): columns of a generator matrix, and its distance. */
interface SymbolCode {
  readonly q: number;
  readonly k: number;
  readonly length: number;
  readonly distance: number;
  readonly name: string;
  readonly source: string;
  readonly columns: (field: FiniteField) => number[][];
}

const MACWILLIAMS = 'MacWilliams, Sloane, The Theory of Error-Correcting Codes, 1977, ch. 11';
const MOST_POINTS = 2 ** 20;

/**
 * A code over q symbols with each symbol a vertex of a regular simplex in q − 1 dimensions.
 *
 * Words that differ in D of N places have the cosine 1 − (D/N) · q/(q − 1).
 */
function symbolConstruction(code: SymbolCode): Construction {
  const { q, k, length, distance } = code;
  return withFraction(
    {
      name: `${code.name} over ${q} symbols at the vertices of simplices`,
      source: code.source,
      size: q ** k,
      dim: length * (q - 1),
      build: (count, d) => built(code, count, d),
    },
    length * (q - 1) - distance * q,
    length * (q - 1),
  );
}

function built({ q, k, length, columns }: SymbolCode, count: number, d: number) {
  const field = finiteField(q);
  const generator = columns(field);
  const vertices = simplexPoints(q, q, q - 1).data;
  const points = zeros64(count, d);
  const cols = length * q;
  const numerators = new Int8Array(count * cols).fill(-1);
  const scale = 1 / Math.sqrt(length);
  for (let i = 0; i < count; i++) {
    const message = Array.from({ length: k }, (_, j) => Math.floor(i / q ** j) % q);
    for (const [place, column] of generator.entries()) {
      let symbol = 0;
      for (const [j, c] of column.entries()) {
        symbol = field.add(symbol, field.multiply(message[j] ?? 0, c));
      }
      numerators[i * cols + place * q + symbol] = q - 1;
      for (let j = 0; j < q - 1; j++) {
        points.data[i * d + place * (q - 1) + j] = scale * vertices[symbol * (q - 1) + j];
      }
    }
  }
  const squaredNorm = length * q * (q - 1);
  return { points, exact: { kind: 'integers', numerators, cols, squaredNorm } as const };
}

/** [N, k, N − k + 1]: values of polynomials of degree below k at N of the q + 1 points of the line. */
function reedSolomon(q: number, k: number, length: number): SymbolCode {
  return {
    q,
    k,
    length,
    distance: length - k + 1,
    name: `Reed–Solomon code [${length}, ${k}, ${length - k + 1}]`,
    source: MACWILLIAMS,
    columns: (field) =>
      Array.from({ length }, (_, x) =>
        Array.from({ length: k }, (_, j) => (x === q ? Number(j === k - 1) : field.power(x, j))),
      ),
  };
}

/** [q² + 1, 4, q² − q]: the points (0, 0, 0, 1) and (1, x, y, f(x, y)) with f never 0 but at 0. */
function ovoid(q: number): SymbolCode {
  return {
    q,
    k: 4,
    length: q * q + 1,
    distance: q * q - q,
    name: `ovoid code [${q * q + 1}, 4, ${q * q - q}]`,
    source: 'Calderbank, Kantor, The geometry of two-weight codes, 1986 (TF3)',
    columns: (field) => {
      const form = anisotropic(field);
      const out = [[0, 0, 0, 1]];
      for (let x = 0; x < q; x++) for (let y = 0; y < q; y++) out.push([1, x, y, form(x, y)]);
      return out;
    },
  };
}

/** x² + xy + cy² with the first c for which it has no zero but (0, 0). */
export function anisotropic(field: FiniteField): (x: number, y: number) => number {
  const { q, add, multiply } = field;
  const withLast = (c: number) => (x: number, y: number) =>
    add(add(multiply(x, x), multiply(x, y)), multiply(c, multiply(y, y)));
  for (let c = 1; c < q; c++) {
    const form = withLast(c);
    let zero = false;
    for (let x = 0; x < q && !zero; x++) zero = form(x, 1) === 0;
    if (!zero) return form;
  }
  return withLast(1);
}

/** [11, 5, 6] and [12, 6, 6] over 3 symbols. */
function ternaryGolay(extended: boolean): SymbolCode {
  const [length, k] = extended ? [12, 6] : [11, 5];
  // The bordered circulant of the squares modulo 5; dropping a row and its unit column shortens it.
  const border = (i: number, j: number) =>
    i === 0 || j === 0 ? Number(i !== j) : [0, 1, 2, 2, 1][(j - i + 5) % 5];
  return {
    q: 3,
    k,
    length,
    distance: 6,
    name: `ternary Golay code [${length}, ${k}, 6]`,
    source: 'Golay, 1949',
    columns: () => [
      ...Array.from({ length: k }, (_, c) => Array.from({ length: k }, (_, r) => Number(r === c))),
      ...Array.from({ length: 6 }, (_, c) =>
        Array.from({ length: k }, (_, r) => border(r, c) ?? 0),
      ),
    ],
  };
}

function hyperoval(q: number): SymbolCode {
  return {
    q,
    k: 3,
    length: q + 2,
    distance: q,
    name: `hyperoval code [${q + 2}, 3, ${q}]`,
    source: MACWILLIAMS,
    columns: (field) => [
      [0, 0, 1],
      [0, 1, 0],
      ...Array.from({ length: q }, (_, x) => [1, x, field.multiply(x, x)]),
    ],
  };
}

export const symbolCodes: Family = (d) => {
  const codes = [ternaryGolay(true), ternaryGolay(false)];
  for (let q = 3; q - 1 <= d && q <= 64; q++) {
    const parts = primePower(q);
    if (!parts) continue;
    codes.push(ovoid(q));
    if (parts.p === 2) codes.push(hyperoval(q));
    for (let k = 3; k <= 5; k++) {
      if (q ** k > MOST_POINTS) break;
      for (let length = k; length <= q + 1; length++) codes.push(reedSolomon(q, k, length));
    }
  }
  return codes
    .filter(({ q, k, length }) => length * (q - 1) <= d && q ** k <= MOST_POINTS)
    .map(symbolConstruction);
};
