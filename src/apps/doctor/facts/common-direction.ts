import type { Matrix } from '../../../core/matrix.ts';
import { meanRow } from '../../../numerics/rows/centered.ts';
import { dot } from '../../../numerics/rows/dot.ts';

/** What dominates the mean cosine: of unit rows it is ‖m‖², so all of it lies along their mean m. */
export interface CommonDirection {
  /** ⟨m, v⟩²/‖m‖², the part of it that lies along the first principal direction v of the rows, not centred. */
  readonly share: number;
  /** Rows with the largest part of the direction, and with the smallest, outermost first. */
  readonly most: readonly number[];
  readonly least: readonly number[];
}

const NAMED = 3;
/** Steps of the power method: it begins at the mean, and nothing is asked of it where that is far from v. */
const STEPS = 10;

/** The direction that unit rows share; undefined where their mean is 0. */
export function commonDirection(rows: Matrix): CommonDirection | undefined {
  const { rows: n } = rows;
  const mean = meanRow(rows);
  const length = Math.sqrt(dot(mean, mean));
  if (!(length > 0)) return undefined;
  const shared = mean.map((x) => x / length);
  let first: Float64Array<ArrayBuffer> = shared;
  for (let step = 0; step < STEPS; step++) first = nextOf(rows, first);
  const parts = alongOf(rows, shared);
  const order = Int32Array.from(parts.keys()).sort((a, b) => parts[b] - parts[a] || a - b);
  const count = Math.min(NAMED, Math.floor(n / 2));
  return {
    share: dot(shared, first) ** 2,
    most: Array.from(order.slice(0, count)),
    least: Array.from(order.slice(n - count).reverse()),
  };
}

/** ⟨xᵢ, v⟩, n. */
function alongOf({ data, rows: n, cols: d }: Matrix, v: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => dot(v, data.subarray(i * d, (i + 1) * d)));
}

/** XᵀXv at length 1. */
function nextOf(rows: Matrix, v: Float64Array): Float64Array<ArrayBuffer> {
  const { data, cols: d } = rows;
  const out = new Float64Array(d);
  for (const [i, part] of alongOf(rows, v).entries())
    for (let c = 0; c < d; c++) out[c] += part * data[i * d + c];
  const length = Math.sqrt(dot(out, out));
  return out.map((x) => x / (length || 1));
}
