import { type Matrix, matrix, toFloat32 } from '../../../../core/matrix.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { unitOrZeroRows } from '../../../../numerics/rows/unit-rows.ts';

const NEAREST = 10;

/**
 * The share of each row's ten nearest others by the teacher's cosines that are among its ten nearest by those of the
 * student's first `width` columns, mean over the n > 10 rows. Chance gives 10/(n − 1).
 */
export async function neighborRecall(
  student: Matrix,
  width: number,
  teacher: Matrix,
  engine: Engine,
): Promise<number> {
  const cut = matrix(new Float32Array(student.rows * width), student.rows, width);
  for (let i = 0; i < student.rows; i++)
    cut.data.set(student.data.subarray(i * student.cols, i * student.cols + width), i * width);
  const found = await engine.nearest(unitOrZeroRows(cut).points, NEAREST);
  const wanted = await engine.nearest(toFloat32(unitOrZeroRows(teacher).points), NEAREST);
  let both = 0;
  for (let from = 0; from < wanted.indices.length; from += NEAREST) {
    const own = new Set(wanted.indices.subarray(from, from + NEAREST));
    for (const j of found.indices.subarray(from, from + NEAREST)) if (own.has(j)) both += 1;
  }
  return both / wanted.indices.length;
}
