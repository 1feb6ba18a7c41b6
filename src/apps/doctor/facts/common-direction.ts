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
/** 1 less the cosine of a step that changes nothing that is said: half its squared angle, 4e-8. */
const SAME = 1e-15;

/** The direction that unit rows share; undefined where their mean is 0. */
export function commonDirection(rows: Matrix): CommonDirection | undefined {
  const { rows: n } = rows;
  const mean = meanRow(rows);
  const length = Math.sqrt(dot(mean, mean));
  if (!(length > 0)) return undefined;
  const shared = mean.map((x) => x / length);
  let first: Float64Array<ArrayBuffer> = shared;
  for (let step = 0; step < STEPS; step++) {
    const next = nextOf(rows, first);
    const isSame = dot(next, first) > 1 - SAME;
    first = next;
    if (isSame) break;
  }
  const parts = alongOf(rows, shared);
  const order = Int32Array.from(parts.keys()).sort((a, b) => parts[b] - parts[a] || a - b);
  const count = Math.min(NAMED, Math.floor(n / 2));
  return {
    share: dot(shared, first) ** 2,
    most: Array.from(order.slice(0, count)),
    least: Array.from(order.slice(n - count).reverse()),
  };
}

/** ⟨xᵢ, v⟩, n. Four rows at a time: each sum waits for its last addition, and others go on meanwhile. */
function alongOf({ data, rows: n, cols: d }: Matrix, v: Float64Array): Float64Array {
  const out = new Float64Array(n);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const [a, b, e, f] = [i * d, (i + 1) * d, (i + 2) * d, (i + 3) * d];
    let [s, t, u, w] = [0, 0, 0, 0];
    for (let c = 0; c < d; c++) {
      s += v[c] * data[a + c];
      t += v[c] * data[b + c];
      u += v[c] * data[e + c];
      w += v[c] * data[f + c];
    }
    out[i] = s;
    out[i + 1] = t;
    out[i + 2] = u;
    out[i + 3] = w;
  }
  for (; i < n; i++) out[i] = dot(v, data.subarray(i * d, (i + 1) * d));
  return out;
}

/** XᵀXv at length 1; four rows at a time, added in their order. */
function nextOf(rows: Matrix, v: Float64Array): Float64Array<ArrayBuffer> {
  const { data, rows: n, cols: d } = rows;
  const parts = alongOf(rows, v);
  const out = new Float64Array(d);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const [a, b, e, f] = [i * d, (i + 1) * d, (i + 2) * d, (i + 3) * d];
    const [p, q, r, s] = [parts[i], parts[i + 1], parts[i + 2], parts[i + 3]];
    for (let c = 0; c < d; c++)
      out[c] = out[c] + p * data[a + c] + q * data[b + c] + r * data[e + c] + s * data[f + c];
  }
  for (; i < n; i++) for (let c = 0; c < d; c++) out[c] += parts[i] * data[i * d + c];
  const length = Math.sqrt(dot(out, out));
  return out.map((x) => x / (length || 1));
}
