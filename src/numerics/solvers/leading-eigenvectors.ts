import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { eigh } from '../decompositions/eigh.ts';
import { signOfLargest } from '../decompositions/signs.ts';

/** A symmetric n × n matrix, known by its products. */
export interface SymmetricOperator {
  readonly n: number;
  /** No eigenvalue lies below it. */
  readonly least: number;
  /** out ← A·X for n × b matrices, row-major. */
  readonly multiply: (x: Float64Array, out: Float64Array, b: number) => void;
}

export interface LeadingEigenvectorsOptions {
  /** Where the search begins. */
  readonly random: Random;
  /** Eigenvectors that are known and left out, orthonormal. */
  readonly without?: readonly Float64Array[] | undefined;
  /** The largest ‖A v − λ v‖ relative to the largest |eigenvalue|; 1e-9 where left out. */
  readonly tolerance?: number | undefined;
  /** Rounds after which what was found is given as it is; 60 where left out. */
  readonly mostRounds?: number | undefined;
  /** Awaited after each product of the block. */
  readonly turn?: (() => Promise<void>) | undefined;
}

export interface LeadingEigenvectors {
  /** The m largest eigenvalues, largest first. */
  readonly values: Float64Array;
  /** m × n, orthonormal rows; the first of the largest elements of each is positive. */
  readonly vectors: Matrix<Float64Array>;
  /** ‖A v − λ v‖ of each. */
  readonly residuals: Float64Array;
  /** Whether all residuals are as small as was asked for. */
  readonly converged: boolean;
}

/** Up to so many dimensions the block spans all there is, and the result is exact. */
const FEW = 96;
const DEGREES = { fewest: 8, most: 500 };

/**
 * The m largest eigenvalues of a symmetric matrix with their vectors, by subspace iteration through a filter: a Chebyshev
 * polynomial of A that is small below the block's last eigenvalue and grows above it (Zhou, Saad, Tiago and Chelikowsky
 * 2006). The block has 2m + 4 vectors; equal eigenvalues are found.
 */
export async function leadingEigenvectors(
  operator: SymmetricOperator,
  m: number,
  options: LeadingEigenvectorsOptions,
): Promise<LeadingEigenvectors> {
  const { random, without = [], tolerance = 1e-9, mostRounds = 60, turn } = options;
  const { n } = operator;
  const all = n - without.length;
  const count = Math.min(m, all);
  const b = all <= FEW ? all : Math.min(all, 2 * count + 4);
  let block: Block = { data: new Float64Array(n * b), n, b };
  random.normals(block.data);
  orthonormalizeInPlace(block, without, random);
  for (let round = 0; ; round++) {
    const ritz = ritzPairs(operator, block);
    const { values, residuals } = ritz;
    const largest = Math.max(Math.abs(values[0]), Math.abs(values[b - 1]));
    const isSmall = (residual: number) => residual <= tolerance * largest;
    const converged = b === all || residuals.subarray(0, count).every(isSmall);
    if (converged || round >= mostRounds) {
      const vectors = columnsAsRows(ritz.block, count);
      return {
        values: values.slice(0, count),
        vectors,
        residuals: residuals.slice(0, count),
        converged,
      };
    }
    block = await filtered(operator, ritz.block, values, count, turn);
    orthonormalizeInPlace(block, without, random);
  }
}

/** b columns of n numbers, row-major. */
interface Block {
  readonly data: Float64Array;
  readonly n: number;
  readonly b: number;
}

/** The eigenvalues of A within the block, largest first, the block turned to their vectors, and the residual of each. */
function ritzPairs(operator: SymmetricOperator, block: Block) {
  const { data, n, b } = block;
  const image = new Float64Array(n * b);
  operator.multiply(data, image, b);
  const small = zeros64(b, b);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < b; p++) {
      const x = data[i * b + p];
      for (let q = 0; q < b; q++) small.data[p * b + q] += x * image[i * b + q];
    }
  }
  const { values, vectors } = eigh(small);
  const turned = turnedBy(block, vectors.data);
  const turnedImage = turnedBy({ data: image, n, b }, vectors.data);
  const squares = new Float64Array(b);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < b; c++)
      squares[c] += (turnedImage.data[i * b + c] - values[c] * turned.data[i * b + c]) ** 2;
  }
  return { values, block: turned, residuals: squares.map(Math.sqrt) };
}

