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

/** Columns that are read together: numbers of one row lie side by side. */
const AT_ONCE = 16;

/**
 * A bin for each number that a column has, or bins of like counts where it has more numbers than `most`: quantiles of
 * at most 20,000 rows at even places.
 */
export async function columnBins(points: Matrix, most: number, run: Run): Promise<ColumnBins> {
  const { rows: n, cols: d } = points;
  const bins = new Uint16Array(n * d);
  const [lows, highs]: Float64Array[][] = [[], []];
  const values = new Float64Array(n * Math.min(d, AT_ONCE));
  for (let first = 0; first < d; first += AT_ONCE) {
    await run.tick({ stage: 'bins', done: first / d });
    const count = Math.min(AT_ONCE, d - first);
    for (let i = 0; i < n; i++)
      for (let c = 0; c < count; c++) values[c * n + i] = points.data[i * d + first + c];
    for (let c = 0; c < count; c++) {
      const to = (first + c) * n;
      const ends = binned(values.subarray(c * n, (c + 1) * n), most, bins.subarray(to, to + n));
      lows.push(ends.low);
      highs.push(ends.high);
    }
  }
  return { rows: n, cols: d, bins, lows, highs };
}

/** Writes the bin of each value; returns the least and the largest value of each bin. */
function binned(values: Float64Array, most: number, bins: Uint16Array) {
  const cuts = cutsOf(values, most);
  const { cellOf, starts } = cellsOf(cuts);
  const low = new Float64Array(cuts.length).fill(Infinity);
  const high = new Float64Array(cuts.length).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const cell = cellOf(value);
    let bin = starts[cell];
    let last = starts[cell + 1];
    while (bin < last) {
      const middle = (bin + last) >> 1;
      if (cuts[middle] < value) bin = middle + 1;
      else last = middle;
    }
    bins[i] = bin;
    if (value < low[bin]) low[bin] = value;
    if (value > high[bin]) high[bin] = value;
  }
  return { low, high };
}

const CELLS = 1024;

/**
 * Cells of like width over the cuts, and the first cut that is not below each: what is left to search is between the
 * start of a value's cell and that of the next.
 */
function cellsOf(cuts: Float64Array) {
  const last = cuts.length - 1;
  const least = cuts[0];
  const width = cuts[Math.max(0, last - 1)] - least;
  const perWidth = width > 0 && Number.isFinite(width) ? (CELLS - 1) / width : 0;
  const cellOf = (value: number) =>
    perWidth === 0 ? 0 : Math.max(0, Math.min(CELLS - 1, Math.floor((value - least) * perWidth)));
  const starts = new Int32Array(CELLS + 1).fill(last);
  for (let b = last - 1; b >= 0; b--) starts[cellOf(cuts[b])] = b;
  for (let cell = CELLS - 1; cell >= 0; cell--)
    starts[cell] = Math.min(starts[cell], starts[cell + 1]);
  return { cellOf, starts };
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
