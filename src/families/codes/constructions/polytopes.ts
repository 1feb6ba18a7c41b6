import { zeros64 } from '../../../core/matrix.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type { BuiltPoints, Construction, ExactCoordinates, Family } from './contract.ts';
import { antipodal, fromIntegers, withFraction } from './realized.ts';

const COXETER = 'Coxeter, Regular Polytopes, 1973';

/** The regular simplex with `size` vertices in size − 1 dimensions: the best code up to d + 1 points. */
export function simplex(size: number): Construction {
  return withFraction(
    {
      name: `regular simplex with ${size} vertices`,
      source: COXETER,
      size,
      dim: size - 1,
      build: (count, d) => ({
        points: simplexPoints(size, count, d),
        exact: simplexIntegers(size, count),
      }),
    },
    -1,
    size - 1,
  );
}

/** Coordinates by Helmert’s matrix: dimension k tells vertex k from those after it. */
export function simplexPoints(size: number, count: number, d: number) {
  const points = zeros64(count, d);
  const unit = Math.sqrt(size / (size - 1));
  for (let k = 0; k < size - 1; k++) {
    const after = size - 1 - k;
    const scale = unit / Math.sqrt(after * (after + 1));
    if (k < count) points.data[k * d + k] = after * scale;
    for (let i = k + 1; i < count; i++) points.data[i * d + k] = -scale;
  }
  return points;
}

/** n·eᵢ − (1, …, 1). */
function simplexIntegers(size: number, count: number): ExactCoordinates {
  const numerators = new Int16Array(count * size).fill(-1);
  for (let i = 0; i < count; i++) numerators[i * size + i] = size - 1;
  return { kind: 'integers', numerators, cols: size, squaredNorm: size * (size - 1) };
}

/** ±eᵢ in d dimensions: the best code up to 2d points. */
export function crossPolytope(dim: number): Construction {
  return withFraction(
    {
      name: `cross-polytope in ${dim} dimensions`,
      source: COXETER,
      size: 2 * dim,
      dim,
      build: (count, d) => {
        // All eᵢ first: a subset then spans as many dimensions as it can.
        const numerators = new Int8Array(count * dim);
        for (let i = 0; i < count; i++) numerators[i * dim + (i % dim)] = i < dim ? 1 : -1;
        return fromIntegers({ numerators, cols: dim, squaredNorm: 1 }, count, dim, d);
      },
    },
    0,
    1,
  );
}

/** A simplex and its opposite: 2(d + 1) points at cosine 1/d, the minimal vectors of A_d*. */
function doubledSimplex(dim: number): Construction {
  return withFraction(
    {
      name: `simplex and its opposite in ${dim} dimensions`,
      source: 'Conway, Sloane, Sphere Packings, Lattices and Groups, 1999, ch. 4 §6.6 (A_n*)',
      size: 2 * (dim + 1),
      dim,
      build: (count, d) => {
        const size = dim + 1;
        const numerators = new Int16Array(count * size);
        for (let i = 0; i < count; i++) {
          const sign = i < size ? 1 : -1;
          numerators.fill(-sign, i * size, (i + 1) * size);
          numerators[i * size + (i % size)] = sign * dim;
        }
        const rows = { numerators, cols: size, squaredNorm: size * dim };
        const halves = [Math.min(count, size), Math.max(0, count - size)] as const;
        const points = zeros64(count, d);
        points.data.set(simplexPoints(size, halves[0], d).data);
        points.data.set(
          simplexPoints(size, halves[1], d).data.map((v) => 0 - v),
          halves[0] * d,
        );
        return { points, exact: { kind: 'integers', ...rows } };
      },
    },
    1,
    dim,
  );
}

/** The regular n-gon; its cosine is a root of a polynomial, so no exact number is carried. */
export function polygonPoints(n: number): BuiltPoints {
  const points = zeros64(n, 2);
  for (let i = 0; i < n; i++) {
    points.data[2 * i] = Math.cos((2 * Math.PI * i) / n);
    points.data[2 * i + 1] = Math.sin((2 * Math.PI * i) / n);
  }
  return { points };
}

interface SurdRows {
  readonly rational: Int8Array;
  readonly surd: Int8Array;
  readonly cols: number;
  readonly squaredNorm: K.Quadratic;
}

