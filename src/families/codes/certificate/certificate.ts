import type { Run } from '../../../core/run.ts';
import { allUpperBounds, type Bound, lineBounds, upperBounds } from '../bounds/index.ts';
import { compareQuadratics, type Quadratic, quadraticText } from '../exact/quadratic.ts';
import { ifTimeAllows, Watch } from '../solver/watch.ts';
import { bestKnown } from '../stored/index.ts';
import type { Code, CodeStart } from '../types.ts';

/** How good a code is, and how that is known. */
export interface Certificate {
  readonly n: number;
  readonly d: number;
  /** NaN, in JSON null, where there was no time to look at all pairs. */
  readonly minAngleDeg: number;
  /** The largest cosine in writing, where it is known exactly. */
  readonly exactCosine?: string;
  /** Angle, source and, where there is one, published proof of optimality of the best code in the tables. */
  readonly bestKnownDeg?: number;
  readonly bestKnownSource?: string;
  readonly bestKnownProof?: string;
  /** Upper bounds on the smallest angle of any n points, proven and checked here; tightest first. */
  readonly bounds: readonly CertifiedBound[];
  /** Distance to the tightest bound. */
  readonly gapToBoundDeg: number;
  /** Whether the tightest bound here is met: exactly, or to the rounding of the coordinates. */
  readonly provenOptimal: boolean;
  /** Pairs at the smallest angle; null where there are too many pairs to count. */
  readonly contacts: number | null;
  /** Where the code comes from; `stored` is a start found offline by scripts/search-codes.mjs. */
  readonly start: CodeStart;
  readonly construction?: string;
  readonly seconds: number;
  /** What there was no time for, a sentence each; absent where all was done. */
  readonly unfinished?: readonly string[];
  /** The seed it was asked for with, used where `start` is random; null for files and wanted cosines. */
  readonly seed: number | null;
}

export interface CertifiedBound {
  readonly name: string;
  readonly deg: number;
}

/** What a certificate says about a code, and how large the code is. */
export type Described = Omit<Code, 'points' | 'cosine'> & {
  readonly n: number;
  readonly d: number;
};

/** What else a certificate says. */
export interface Provenance {
  readonly lines?: boolean | undefined;
  readonly seconds: number;
  readonly seed: number | null;
  /** How far rounding of the coordinates may have moved the angle; a bound met to it is met. */
  readonly roundingDeg?: number | undefined;
  /** When the time that was given ends, on the clock of `performance.now()`; what takes long ends soon after. */
  readonly end?: number | undefined;
  readonly run?: Run | undefined;
  /** What else there was no time for. */
  readonly unfinished?: readonly string[] | undefined;
}

/** A float64 code that meets a bound misses it by less, in degrees. */
const ROUNDING_DEG = 1e-9;

/** Compares a code with the tables and with every bound that is proven here. */
export async function certificateOf(code: Described, provenance: Provenance): Promise<Certificate> {
  const { n, d, minAngleDeg, exactCosine, start, construction, contacts } = code;
  const { lines = false, seconds, seed, roundingDeg = ROUNDING_DEG, unfinished } = provenance;
  const watch = Watch.until(provenance.end ?? Infinity, provenance.run).forFinishing();
  const all = lines ? lineBounds(n, d) : await ifTimeAllows(() => allUpperBounds(n, d, watch));
  const bounds = all ?? upperBounds(n, d);
  const missing = [
    ...(unfinished ?? []),
    ...(Number.isNaN(minAngleDeg) ? ['smallest angle not computed: time.'] : []),
    ...(all ? [] : ['linear programming bound not computed: time.']),
  ];
  const known = lines ? undefined : bestKnown(n, d);
  const tightest = bounds[0];
  const gap = Math.max(0, (tightest?.deg ?? 180) - minAngleDeg);
  return {
    n,
    d,
    minAngleDeg,
    ...(exactCosine && { exactCosine: quadraticText(exactCosine) }),
    ...(known && { bestKnownDeg: known.deg, bestKnownSource: known.source }),
    ...(known?.proof && { bestKnownProof: known.proof }),
    bounds: bounds.map(({ name, deg }) => ({ name, deg })),
    gapToBoundDeg: gap,
    provenOptimal: tightest ? isMet(tightest, exactCosine, gap, roundingDeg) : false,
    contacts,
    start,
    ...(construction && { construction }),
    ...(missing.length > 0 && { unfinished: missing }),
    seconds,
    seed,
  };
}

function isMet(
  bound: Bound,
  exactCosine: Quadratic | undefined,
  gap: number,
  rounding: number,
): boolean {
  if (exactCosine && bound.exact) return compareQuadratics(exactCosine, bound.exact) === 0;
  return gap <= rounding;
}
