import type { Floats } from '../../core/matrix.ts';
import { cos, sin } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';

/** How far a row is moved, in radians. */
const DISPLACEMENT = 1e-4;

/** Draws where copies of rows go, each by its number: fork by it. */
export const partingStream = (seed: number): Random => Random.fromSeed(seed).fork('duplicates');

/** Moves a row x of length 1 by about 1e-4 rad in a tangent direction that the stream draws. */
export function partRow(x: Floats, stream: Random): void {
  const d = x.length;
  const direction = new Float64Array(d);
  let radial = 0;
  for (let c = 0; c < d; c++) {
    direction[c] = stream.normal();
    radial += direction[c] * x[c];
  }
  let squared = 0;
  for (let c = 0; c < d; c++) {
    direction[c] -= radial * x[c];
    squared += direction[c] * direction[c];
  }
  const along = sin(DISPLACEMENT) / Math.sqrt(squared);
  const stay = cos(DISPLACEMENT);
  for (let c = 0; c < d; c++) x[c] = stay * x[c] + along * direction[c];
}
