import type { Matrix } from '../../../core/matrix.ts';
import type { Quadratic } from '../exact/quadratic.ts';
import type { Rational } from '../exact/rational.ts';

export type Integers = Int8Array | Int16Array | Int32Array;

/** n whole-number rows of one length: entry (i, j) is numerators[i * cols + j] / √squaredNorm. */
export interface IntegerRows {
  readonly numerators: Integers;
  readonly cols: number;
  readonly squaredNorm: number;
}

/**
 * Coordinates that give every cosine of a code exactly.
 *
 * The rows may have more columns than the dimension the code spans: the points are then these rows
 * in an orthonormal basis of their span, with the same cosines.
 *
 * - `integers`: cos = ⟨row i, row j⟩ / squaredNorm.
 * - `weighted`: cos = Σ weight · ⟨row i, row j⟩ / squaredNorm over the blocks; the weights add up to 1.
 * - `surds`: entry = rational + surd · √root, cos = ⟨row i, row j⟩ / squaredNorm in that field.
 */
export type ExactCoordinates =
  | ({ readonly kind: 'integers' } & IntegerRows)
  | {
      readonly kind: 'weighted';
      readonly blocks: readonly (IntegerRows & { readonly weight: Rational })[];
    }
  | {
      readonly kind: 'surds';
      readonly rational: Integers;
      readonly surd: Integers;
      readonly root: number;
      readonly cols: number;
      readonly squaredNorm: Quadratic;
    };

/** Points of a construction: n × d, unit rows. */
export interface BuiltPoints {
  readonly points: Matrix<Float64Array>;
  /** Absent where the cosines are sums of roots of unity, known by a theorem only. */
  readonly exact?: ExactCoordinates;
}

/** A code that can be written down: listed cheaply, built on request. */
export interface Construction {
  readonly name: string;
  readonly source: string;
  /** Points of the full set. */
  readonly size: number;
  /** Dimensions it spans; more are filled with zeros. */
  readonly dim: number;
  /** The full set holds the opposite of each of its points, so it is also a set of lines. */
  readonly antipodal?: true;
  /** No two points have a larger cosine (a double, rounded up). */
  readonly cosine: number;
  /** The same as an exact number. */
  readonly exactCosine: () => Quadratic;
  /** The first `count` ≤ size points in d ≥ dim dimensions. */
  readonly build: (count: number, d: number) => BuiltPoints;
}

/** What a family module offers: every member of at most d dimensions. */
export type Family = (d: number) => Construction[];

/** n points of the best construction found, with what is known about them. */
export interface ConstructedCode extends BuiltPoints {
  readonly name: string;
  readonly source: string;
  /** Points of the full set, of which these are some. */
  readonly size: number;
  readonly dim: number;
  /** No two of these points have a larger cosine (a double, rounded up). */
  readonly cosine: number;
  /** The same as an exact number; absent for polygons, whose cosines need other roots. */
  readonly exactCosine?: Quadratic;
  /** The cosine in writing, such as `1/5` or `√47/48`. */
  readonly cosineText: string;
  /** Not above the smallest angle of the points, in degrees, up to rounding. */
  readonly deg: number;
}
