import { type Matrix, rows } from '../../../../core/matrix.ts';
import { type Directions, projected } from '../../../../structures/directions/index.ts';

/** Rows whose draws are held at a time. */
const BLOCK = 4096;

/** Half of the width between which 95 of 100 draws put each row on a direction; undefined where there are no draws. */
export function projectionBand(
  { draws, origin }: Pick<Directions, 'draws' | 'origin'>,
  points: Matrix,
): Float64Array | undefined {
  const { rows: b } = draws;
  if (b === 0) return undefined;
  const [from, to] = [0.025, 0.975].map((share) => Math.round(share * (b - 1)));
  const halves = new Float64Array(points.rows);
  for (let first = 0; first < points.rows; first += BLOCK) {
    const block = rows(points, first, Math.min(points.rows, first + BLOCK));
    const { data } = projected({ basis: draws, origin }, block);
    for (let i = 0; i < block.rows; i++) {
      const own = data.subarray(i * b, (i + 1) * b).sort();
      halves[first + i] = (own[to] - own[from]) / 2;
    }
  }
  return halves;
}
