import { InputError, ShapeError } from './errors.ts';
import { type Floats, type Matrix, zerosLike } from './matrix.ts';
import { counted } from './text.ts';

/** Rows scaled to unit length, and the lengths they had. */
export interface UnitRows<T extends Floats = Floats> {
  /** n × d, of the same element type as the input. */
  readonly points: Matrix<T>;
  /** n lengths, float64. */
  readonly norms: Float64Array;
}

const WAY_OUT = 'Leave them out; tammes measure --doctor names them and measures the others.';

/**
 * Scales every row to unit length: xᵢ / ‖xᵢ‖, each element rounded once.
 *
 * Refuses NaN, infinities and rows of zeros, naming the rows: they have no direction. `into` may be the rows themselves,
 * where their owner has no more use for them.
 */
export function unitRows<T extends Floats>(
  where: string,
  m: Matrix<T>,
  into?: Matrix<T>,
): UnitRows<T> {
  const { data, rows: n, cols: d } = m;
  if (n < 1 || d < 1) throw new ShapeError(where, 'at least 1 × 1 values', `${n} × ${d}`);
  refuseNonFinite(where, m);
  const norms = rowNorms(m);
  const empty: number[] = [];
  for (let i = 0; i < n; i++) if (norms[i] === 0) empty.push(i);
  if (empty.length > 0) {
    throw new InputError(
      where,
      `${counted(empty.length, 'row has', 'rows have')} length zero and so no direction: ${listed(empty)} (counted from 0). ${WAY_OUT}`,
    );
  }
  const points = into ?? zerosLike(m);
  const out = points.data;
  for (let i = 0; i < n; i++) {
    const norm = norms[i];
    for (let c = i * d; c < (i + 1) * d; c++) out[c] = data[c] / norm;
  }
  return { points, norms };
}

/** The Euclidean length of every row, in float64, right wherever the length itself is a float64. */
export function rowNorms(m: Matrix): Float64Array {
  const { data, rows: n, cols: d } = m;
  const norms = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) squared += data[c] * data[c];
    norms[i] = squared > 1e-280 && squared < 1e280 ? Math.sqrt(squared) : scaledNorm(m, i);
  }
  return norms;
}

function scaledNorm({ data, cols: d }: Matrix, i: number): number {
  let largest = 0;
  for (let c = i * d; c < (i + 1) * d; c++) largest = Math.max(largest, Math.abs(data[c]));
  if (largest === 0) return 0;
  let squared = 0;
  for (let c = i * d; c < (i + 1) * d; c++) squared += (data[c] / largest) ** 2;
  return largest * Math.sqrt(squared);
}

/** Refuses NaN and infinities, naming the rows. */
export function refuseNonFinite(where: string, { data, rows: n, cols: d }: Matrix): void {
  const bad: number[] = [];
  let first = '';
  for (let i = 0; i < n; i++) {
    // x − x is 0 for finite x and NaN otherwise; one test per row keeps this a plain sum.
    let probe = 0;
    for (let c = i * d; c < (i + 1) * d; c++) probe += data[c] - data[c];
    if (probe === 0) continue;
    if (bad.length === 0) {
      const c = data.subarray(i * d, (i + 1) * d).findIndex((x) => !Number.isFinite(x));
      first = `the first is ${data[i * d + c]} in column ${c}`;
    }
    bad.push(i);
  }
  if (bad.length === 0) return;
  throw new InputError(
    where,
    `${counted(bad.length, 'row has', 'rows have')} values that are not finite: ${listed(bad)} (counted from 0; ${first}). ${WAY_OUT}`,
  );
}

/** The error of rows without a direction: all zeros, or values that are not finite. */
export function noDirection(where: string, rows: readonly number[]): InputError {
  const verb = rows.length === 1 ? 'row has' : 'rows have';
  return new InputError(
    where,
    `${rows.length} ${verb} no direction, being zero or not finite: ${listed(rows)} (counted from 0). ${WAY_OUT}`,
  );
}

function listed(rows: readonly number[]): string {
  const shown = rows.slice(0, 10).join(', ');
  return rows.length > 10 ? `${shown}, …` : shown;
}
