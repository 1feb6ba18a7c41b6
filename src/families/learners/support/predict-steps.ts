import { OptionError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { eigh, qr } from '../../../numerics/decompositions/index.ts';

export interface StepsOptions {
  /** Columns of the embedding, d. */
  readonly dim: number;
  /** The weights that training begins with, d × m; or one size s(0) that every mode begins with. */
  readonly initial: Matrix | number;
}

/** When a linear embedding gains which dimension. */
export interface PredictedSteps {
  /** γ_j, largest first: the d largest eigenvalues of the correlation of the views. */
  readonly eigenvalues: Float64Array;
  /** Row j is the direction of mode j in the input, d × m. */
  readonly modes: Matrix<Float64Array>;
  /** s_j(0) */
  readonly initial: Float64Array;
  /** τ_j, in units of step length × steps; Infinity where γ_j ≤ 0, a mode that does not rise. */
  readonly times: Float64Array;
  /** The eigenvalues γ_j·s_j(t)² of the views' correlation in the embedding at a time: from 0 to 1. */
  readonly at: (time: number) => Float64Array;
}

/**
 * The steps in which gradient descent teaches a linear embedding W, d × m, to decorrelate: before any training.
 *
 *     loss = ‖W Γ Wᵀ − I‖²,   Γ = (XᵀX′ + X′ᵀX)/2n
 *     s_j(t) = e^{4γ_j t}/√(s_j(0)⁻² + (e^{8γ_j t} − 1)·γ_j),   τ_j = −log(γ_j s_j(0)²)/(8γ_j)
 *
 * X and X′ hold two views of n things, n × m, a thing in a row; Γ is not centered: center the columns first where means
 * should not count. γ_j are the largest eigenvalues of Γ, s_j the singular values of W. Mode j ends at γ_j^(−1/2), and
 * is half way at τ_j. The laws are exact where the modes begin aligned; from small random weights s_j(0) is what mode
 * j has in directions of the embedding that no mode before it takes, |R_jj| of QR = W·[v₁ … v_d], and times are near for
 * eigenvalues that are apart.
 *
 * @throws ShapeError where the views or the weights do not fit; OptionError for `dim` or a size that cannot be
 */
export function predictSteps(
  viewsA: Matrix,
  viewsB: Matrix,
  { dim, initial }: StepsOptions,
): PredictedSteps {
  const m = viewsA.cols;
  if (viewsB.rows !== viewsA.rows || viewsB.cols !== m)
    throw new ShapeError(
      'predictSteps',
      `two views of one shape, ${viewsA.rows} × ${m}`,
      `${viewsB.rows} × ${viewsB.cols}`,
    );
  if (!Number.isInteger(dim) || dim < 1 || dim > m)
    throw new OptionError('predictSteps', 'dim', `a whole number in 1 … ${m}`, dim);
  const { values, vectors } = eigh(correlationOfViews(viewsA, viewsB));
  const eigenvalues = values.slice(0, dim);
  const modes = matrix(vectors.data.slice(0, dim * m), dim, m);
  const start = sizesOf(initial, modes);
  const squares = (time: number) =>
    eigenvalues.map((gamma, j) => risen(gamma, gamma * start[j] ** 2, time));
  return {
    eigenvalues,
    modes,
    initial: start,
    times: eigenvalues.map((gamma, j) =>
      gamma > 0 ? -Math.log(gamma * start[j] ** 2) / (8 * gamma) : Number.POSITIVE_INFINITY,
    ),
    at: squares,
  };
}

/** γ·s(t)² from a = γ·s(0)²: 1/(1 + (1/a − 1)·e^{−8γt}), which overflows nowhere. */
function risen(gamma: number, a: number, time: number): number {
  return a === 0 ? 0 : 1 / (1 + (1 / a - 1) * Math.exp(-8 * gamma * time));
}

/** (XᵀX′ + X′ᵀX)/2n, m × m. */
function correlationOfViews(a: Matrix, b: Matrix): Matrix<Float64Array> {
  const { rows: n, cols: m } = a;
  const sums = zeros64(m, m);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < m; c++) {
      const [x, y] = [a.data[i * m + c] / (2 * n), b.data[i * m + c] / (2 * n)];
      for (let e = 0; e < m; e++)
        sums.data[c * m + e] += x * b.data[i * m + e] + y * a.data[i * m + e];
    }
  }
  return sums;
}

function sizesOf(initial: Matrix | number, modes: Matrix): Float64Array {
  const { rows: d, cols: m } = modes;
  if (typeof initial === 'number') {
    if (!(initial > 0 && initial < Infinity))
      throw new OptionError('predictSteps', 'initial', 'a size above 0', initial);
    return new Float64Array(d).fill(initial);
  }
  if (initial.rows !== d || initial.cols !== m)
    throw new ShapeError(
      'predictSteps',
      `initial weights of ${d} × ${m}`,
      `${initial.rows} × ${initial.cols}`,
    );
  const seen = zeros64(d, d);
  for (let c = 0; c < d; c++) {
    for (let j = 0; j < d; j++) {
      for (let e = 0; e < m; e++)
        seen.data[c * d + j] += initial.data[c * m + e] * modes.data[j * m + e];
    }
  }
  const { r } = qr(seen);
  return Float64Array.from({ length: d }, (_, j) => r.data[j * d + j]);
}
