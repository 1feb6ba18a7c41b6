import type { Matrix } from '../../core/matrix.ts';
import type { Method, RunOptions } from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import type { Quadratic } from './exact/quadratic.ts';

/** n points of the unit sphere in R^d, as far apart as possible. */
export interface CodeProblem {
  readonly n: number;
  readonly d: number;
  /** Points that are there already and stay, bit for bit: k × d unit rows, k < n; they come first. */
  readonly kept?: Matrix<Float64Array> | undefined;
}

/**
 * Where a code comes from: a search from random points, or from a start that was found offline
 * (`stored`) or constructed (`improved`), a construction as it is, a file, or a matrix of wanted cosines.
 */
export type CodeStart = 'random' | 'stored' | 'improved' | 'construction' | 'file' | 'targets';

/** A code, and what its maker knows about it. */
export interface Code {
  /** n × d unit rows. */
  readonly points: Matrix<Float64Array>;
  /** Largest cosine between two points (for lines, largest |cos|); NaN where there was no time to look at all pairs. */
  readonly cosine: number;
  /** The same as an angle in degrees, computed from the shortest chord. */
  readonly minAngleDeg: number;
  /** Pairs at the largest cosine, up to rounding; null where there are too many pairs to count, or no time. */
  readonly contacts: number | null;
  readonly start: CodeStart;
  /** Name of the construction the code is, or began from. */
  readonly construction?: string | undefined;
  /** The largest cosine exactly, where the coordinates give it. */
  readonly exactCosine?: Quadratic | undefined;
}

export interface CodeRunOptions extends RunOptions {
  /** Threads for independent starts; the result does not depend on it. Default: all processors. */
  readonly threads?: number | undefined;
  /**
   * Looks at the points of a search (n × d) while they are moved, some sixty times a second; to keep them, copy them. Constructions
   * and stored codes have nothing to show.
   */
  readonly onState?: ((points: Float64Array) => void) | undefined;
}

export type CodeMethod<I, S extends OptionSpecs, O> = Method<I, S, O, CodeRunOptions>;
