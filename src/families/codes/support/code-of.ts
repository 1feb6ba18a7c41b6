import { matrix } from '../../../core/matrix.ts';
import { angleOfChord } from '../../../core/numeric.ts';
import type { Solved } from '../solver/finish.ts';
import type { Code, CodeStart } from '../types.ts';

const DEGREES = 180 / Math.PI;

/** A solution as a code: cosine and angle from its shortest chord r, cos = 1 − r²/2. */
export function codeOf(solved: Solved, d: number, start: CodeStart): Code {
  const { points, chord, contacts } = solved;
  return {
    points: matrix(points, points.length / d, d),
    cosine: 1 - chord ** 2 / 2,
    minAngleDeg: angleOfChord(chord) * DEGREES,
    contacts,
    start,
  };
}
