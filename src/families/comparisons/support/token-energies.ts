import { copied, type Matrix } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';

/** Rows of a codebook as what is seen of them by energies. */
export interface Codebook {
  /** ÛᵀÛ, d × d. */
  readonly gram: Matrix<Float64Array>;
  readonly rows: number;
  /** The mean of ⟨û, û′⟩² over all pairs of rows, each with itself too: ‖ÛᵀÛ‖²/V². */
  readonly meanSquare: number;
}

/** The codebook of V × d unit rows. O(V·d²). */
export async function codebookOf(unit: Matrix, engine: Engine, work?: Work): Promise<Codebook> {
  const gram = await engine.gram(unit, work);
  let squares = 0;
  for (const x of gram.data) squares += x * x;
  return { gram, rows: unit.rows, meanSquare: squares / unit.rows ** 2 };
}

/**
 * For each unit row h its energy in a codebook: √(mean_v ⟨û_v, h⟩²) over √(mean_vw ⟨û_v, û_w⟩²). O(n·d²), whatever
 * the number of tokens.
 */
export async function tokenEnergies(
  unit: Matrix,
  { gram, rows, meanSquare }: Codebook,
  engine: Engine,
  work?: Work,
): Promise<Float64Array> {
  const { data, rows: n, cols: d } = unit;
  // Of the element type of the rows, as fast engines want both factors.
  const own =
    unit.data instanceof Float64Array ? gram : { ...gram, data: Float32Array.from(gram.data) };
  const turned = n === 0 ? copied(unit) : await engine.matmul(unit, own, {}, work);
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let e = i * d; e < (i + 1) * d; e++) sum += data[e] * turned.data[e];
    return Math.sqrt(Math.max(0, sum) / rows / meanSquare);
  });
}
