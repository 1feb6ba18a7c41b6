import { gathered, type Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

/** Rows of the pilot; enough to know a mean cosine to about 0.003. */
const PILOT_ROWS = 1024;
const LARGEST = 2 ** 20;
const SMALLEST = 2 ** -20;
/** Halvings of the interval of a factor 4: the weight is known to 10 %. */
const HALVINGS = 3;

/** Mean over rows of the cosine between rows of the same number; both n × d unit rows. */
export function meanCosineBetween(start: Matrix, points: Matrix): number {
  const { data: x, rows: n, cols: d } = points;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) squared += (x[c] - start.data[c]) ** 2;
    sum += 1 - squared / 2;
  }
  return sum / n;
}

/** What weights are tried on. */
export interface Pilot {
  readonly start: Matrix;
  readonly classes?: Int32Array | undefined;
}

/** The rows of a pilot among n, ascending. */
export function pilotRows(n: number, random: Random): Int32Array {
  return random.sample(n, Math.min(n, PILOT_ROWS)).sort();
}

/** A seeded sample of the rows to try weights on, with their classes. */
export function pilotSample({ start, classes }: Pilot, random: Random): Pilot {
  if (start.rows <= PILOT_ROWS) return { start, classes };
  const rows = pilotRows(start.rows, random);
  return { start: gathered(start, rows), classes: classes && rows.map((row) => classes[row]) };
}

/**
 * The smallest weight of the fidelity term, to about 10 %, with which rows keep a mean cosine of at
 * least `keep` with where they started. `kept(w)` is that mean after a run with weight w; it rises
 * with w. 0 where nothing needs to be held.
 */
export async function fidelityWeight(
  keep: number,
  kept: (weight: number) => Promise<number>,
): Promise<number> {
  let high = 0.25;
  while ((await kept(high)) < keep) {
    high *= 4;
    if (high > LARGEST) return high;
  }
  let low = high / 4;
  // The search upwards has already found `low` too small.
  if (high === 0.25) {
    while ((await kept(low)) >= keep) {
      high = low;
      low /= 4;
      if (low < SMALLEST) return 0;
    }
  }
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(low * high);
    if ((await kept(middle)) >= keep) high = middle;
    else low = middle;
  }
  // Three digits: what a recipe prints is what was used.
  return Number(high.toPrecision(3));
}
