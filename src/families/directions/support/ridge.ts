import { type Matrix, matrix } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import { transposed } from '../../../core/transposed.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { choleskySolve } from '../../../numerics/decompositions/index.ts';
import { productsOf } from '../../../numerics/rows/products.ts';

interface Context {
  readonly engine: Engine;
  readonly work: Work;
}

/** The least penalty, so that rows that span fewer dimensions than there are leave a solution. */
const LEAST = 1e-9;

/** Penalties tried: from 10⁻⁶ to 10⁴ times the mean variance of a column, eight a decade. */
const TRIED = /* @__PURE__ */ Array.from({ length: 81 }, (_, t) => exp(Math.LN10 * (t / 8 - 6)));

/** XᵀX, or XXᵀ where there are fewer rows than columns, of centred rows. */
export async function smallerGram(
  x: Matrix,
  { engine, work }: Context,
): Promise<Matrix<Float64Array>> {
  if (x.rows >= x.cols) return engine.gram(x, work);
  return x.rows * x.rows * x.cols < 1e7 ? productsOf(x) : engine.gram(transposed(x), work);
}

/** α of a penalty: times n and the mean variance of a column. */
function alphaOf(penalty: number, { rows: n }: Matrix, gram: Matrix, d: number): number {
  let trace = 0;
  for (let c = 0; c < gram.rows; c++) trace += gram.data[c * (gram.rows + 1)];
  return Math.max(LEAST, penalty) * (trace / d || n);
}

/** Xᵀy. */
export function pulls({ data, rows: n, cols: d }: Matrix, y: Float64Array): Float64Array {
  const out = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) out[c] += y[i] * data[i * d + c];
  return out;
}

/** (XᵀX + αI)⁻¹Xᵀy of centred rows, by the smaller of two systems. */
export async function ridgeWeights(
  x: Matrix,
  y: Float64Array,
  penalty: number,
  context: Context,
  gram: Matrix<Float64Array>,
): Promise<Float64Array> {
  const { engine, work } = context;
  const m = gram.rows;
  const alpha = alphaOf(penalty, x, gram, x.cols);
  const system = matrix(gram.data.slice(), m, m);
  for (let c = 0; c < m; c++) system.data[c * (m + 1)] += alpha;
  const right = x.rows >= x.cols ? pulls(x, y) : y;
  const factor = await engine.linalg.cholesky(system, work);
  const { data } = choleskySolve(factor, matrix(right, m, 1));
  return x.rows >= x.cols ? data : pulls(x, data);
}

/** The penalty of least generalized cross-validation; of equal ones the largest. */
export async function penaltyOf(
  x: Matrix,
  y: Float64Array,
  { engine, work }: Context,
  gram: Matrix<Float64Array>,
): Promise<number> {
  const n = x.rows;
  const { values, vectors } = await engine.linalg.eigh(gram, work);
  const m = gram.rows;
  const right = n >= x.cols ? pulls(x, y) : y;
  // Squares of what the fit can reach along each eigenvector: ⟨u, y⟩² = ⟨v, Xᵀy⟩²/λ.
  const reach = Float64Array.from({ length: m }, (_, k) => {
    let along = 0;
    for (let c = 0; c < m; c++) along += vectors.data[k * m + c] * right[c];
    if (!(values[k] > 1e-12 * values[0])) return 0;
    return n >= x.cols ? along ** 2 / values[k] : along ** 2;
  });
  const total = y.reduce((sum, own) => sum + own * own, 0);
  let best = { penalty: TRIED.at(-1) ?? 1, loss: Infinity };
  for (const penalty of TRIED.toReversed()) {
    const alpha = alphaOf(penalty, x, gram, x.cols);
    // The mean is fitted too.
    let [freedom, rest] = [1, total];
    for (let k = 0; k < m; k++) {
      const kept = Math.max(0, values[k]) / (Math.max(0, values[k]) + alpha);
      freedom += kept;
      rest -= reach[k] * (1 - (1 - kept) ** 2);
    }
    const loss = n > freedom ? Math.max(0, rest) / (1 - freedom / n) ** 2 : Infinity;
    if (loss < best.loss * (1 - 1e-12)) best = { penalty, loss };
  }
  return best.penalty;
}