const golden = (a: number, b: number, bottom: number) =>
  K.quadratic(Q.rational(a, bottom), Q.rational(b, bottom), 5);

function surdConstruction(
  name: string,
  source: string,
  cosine: K.Quadratic,
  all: () => SurdRows,
  size: number,
  dim: number,
): Construction {
  return {
    name,
    source,
    size,
    dim,
    cosine: K.numberAbove(cosine),
    exactCosine: () => cosine,
    build: (count, d) => {
      const { rational, surd, cols, squaredNorm } = all();
      const length = Math.sqrt(K.numberBelow(squaredNorm));
      const points = zeros64(count, d);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < cols; j++) {
          const at = i * cols + j;
          points.data[i * d + j] = (rational[at] + surd[at] * Math.sqrt(5)) / length;
        }
      }
      const kept = (x: Int8Array) => x.subarray(0, count * cols);
      return {
        points,
        exact: {
          kind: 'surds',
          rational: kept(rational),
          surd: kept(surd),
          root: 5,
          cols,
          squaredNorm,
        },
      };
    },
  };
}

/** Rows of numbers a + b√5 given as pairs [a, b]. */
function surdRows(
  rows: readonly (readonly (readonly [number, number])[])[],
  squaredNorm: K.Quadratic,
) {
  return {
    rational: Int8Array.from(rows.flat().map(([a]) => a)),
    surd: Int8Array.from(rows.flat().map(([, b]) => b)),
    cols: rows[0]?.length ?? 0,
    squaredNorm,
  };
}

const signs = [1, -1] as const;

/** (0, ±1, ±φ) and its cyclic shifts, doubled. */
function icosahedron(): SurdRows {
  const rows: [number, number][][] = [];
  for (const s of signs) {
    for (const t of signs) {
      const base: [number, number][] = [
        [0, 0],
        [2 * s, 0],
        [t, t],
      ];
      for (let shift = 0; shift < 3; shift++) {
        rows.push([...base.slice(shift), ...base.slice(0, shift)]);
      }
    }
  }
  return surdRows(rows, golden(10, 2, 1));
}

/** 16 (±½)⁴, 8 ±eᵢ and the 96 even permutations of (±φ, ±1, ±1/φ, 0)/2, times 4. */
function sixHundredCell(): SurdRows {
  const rows: [number, number][][] = [];
  for (let i = 0; i < 4; i++) {
    for (const s of signs) rows.push([0, 1, 2, 3].map((j) => [i === j ? 4 * s : 0, 0]));
  }
  for (let bits = 0; bits < 16; bits++) {
    rows.push([0, 1, 2, 3].map((j) => [(bits >> j) & 1 ? -2 : 2, 0]));
  }
  const values: (readonly [number, number])[] = [
    [1, 1],
    [2, 0],
    [-1, 1],
    [0, 0],
  ];
  for (const order of evenPermutations()) {
    for (let bits = 0; bits < 8; bits++) {
      rows.push(
        order.map((v) => {
          const sign = (bits >> v) & 1 ? -1 : 1;
          const [a, b] = values[v] ?? [0, 0];
          return [sign * a, sign * b];
        }),
      );
    }
  }
  return surdRows(rows, golden(16, 0, 1));
}

function evenPermutations(): number[][] {
  const out: number[][] = [];
  for (let code = 0; code < 256; code++) {
    const order = [code & 3, (code >> 2) & 3, (code >> 4) & 3, code >> 6];
    if (new Set(order).size < 4) continue;
    const inversions = order.flatMap((v, i) => order.slice(i + 1).filter((w) => w < v)).length;
    if (inversions % 2 === 0) out.push(order);
  }
  return out;
}

/** Simplex, cross-polytope, their doublings, and the golden polytopes. */
export const polytopes: Family = (d) => {
  const out: Construction[] = [simplex(d + 1), antipodal(crossPolytope(d))];
  for (const dim of [d - 1, d]) if (dim >= 3) out.push(antipodal(doubledSimplex(dim)));
  if (d >= 3) {
    const cosine = golden(0, 1, 5);
    out.push(antipodal(surdConstruction('icosahedron', COXETER, cosine, icosahedron, 12, 3)));
  }
  if (d >= 4) {
    const cosine = golden(1, 1, 4);
    out.push(antipodal(surdConstruction('600-cell', COXETER, cosine, sixHundredCell, 120, 4)));
  }
  return out;
};
