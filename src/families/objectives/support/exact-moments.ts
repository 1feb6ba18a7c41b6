import { type Matrix, rows as rowsFrom, zerosLike } from '../../../core/matrix.ts';
import type { PartContext } from '../types.ts';

/** Rows that are rounded at a time. */
const ROWS = 16384;

/**
 * XᵀX of some rows, d × d, of coordinates rounded to whole multiples of a power of two so small that the sums over
 * all `total` unit rows are exact in float64: those of parts add up to those of all, to the bit. The rounding is at
 * most 2⁻¹⁷ of a coordinate for a million rows, and random.
 */
export async function exactGram(points: Matrix, context: PartContext): Promise<Float64Array> {
  const { cols: d } = points;
  const sums = new Float64Array(d * d);
  await roundedBlocks(points, context, async (block) => {
    const { data } = await context.engine.gram(block, { signal: context.signal });
    for (let e = 0; e < sums.length; e++) sums[e] += data[e];
  });
  return sums;
}

/** Σ x of some rows, of coordinates rounded the same way. */
export async function exactSums(points: Matrix, context: PartContext): Promise<Float64Array> {
  const { cols: d } = points;
  const sums = new Float64Array(d);
  await roundedBlocks(points, context, async ({ data, rows: n }) => {
    for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) sums[c] += data[i * d + c];
  });
  return sums;
}

async function roundedBlocks(
  points: Matrix,
  { total }: Pick<PartContext, 'total'>,
  use: (block: Matrix) => Promise<void>,
): Promise<void> {
  // Products of two coordinates up to 1, added `total` times, stay below 2⁵³ units.
  const units = 2 ** Math.floor((52 - Math.ceil(Math.log2(total))) / 2);
  const { rows: n } = points;
  const room = zerosLike(rowsFrom(points, 0, Math.min(n, ROWS)));
  for (let from = 0; from < n; from += ROWS) {
    const source = rowsFrom(points, from, Math.min(n, from + ROWS));
    const block = rowsFrom(room, 0, source.rows);
    for (let e = 0; e < source.data.length; e++) {
      block.data[e] = Math.round(source.data[e] * units) / units;
    }
    await use(block);
  }
}
