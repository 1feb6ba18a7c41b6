import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { exp, log } from '../../core/numeric.ts';

/** How mass goes from n places to m at small cost. */
export interface TransportPlan {
  /** n × m, none negative; its columns sum to the weights of the columns. */
  readonly plan: Matrix<Float64Array>;
  /** Σ plan · cost. */
  readonly cost: number;
  readonly rounds: number;
  /** The largest share by which a row's sum misses its weight. */
  readonly error: number;
  /** f and g of plan = exp((f + g − cost)/ε): where a similar problem may start. */
  readonly potentials: Potentials;
}

export interface Potentials {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

export interface TransportOptions {
  /** ε, in the unit of the cost: the smaller, the sharper the plan and the more rounds. */
  readonly entropy: number;
  /** Mass of the rows and of the columns, all positive, each summing to 1. Default: equal. */
  readonly rowWeights?: ArrayLike<number>;
  readonly columnWeights?: ArrayLike<number>;
  /** Rounds end where no row's sum misses its weight by a larger share. Default 1e-6. */
  readonly tolerance?: number;
  /** Default 1000. Where they do not do, `error` says how far it is. */
  readonly maxRounds?: number;
  readonly start?: Potentials;
}

/** Scalings beyond it are taken into the potentials, lest products overflow or lose what is small. */
const LARGEST = 1e60;

interface Problem {
  readonly cost: Matrix;
  readonly entropy: number;
  readonly r: Float64Array;
  readonly c: Float64Array;
}

/**
 * Entropic optimal transport: the plan P ≥ 0 of least Σ P∘C + ε Σ P(log P − 1) whose rows sum to r and whose columns
 * sum to c, C n × m (Cuturi 2013). By turns rows and columns are scaled to their sums: O(nm) a round.
 *
 * Scalings stand on potentials that are brought up to date on logarithms where they grow large (Schmitzer 2019), so that
 * a small ε does not underflow.
 */
export function sinkhorn(cost: Matrix, options: TransportOptions): TransportPlan {
  const { tolerance = 1e-6, maxRounds = 1000, start } = options;
  const problem = problemOf(cost, options);
  const { rows: n, cols: m } = cost;
  const f = Float64Array.from(start?.rows ?? new Float64Array(n));
  const g = Float64Array.from(start?.columns ?? new Float64Array(m));
  const kernel = zeros64(n, m);
  const [a, b] = [new Float64Array(n).fill(1), new Float64Array(m).fill(1)];
  const sums = new Float64Array(n);
  refreshInPlace(problem, f, g, kernel);
  let error = rowError(kernel, a, b, problem.r, sums);
  let rounds = 1;
  for (; rounds < maxRounds && !(error <= tolerance); rounds++) {
    if (!scaleInPlace(kernel, problem, a, b, sums)) {
      absorbInPlace(problem.entropy, f, g, a, b);
      refreshInPlace(problem, f, g, kernel);
    }
    error = rowError(kernel, a, b, problem.r, sums);
  }
  absorbInPlace(problem.entropy, f, g, a.slice(), b.slice());
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const mass = a[i] * kernel.data[i * m + j] * b[j];
      kernel.data[i * m + j] = mass;
      total += mass * cost.data[i * m + j];
    }
  }
  return { plan: kernel, cost: total, rounds, error, potentials: { rows: f, columns: g } };
}

function problemOf(cost: Matrix, options: TransportOptions): Problem {
  const { entropy, rowWeights, columnWeights } = options;
  const { rows: n, cols: m, data } = cost;
  if (n < 1 || m < 1) throw new ShapeError('sinkhorn', 'at least 1 × 1 costs', `${n} × ${m}`);
  if (!(entropy > 0)) throw new OptionError('sinkhorn', 'entropy', 'a number above 0', entropy);
  if (!data.every(Number.isFinite)) throw new InputError('sinkhorn', 'every cost must be finite.');
  return {
    cost,
    entropy,
    r: weightsOf('rowWeights', n, rowWeights),
    c: weightsOf('columnWeights', m, columnWeights),
  };
}

function weightsOf(name: string, n: number, given: ArrayLike<number> | undefined): Float64Array {
  if (!given) return new Float64Array(n).fill(1 / n);
  const weights = Float64Array.from(given);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const positive = weights.length === n && weights.every((weight) => weight > 0);
  if (positive && Math.abs(sum - 1) < 1e-9) return weights;
  throw new OptionError('sinkhorn', name, `${n} positive numbers that sum to 1`, given);
}

/** One round on logarithms, and the plan it leaves. */
function refreshInPlace(
  problem: Problem,
  f: Float64Array,
  g: Float64Array,
  kernel: Matrix<Float64Array>,
): void {
  const { cost, entropy, r, c } = problem;
  const { data, rows: n, cols: m } = cost;
  for (let i = 0; i < n; i++) {
    let most = -Infinity;
    for (let j = 0; j < m; j++) most = Math.max(most, g[j] - data[i * m + j]);
    let sum = 0;
    for (let j = 0; j < m; j++) sum += exp((g[j] - data[i * m + j] - most) / entropy);
    f[i] = entropy * log(r[i] / sum) - most;
  }
  const most = new Float64Array(m).fill(-Infinity);
  const sums = new Float64Array(m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) most[j] = Math.max(most[j], f[i] - data[i * m + j]);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      const part = exp((f[i] - data[i * m + j] - most[j]) / entropy);
      kernel.data[i * m + j] = part;
      sums[j] += part;
    }
  for (let j = 0; j < m; j++) g[j] = entropy * log(c[j] / sums[j]) - most[j];
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) kernel.data[i * m + j] *= c[j] / sums[j];
}

/** Σⱼ Kᵢⱼ bⱼ for every row, and how far aᵢ times it is from the weights. */
function rowError(
  { data, rows: n, cols: m }: Matrix<Float64Array>,
  a: Float64Array,
  b: Float64Array,
  r: Float64Array,
  sums: Float64Array,
): number {
  let error = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += data[i * m + j] * b[j];
    sums[i] = sum;
    error = Math.max(error, Math.abs((a[i] * sum) / r[i] - 1));
  }
  return error;
}

/** A round of scalings; false, and nothing done, where they leave the range of safe products. */
function scaleInPlace(
  { data, rows: n, cols: m }: Matrix<Float64Array>,
  { r, c }: Problem,
  a: Float64Array,
  b: Float64Array,
  sums: Float64Array,
): boolean {
  const isSafe = (x: number) => x < LARGEST && x > 1 / LARGEST;
  const columns = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    const scaling = r[i] / sums[i];
    if (!isSafe(scaling)) return false;
    for (let j = 0; j < m; j++) columns[j] += scaling * data[i * m + j];
  }
  for (let j = 0; j < m; j++) if (!isSafe(c[j] / columns[j])) return false;
  for (let i = 0; i < n; i++) a[i] = r[i] / sums[i];
  for (let j = 0; j < m; j++) b[j] = c[j] / columns[j];
  return true;
}

/** f += ε log a and g += ε log b; the scalings become 1. */
function absorbInPlace(
  entropy: number,
  f: Float64Array,
  g: Float64Array,
  a: Float64Array,
  b: Float64Array,
): void {
  for (let i = 0; i < a.length; i++) f[i] += entropy * log(a[i]);
  for (let j = 0; j < b.length; j++) g[j] += entropy * log(b[j]);
  a.fill(1);
  b.fill(1);
}
