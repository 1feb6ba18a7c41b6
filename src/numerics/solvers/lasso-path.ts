import type { Matrix } from '../../core/matrix.ts';

/** A point of the lasso path: min ½ βᵀGβ − cᵀβ + λ‖β‖₁. */
export interface LassoPoint {
  /** Columns with coefficients, in the order in which they came in. */
  readonly active: readonly number[];
  /** Those columns' coefficients. */
  readonly coefficients: readonly number[];
  /** λ. */
  readonly penalty: number;
}

/** A column whose variance the others leave less of, as a share, says nothing of its own. */
const COLLINEAR = 1e-10;

/**
 * The lasso path of G = XᵀX (d × d) and c = Xᵀy, from the largest penalty down: to the smallest one at which
 * at most `most` columns have coefficients, or to 0.
 *
 * Least angle regression with drops (Efron, Hastie, Johnstone, Tibshirani 2004, Section 3.1): exact at every
 * penalty, O(dk + k³) a step. Columns that do not vary, or that others determine, stay out.
 */
export function lassoPath(gram: Matrix, cross: ArrayLike<number>, most: number): LassoPoint {
  const { data: g, rows: d } = gram;
  const open = Array.from({ length: d }, (_, j) => g[j * d + j] > 0);
  const residual = Float64Array.from(cross);
  const state: Path = { active: [], beta: [], signs: [] };
  let penalty = largestOpen(residual, open);
  const end = penalty * 1e-12;
  if (most < 1 || !(penalty > 0)) return { active: [], coefficients: [], penalty };
  join(state, firstAt(residual, open, penalty), residual);
  for (let step = 0; step < 8 * d + 8; step++) {
    const way = solved(gram, state);
    if (!way) {
      open[state.active.pop() ?? 0] = false;
      state.beta.pop();
      state.signs.pop();
      if (state.active.length === 0) break;
      continue;
    }
    const slopes = new Float64Array(d);
    for (const [a, column] of state.active.entries())
      for (let j = 0; j < d; j++) slopes[j] += way[a] * g[column * d + j];
    const event = nextEvent(residual, slopes, open, state, way, penalty);
    for (let a = 0; a < way.length; a++) state.beta[a] += event.length * way[a];
    for (let j = 0; j < d; j++) residual[j] -= event.length * slopes[j];
    penalty -= event.length;
    if (event.drops >= 0) drop(state, event.drops);
    else if (event.joins < 0 || penalty <= end || state.active.length === most) break;
    else join(state, event.joins, residual);
  }
  return { active: state.active, coefficients: state.beta, penalty: Math.max(0, penalty) };
}

interface Path {
  readonly active: number[];
  readonly beta: number[];
  readonly signs: number[];
}

function join(state: Path, column: number, residual: Float64Array): void {
  state.active.push(column);
  state.beta.push(0);
  state.signs.push(Math.sign(residual[column]));
}

function drop(state: Path, at: number): void {
  for (const list of [state.active, state.beta, state.signs]) list.splice(at, 1);
}

function largestOpen(residual: Float64Array, open: readonly boolean[]): number {
  let most = 0;
  for (let j = 0; j < residual.length; j++)
    if (open[j]) most = Math.max(most, Math.abs(residual[j]));
  return most;
}

const firstAt = (residual: Float64Array, open: readonly boolean[], size: number) =>
  residual.findIndex((r, j) => open[j] && Math.abs(r) === size);

/** How far the penalty falls until a column joins or leaves, or to 0. */
function nextEvent(
  residual: Float64Array,
  slopes: Float64Array,
  open: readonly boolean[],
  { active, beta }: Path,
  way: Float64Array,
  penalty: number,
) {
  const event = { length: penalty, joins: -1, drops: -1 };
  const within = new Set(active);
  for (let j = 0; j < residual.length; j++) {
    if (!open[j] || within.has(j)) continue;
    for (const sign of [1, -1]) {
      const closing = 1 - sign * slopes[j];
      const length = (penalty - sign * residual[j]) / closing;
      if (closing > COLLINEAR && length >= 0 && length < event.length)
        Object.assign(event, { length, joins: j });
    }
  }
  for (let a = 0; a < active.length; a++) {
    const length = -beta[a] / way[a];
    if (length > 1e-15 * penalty && length < event.length)
      Object.assign(event, { length, joins: -1, drops: a });
  }
  return event;
}

/** G_AA⁻¹ s; nothing where the columns determine one another. */
function solved({ data: g, rows: d }: Matrix, { active, signs }: Path): Float64Array | undefined {
  return choleskySolved(
    active.map((i) => active.map((j) => g[i * d + j])),
    signs,
  );
}

/** The coefficients of least squares on some columns; nothing where these determine one another. */
export function leastSquares(
  { data: g, rows: d }: Matrix,
  cross: ArrayLike<number>,
  columns: readonly number[],
): Float64Array | undefined {
  return choleskySolved(
    columns.map((i) => columns.map((j) => g[i * d + j])),
    columns.map((i) => cross[i]),
  );
}

function choleskySolved(
  m: readonly (readonly number[])[],
  right: readonly number[],
): Float64Array | undefined {
  const k = right.length;
  const l = m.map((row) => Float64Array.from(row));
  const x = Float64Array.from(right);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = m[i][j];
      for (let c = 0; c < j; c++) sum -= l[i][c] * l[j][c];
      if (i > j) l[i][j] = sum / l[j][j];
      else if (sum > COLLINEAR * m[i][i]) l[i][i] = Math.sqrt(sum);
      else return undefined;
    }
    for (let j = 0; j < i; j++) x[i] -= l[i][j] * x[j];
    x[i] /= l[i][i];
  }
  for (let i = k - 1; i >= 0; i--) {
    for (let j = i + 1; j < k; j++) x[i] -= l[j][i] * x[j];
    x[i] /= l[i][i];
  }
  return x;
}
