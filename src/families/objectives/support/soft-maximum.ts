import { InputError } from '../../../core/errors.ts';
import { type Matrix, rows as rowsFrom } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import { zerosOf } from '../../../core/transposed.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { ObjectiveContext } from '../types.ts';
import { quickExp } from './quick-exp.ts';

/** Inner products at a time: 8 MB in float64, whatever n is. */
const PRODUCTS = 2 ** 20;

/**
 * Σᵢ aᵢ log Σ_{k≠i} exp(⟨xᵢ, x_k⟩/τ), and its gradient in the n × d points.
 *
 * Over blocks of rows: O(n·d) memory and two products of n²d; a third where the points are more than one block.
 *
 * @param weights aᵢ ≥ 0
 * @throws InputError where rows of unequal lengths make all exponentials of a row vanish
 */
export async function softMaximumOfOthers(
  where: string,
  points: Matrix,
  weights: Float64Array,
  temperature: number,
  gradient: Matrix,
  { engine, signal }: Pick<ObjectiveContext, 'engine' | 'signal'>,
): Promise<number> {
  const n = points.rows;
  const height = Math.max(1, Math.min(n, Math.floor(PRODUCTS / n)));
  const similarity = similarities(points, height, temperature, engine, signal);
  const sums = new Float64Array(n);
  for (let from = 0; from < n; from += height) {
    const { exponentials } = await similarity(from);
    addRowSums(exponentials, from, n, sums);
  }
  const shift = largestSquare(points) / temperature;
  let sum = 0;
  const pull = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (weights[i] === 0 || n === 1) continue;
    if (sums[i] === 0)
      throw new InputError(where, `row ${i} is too far from all others; expected unit rows.`);
    sum += weights[i] * (shift + log(sums[i]));
    pull[i] = weights[i] / (sums[i] * temperature);
  }
  for (let from = 0; from < n; from += height) {
    const { exponentials, products } = await similarity(from);
    weightInto(exponentials, pull, from, n, products);
    const out = rowsFrom(gradient, from, from + products.rows);
    await engine.matmul(products, points, { out }, { signal });
  }
  return sum;
}

interface Block {
  /** exp(⟨xᵢ, x_k⟩/τ − shift), 0 for i = k. */
  readonly exponentials: Float64Array;
  /** Room for as many numbers in the element type of the points. */
  readonly products: Matrix;
}

/** The exponentials of the rows from `from` on, `height` of them; those of the last call are kept. */
function similarities(
  points: Matrix,
  height: number,
  temperature: number,
  engine: Engine,
  signal: AbortSignal | undefined,
): (from: number) => Promise<Block> {
  const n = points.rows;
  const shift = largestSquare(points);
  const exponentials = new Float64Array(height * n);
  const room = zerosOf(points, height, n);
  let held = -1;
  return async (from) => {
    const products = rowsFrom(room, 0, Math.min(height, n - from));
    if (held !== from) {
      const block = rowsFrom(points, from, from + products.rows);
      await engine.matmul(block, points, { transposeB: true, out: products }, { signal });
      exponentiate(products, from, shift, 1 / temperature, exponentials);
    }
    held = from;
    return { exponentials, products };
  };
}

function exponentiate(
  { data: s, rows: b, cols: n }: Matrix,
  from: number,
  shift: number,
  scale: number,
  out: Float64Array,
): void {
  for (let i = 0; i < b; i++) {
    const at = i * n;
    out[at + from + i] = 0;
    // Products of rows of one block are symmetric: each is taken once.
    for (let k = 0; k < i; k++) out[at + from + k] = out[k * n + from + i];
    for (let k = 0; k < from; k++) out[at + k] = quickExp((s[at + k] - shift) * scale);
    for (let k = from + i + 1; k < n; k++) out[at + k] = quickExp((s[at + k] - shift) * scale);
  }
}

function addRowSums(block: Float64Array, from: number, n: number, sums: Float64Array): void {
  const height = Math.min(block.length / n, n - from);
  for (let i = 0; i < height; i++) {
    let sum = 0;
    for (let k = i * n; k < (i + 1) * n; k++) sum += block[k];
    sums[from + i] = sum;
  }
}

/** target_ik = block_ik (pullᵢ + pull_k): both rows of a pair are in the sum of the other. */
function weightInto(
  block: Float64Array,
  pull: Float64Array,
  from: number,
  n: number,
  { data: out, rows: b }: Matrix,
): void {
  for (let i = 0; i < b; i++) {
    const own = pull[from + i];
    for (let k = 0; k < n; k++) out[i * n + k] = block[i * n + k] * (own + pull[k]);
  }
}

/** max ‖xᵢ‖²: no inner product is larger. */
function largestSquare({ data: x, rows: n, cols: d }: Matrix): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let e = i * d; e < (i + 1) * d; e++) squared += x[e] * x[e];
    if (squared > largest) largest = squared;
  }
  return largest;
}
