import type { Matrix } from '../../core/matrix.ts';
import { angleOfChord, DEGREES } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';
import { squaredDistance } from '../../engine/kernels/squared-distance.ts';
import { nearestAngleDensity, pairAngleDensity } from './angles.ts';

/** Angles counted in bins of equal width from 0° to 180°, beside the exact law of uniform points. */
export interface AngleHistogram {
  /** Bin edges in degrees: one more than there are bins. */
  readonly edgesDeg: Float64Array;
  /** Angles in each bin; a bin holds its lower edge, the last bin also 180°. */
  readonly counts: Float64Array;
  /** How many angles were counted. */
  readonly total: number;
  /** Density per degree under uniform points at the given angles; absent for d = 1, where there is none. */
  readonly nullDensity?: { readonly angleDeg: Float64Array; readonly density: Float64Array };
  /** Where not all pairs were looked at: how many, drawn with replacement. */
  readonly sampled?: number;
}

const BINS = 360;
/** Every pair is looked at up to this many; beyond, a sample. */
const ALL_PAIRS = 2e6;
/** A sample's size is this over d, within the limits below: about 0.2 s. */
const SAMPLE_WORK = 2e8;
const SMALLEST_SAMPLE = 2e5;
const LARGEST_SAMPLE = 2e6;

/** Angles between pairs of unit rows: of all pairs, or of a seeded sample where there are many. */
export function pairAngleHistogram(points: Matrix, random: Random): AngleHistogram {
  const { data: x, rows: n, cols: d } = points;
  const counter = new Counter();
  const add = (i: number, j: number) =>
    counter.add(angleOfChord(Math.sqrt(squaredDistance(x, i * d, x, j * d, d))));
  const density = (theta: number) => pairAngleDensity(theta, d);
  if ((n * (n - 1)) / 2 <= ALL_PAIRS) {
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) add(i, j);
    return counter.histogram(d, density);
  }
  const wanted = Math.round(SAMPLE_WORK / d);
  const sampled = Math.min(LARGEST_SAMPLE, Math.max(SMALLEST_SAMPLE, wanted));
  for (let s = 0; s < sampled; s++) {
    const i = random.integer(n);
    const other = random.integer(n - 1);
    add(i, other < i ? other : other + 1);
  }
  return { ...counter.histogram(d, density), sampled };
}

/** Angles from each row to its nearest other row, in radians. */
export function nearestAngleHistogram(angles: Float64Array, n: number, d: number): AngleHistogram {
  const counter = new Counter();
  for (const angle of angles) counter.add(angle);
  return counter.histogram(d, (theta) => nearestAngleDensity(theta, n, d));
}

class Counter {
  readonly #counts = new Float64Array(BINS);
  #total = 0;

  add(angle: number): void {
    this.#counts[Math.min(BINS - 1, Math.floor((angle / Math.PI) * BINS))] += 1;
    this.#total += 1;
  }

  histogram(d: number, density: (theta: number) => number): AngleHistogram {
    const edgesDeg = Float64Array.from({ length: BINS + 1 }, (_, b) => (b * 180) / BINS);
    const known = { edgesDeg, counts: this.#counts, total: this.#total };
    if (d === 1) return known;
    // Twice as fine as the bins: the law of nearest angles is narrow in many dimensions.
    const angleDeg = Float64Array.from({ length: 2 * BINS + 1 }, (_, a) => (a * 90) / BINS);
    const perDegree = angleDeg.map((angle) => density(angle / DEGREES) / DEGREES);
    return { ...known, nullDensity: { angleDeg, density: perDegree } };
  }
}
