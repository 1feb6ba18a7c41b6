import { ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { unitRows } from '../../core/rows.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean } from '../../method/options.ts';
import { type Certificate, certificateOf } from './certificate/certificate.ts';
import { smallestAngle } from './certificate/smallest-angle.ts';
import { defineCode } from './define.ts';

/** A certificate made for points from anywhere. */
export interface VerifiedCertificate extends Certificate {
  /** The smallest angle lies between these, provably: for the coordinates as they are. */
  readonly minAngleLowDeg: number;
  readonly minAngleHighDeg: number;
  readonly check: 'exact' | 'interval';
  /** Rows at the smallest angle, counted from 0. */
  readonly pair: readonly [number, number];
}

/**
 * A certificate for any points: their smallest angle, checked in whole numbers or intervals, beside
 * the published record and the proven bounds.
 *
 *     min_{i<j} arccos(⟨xᵢ, xⱼ⟩/(‖xᵢ‖·‖xⱼ‖)), with |⟨xᵢ, xⱼ⟩| for lines; X is n × d
 *
 * Rows are directions: their lengths do not matter. A bound counts as met where the angle is below
 * it by no more than rounding of the coordinates (float32 or float64) explains.
 *
 * @remarks Use it before you publish or rely on points from anywhere. `minAngleLowDeg` and
 * `minAngleHighDeg` enclose the smallest angle of the coordinates as they are; `gapToBoundDeg` is
 * what any other n points could gain at most. Whether the points are the best is known only where
 * `provenOptimal`, or where a published proof is named. All pairs: O(n²d), and a linear program for
 * the bounds.
 * @example
 * import { matrix } from 'tammes';
 * import { verifiedCode } from 'tammes/codes';
 *
 * const octahedron = matrix(
 *   new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1]),
 *   6,
 *   3,
 * );
 * const { minAngleLowDeg, minAngleHighDeg, provenOptimal } = await verifiedCode(octahedron);
 * console.log(minAngleLowDeg.toFixed(6), minAngleHighDeg.toFixed(6)); // 90.000000 90.000000
 * console.log(provenOptimal); // true
 * @function
 */
export const verifiedCode = /* @__PURE__ */ defineCode({
  id: 'verified-code',
  title: 'Verified codes',
  summary: 'The certificate of any set of points, with the smallest angle checked exactly.',
  references: [cite(sources.accuracyAndStability, 'Section 3.1: rounding error of inner products')],
  options: {
    lines: boolean(false, 'Take the rows as lines: |cos| counts.'),
  },
  async compute(points: Matrix, { lines }): Promise<VerifiedCertificate> {
    const began = performance.now();
    const { rows: n, cols: d } = points;
    if (n < 2) throw new ShapeError('verified-code', 'at least 2 rows', `${n}`);
    if (d < 2) throw new ShapeError('verified-code', 'at least 2 columns', `${d}`);
    unitRows('verified-code', points);
    const angle = await smallestAngle(points, lines);
    const minAngleDeg = (angle.lowDeg + angle.highDeg) / 2;
    const code = { n, d, minAngleDeg, contacts: angle.contacts, start: 'file' } as const;
    const unit = points.data instanceof Float64Array ? 2 ** -53 : 2 ** -24;
    const certificate = await certificateOf(code, {
      lines,
      seconds: 0,
      seed: null,
      // One unit in the last place of every coordinate of both rows turns them by about 2√d units.
      roundingDeg: ((4 * Math.sqrt(d) + 8) * unit * 180) / Math.PI,
    });
    return {
      ...certificate,
      minAngleLowDeg: angle.lowDeg,
      minAngleHighDeg: angle.highDeg,
      check: angle.check,
      pair: angle.pair,
      seconds: (performance.now() - began) / 1000,
    };
  },
});
