import { matrix } from '../../core/matrix.ts';
import { angleOfChord } from '../../core/numeric.ts';
import type { Code, CodeStart } from '../contract.ts';
import { dotRows } from './solver/pair-list.ts';
import type { Solved } from './solver/solve.ts';

const DEGREES = 180 / Math.PI;

/** Cosines that differ by less than this are one cosine. */
const SAME_COSINE = 1e-11;

/** A solution as a code: cosine and angle from its shortest chord r, cos = 1 − r²/2. */
export function codeOf(solved: Solved, d: number, start: CodeStart, lines = false): Code {
  const { points, chord, contacts } = solved;
  return {
    points: matrix(points, points.length / d, d),
    cosine: 1 - chord ** 2 / 2,
    minAngleDeg: angleOfChord(chord) * DEGREES,
    contacts: contacts?.length ?? contactsOf(points, d, 1 - chord ** 2 / 2, lines),
    start,
  };
}

/** Pairs whose cosine is the largest one, up to rounding. */
export function contactsOf(x: Float64Array, d: number, cosine: number, lines = false): number {
  let count = 0;
  for (let i = d; i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = dotRows(x, i, j, d);
      if ((lines ? Math.abs(product) : product) >= cosine - SAME_COSINE) count += 1;
    }
  }
  return count;
}
