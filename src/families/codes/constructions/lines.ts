import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { gathered } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { degreesOf } from '../bounds/bound.ts';
import * as K from '../exact/quadratic.ts';
import { requireRoom } from '../support/room.ts';
import type { ConstructedCode, Construction } from './contract.ts';
import { everyConstruction } from './families.ts';

/**
 * n lines of R^d with a small largest |cos|, one end of each: from the best set that holds the
 * opposites of its points, or null where none has 2n points.
 *
 * `size` counts the lines of the full set and `deg` is the smallest angle between lines.
 */
export function lineConstructionFor(n: number, d: number): ConstructedCode | null {
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new ShapeError('lineConstructionFor', 'at least 2 lines', `${n}`);
  }
  requireRoom('lineConstructionFor', n, d);
  const fitting = everyConstruction(d).filter(({ antipodal, size }) => antipodal && size >= 2 * n);
  const best = fitting.reduce<Construction | undefined>(
    (winner, other) => (winner && winner.cosine <= other.cosine + 1e-12 ? winner : other),
    undefined,
  );
  if (!best) return null;
  // Of 2n points at least n are on different lines.
  const { points } = best.build(2 * n, d);
  const exactCosine = best.exactCosine();
  return {
    name: `lines of the ${best.name}`,
    source: best.source,
    size: best.size / 2,
    dim: best.dim,
    points: gathered(points, differentLines(points).slice(0, n)),
    cosine: best.cosine,
    exactCosine,
    cosineText: K.quadraticText(exactCosine),
    deg: degreesOf(exactCosine),
  };
}

/** Rows that are not the opposite of an earlier one: such rows agree in size on any direction. */
function differentLines({ data, rows, cols }: Matrix<Float64Array>): number[] {
  const random = Random.fromSeed(0);
  const direction = Float64Array.from({ length: cols }, () => random.normal());
  const size = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let c = 0; c < cols; c++) sum += data[i * cols + c] * direction[c];
    size[i] = Math.abs(sum);
  }
  const order = Array.from({ length: rows }, (_, i) => i).sort((i, j) => size[i] - size[j]);
  const repeated = new Uint8Array(rows);
  for (const [at, i] of order.entries()) {
    for (let next = at + 1; next < rows; next++) {
      const j = order[next] ?? 0;
      if (size[j] - size[i] > 1e-9) break;
      let product = 0;
      for (let c = 0; c < cols; c++) product += data[i * cols + c] * data[j * cols + c];
      if (product < -1 + 1e-9) repeated[Math.max(i, j)] = 1;
    }
  }
  return Array.from({ length: rows }, (_, i) => i).filter((i) => !repeated[i]);
}
