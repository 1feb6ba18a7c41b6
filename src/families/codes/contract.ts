import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import {
  defineMethod,
  type Method,
  type MethodSpec,
  type RunOptions,
} from '../../method/method.ts';
import type { OptionSpecs } from '../../method/options.ts';
import type { Quadratic } from './exact/quadratic.ts';
import { requireRoom } from './support/room.ts';

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
  /** Largest cosine between two points (for lines, largest |cos|). */
  readonly cosine: number;
  /** The same as an angle in degrees, computed from the shortest chord. */
  readonly minAngleDeg: number;
  /** Pairs at the largest cosine, up to rounding; null where there are too many pairs to count. */
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
}

export type CodeMethod<I, S extends OptionSpecs, O> = Method<I, S, O, CodeRunOptions>;

// @__NO_SIDE_EFFECTS__
export function defineCode<I, const S extends OptionSpecs, O>(
  spec: Omit<MethodSpec<I, S, O, CodeRunOptions>, 'family'>,
): CodeMethod<I, S, O> {
  return defineMethod<I, S, O, CodeRunOptions>({
    ...spec,
    family: 'codes',
    compute: (input, options, run) => {
      run.throwIfAborted(spec.id);
      return spec.compute(input, options, run);
    },
  });
}

/** What the caller calls the number of points and of dimensions. */
export interface SizeNames {
  readonly n: string;
  readonly d: string;
}

/** Refuses sizes and kept points that make no sense, in a sentence. */
export function requireProblem(
  where: string,
  { n, d, kept }: CodeProblem,
  names: SizeNames = { n: 'n', d: 'd' },
): void {
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new OptionError(where, names.n, 'an integer of at least 2: one point is never apart', n);
  }
  if (!Number.isSafeInteger(d) || d < 2) {
    const why = d === 1 ? ': in 1 dimension there are only +1 and −1' : '';
    throw new OptionError(where, names.d, `an integer of at least 2${why}`, d);
  }
  requireRoom(where, n, d, names.n);
  if (kept) requireKept(where, kept, n, d);
}

function requireKept(where: string, kept: Matrix<Float64Array>, n: number, d: number): void {
  if (kept.cols !== d) {
    throw new ShapeError(where, `kept points with ${d} coordinates`, `${kept.cols}`);
  }
  if (kept.rows < 1 || kept.rows >= n) {
    throw new ShapeError(where, `1 to ${n - 1} kept points, fewer than n = ${n}`, `${kept.rows}`);
  }
  for (let i = 0; i < kept.rows; i++) {
    let squared = 0;
    for (let c = 0; c < d; c++) squared += kept.data[i * d + c] ** 2;
    if (!(Math.abs(squared - 1) < 1e-6)) {
      const length = Math.sqrt(squared);
      throw new InputError(
        where,
        `kept point ${i} has length ${length}; it must be a unit vector.`,
      );
    }
  }
}