/** Column c becomes Σ_p weights[c][p] · column p. */
function turnedBy({ data, n, b }: Block, weights: Float64Array): Block {
  const out = new Float64Array(n * b);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < b; c++) {
      let sum = 0;
      for (let p = 0; p < b; p++) sum += weights[c * b + p] * data[i * b + p];
      out[i * b + c] = sum;
    }
  }
  return { data: out, n, b };
}

/** T_k of A, moved so that [least, last eigenvalue of the block] lies in [−1, 1], times the block. */
async function filtered(
  { least, multiply }: SymmetricOperator,
  { data, n, b }: Block,
  values: Float64Array,
  count: number,
  turn?: () => Promise<void>,
): Promise<Block> {
  const middle = (values[b - 1] + least) / 2;
  const half = (values[b - 1] - least) / 2 || 1;
  const degree = degreeFor((values[0] - middle) / half, (values[count - 1] - middle) / half);
  let before = new Float64Array(data.length);
  let now = data.slice();
  for (let k = 0; k < degree; k++) {
    const next = new Float64Array(data.length);
    multiply(now, next, b);
    chebyshevStepInPlace(next, now, before, middle, half, k === 0 ? 1 : 2);
    [before, now] = [now, next];
    await turn?.();
  }
  return { data: now, n, b };
}

/** next ← factor/half · (next − middle · now) − before. */
function chebyshevStepInPlace(
  next: Float64Array,
  now: Float64Array,
  before: Float64Array,
  middle: number,
  half: number,
  factor: number,
): void {
  const scale = factor / half;
  for (let e = 0; e < next.length; e++) next[e] = scale * (next[e] - middle * now[e]) - before[e];
}

/**
 * What lets the last wanted eigenvalue, mapped to `last`, grow by e⁸, but neither overflow with the first one nor drown the
 * last in the rounding errors of the first.
 */
function degreeFor(first: number, last: number): number {
  const [high, low] = [acosh(first), acosh(last)];
  const wanted = low > 0 ? 8 / low : DEGREES.most;
  const most = Math.min(400 / (high + 1e-12), 16 / (high - low + 1e-12));
  return Math.ceil(Math.max(DEGREES.fewest, Math.min(wanted, most, DEGREES.most)));
}

/** From √ alone: it decides a number of steps, which must not differ between platforms; exact near 1. */
function acosh(x: number): number {
  return x > 1 ? Math.sqrt(2 * (x - 1)) : 0;
}

/** Gram and Schmidt, twice for the rounding; a column of which nothing is left is drawn anew. */
function orthonormalizeInPlace(
  { data, n, b }: Block,
  without: readonly Float64Array[],
  random: Random,
): void {
  const known = [...without];
  const column = new Float64Array(n);
  for (let c = 0; c < b; c++) {
    for (let i = 0; i < n; i++) column[i] = data[i * b + c];
    while (!isOrthonormalizedInPlace(column, known)) random.normals(column);
    known.push(column.slice());
    for (let i = 0; i < n; i++) data[i * b + c] = column[i];
  }
}

function isOrthonormalizedInPlace(x: Float64Array, others: readonly Float64Array[]): boolean {
  const before = scaledToUnitInPlace(x);
  for (let turn = 0; turn < 2; turn++) for (const other of others) subtractAlongInPlace(x, other);
  const after = scaledToUnitInPlace(x);
  return before > 0 && after > 1e-12;
}

function subtractAlongInPlace(x: Float64Array, unit: Float64Array): void {
  let product = 0;
  for (let i = 0; i < x.length; i++) product += x[i] * unit[i];
  for (let i = 0; i < x.length; i++) x[i] -= product * unit[i];
}

/** Returns the length that x had. */
function scaledToUnitInPlace(x: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += x[i] * x[i];
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < x.length; i++) x[i] /= length;
  return length;
}

function columnsAsRows({ data, n, b }: Block, count: number): Matrix<Float64Array> {
  const out = matrix(new Float64Array(count * n), count, n);
  for (let c = 0; c < count; c++) {
    const sign = signOfLargest(data, c, n, b);
    for (let i = 0; i < n; i++) out.data[c * n + i] = sign * data[i * b + c];
  }
  return out;
}
