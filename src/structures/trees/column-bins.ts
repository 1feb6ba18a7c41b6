import type { Matrix } from '../../core/matrix.ts';
import type { Run } from '../../core/run.ts';

/** The numbers of each column, put in order into bins. */
export interface ColumnBins {
  readonly rows: number;
  readonly cols: number;
  /** Column after column: the bin of each row. */
  readonly bins: Uint16Array;
  /** The least and the largest number of each bin, column by column. */
  readonly lows: readonly Float64Array[];
  readonly highs: readonly Float64Array[];
}

/** Rows that quantiles are taken of. */
const SAMPLE = 20_000;

/**
 * A bin for each number that a column has, or bins of like counts where it has more numbers than `most`: quantiles of
 * at most 20,000 rows at even places.
 */
export async function columnBins(points: Matrix, most: number, run: Run): Promise<ColumnBins> {
  const { rows: n, cols: d } = points;
  const bins = new Uint16Array(n * d);
  const [lows, highs]: Float64Array[][] = [[], []];
  for (let c = 0; c < d; c++) {
    await run.tick({ stage: 'bins', done: c / d });
    const values = Float64Array.from({ length: n }, (_, i) => points.data[i * d + c]);
    const cuts = cutsOf(values, most);
    const own = bins.subarray(c * n, (c + 1) * n);
    const low = new Float64Array(cuts.length).fill(Infinity);
    const high = new Float64Array(cuts.length).fill(-Infinity);
    for (let i = 0; i < n; i++) {
      const bin = firstNotBelow(cuts, values[i]);
      own[i] = bin;
      if (values[i] < low[bin]) low[bin] = values[i];
      if (values[i] > high[bin]) high[bin] = values[i];
    }
    lows.push(low);
    highs.push(high);
  }
  return { rows: n, cols: d, bins, lows, highs };
}

/** The upper ends of the bins, the last of which has none. */
function cutsOf(values: Float64Array, most: number): Float64Array {
  const step = Math.max(1, values.length / SAMPLE);
  const count = Math.ceil(values.length / step);
  const sorted = Float64Array.from(
    { length: count },
    (_, i) => values[Math.floor(i * step)],
  ).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const all = distinct.length <= most ? distinct : quantiles(sorted, most);
  all[all.length - 1] = Infinity;
  return all;
}

function quantiles(sorted: Float64Array, most: number): Float64Array {
  const cuts = Float64Array.from(
    { length: most },
    (_, b) => sorted[Math.ceil(((b + 1) * sorted.length) / most) - 1],
  );
  return cuts.filter((cut, b) => b === 0 || cut !== cuts[b - 1]);
}

/** The place of the first cut that is not below the value. */
function firstNotBelow(cuts: Float64Array, value: number): number {
  let [low, high] = [0, cuts.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
