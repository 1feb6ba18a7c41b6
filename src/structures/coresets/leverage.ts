import { OptionError } from '../../core/errors.ts';
import { alike, type Matrix, matrix, zerosLike } from '../../core/matrix.ts';
import { pow } from '../../core/numeric.ts';
import type { Run } from '../../core/run.ts';
import type { Engine, Work } from '../../engine/engine.ts';

interface Tools {
  readonly engine: Engine;
  readonly work?: Work | undefined;
}

/** What scores of many rounds may use. */
export interface ScoreTools extends Tools {
  readonly run: Run;
}

/** Eigenvalues below this share of the largest belong to columns that depend on others. */
const NONE = 1e-11;

/** Q = A·T with QᵀQ = I, n × r with r the rank of A; in the element type of A. */
export async function orthonormalColumns(a: Matrix, { engine, work }: Tools): Promise<Matrix> {
  const { data, cols: d } = a;
  let largest = 0;
  for (const x of data) largest = Math.max(largest, Math.abs(x));
  const scaled = zerosLike(a);
  if (largest > 0) for (let e = 0; e < data.length; e++) scaled.data[e] = data[e] / largest;
  const { values, vectors } = await engine.linalg.eigh(await engine.gram(scaled, work), work);
  const r = values.filter((value) => value > NONE * values[0]).length;
  const to = new Float64Array(r * d);
  for (let e = 0; e < r * d; e++) to[e] = vectors.data[e] / Math.sqrt(values[Math.floor(e / d)]);
  return engine.matmul(scaled, alike(matrix(to, r, d), scaled), { transposeB: true }, work);
}

/** aᵢᵀ (AᵀA)⁻¹ aᵢ for each row; their sum is the rank of A. */
export async function leverageScores(a: Matrix, tools: Tools): Promise<Float64Array> {
  return leverageOf(await orthonormalColumns(a, tools), undefined, tools);
}

/** aᵢᵀ (Aᵀ diag(weights) A)⁻¹ aᵢ of a matrix of full column rank. */
async function leverageOf(
  q: Matrix,
  weights: Float64Array | undefined,
  { engine, work }: Tools,
): Promise<Float64Array> {
  const { data, rows: n, cols: r } = q;
  const weighted = zerosLike(q);
  const roots = weights?.map(Math.sqrt);
  for (let e = 0; e < data.length; e++)
    weighted.data[e] = data[e] * (roots ? roots[Math.floor(e / r)] : 1);
  const { values, vectors } = await engine.linalg.eigh(await engine.gram(weighted, work), work);
  const to = new Float64Array(r * r);
  for (let e = 0; e < r * r; e++) to[e] = vectors.data[e] / Math.sqrt(values[Math.floor(e / r)]);
  const turned = await engine.matmul(q, alike(matrix(to, r, r), q), { transposeB: true }, work);
  const scores = new Float64Array(n);
  for (let e = 0; e < turned.data.length; e++) scores[Math.floor(e / r)] += turned.data[e] ** 2;
  return scores;
}

/** Rounds of the fixed point, and the relative change at which it counts as found: float32 rows allow no less. */
const ROUNDS = 1000;
const CLOSE = 1e-6;

/** The ℓ_p Lewis weights of A, p < 4: wᵢ = (aᵢᵀ (Aᵀ W^(1−2/p) A)⁻¹ aᵢ)^(p/2); their sum is the rank of A. */
export async function lewisWeights(
  id: string,
  a: Matrix,
  p: number,
  { engine, work, run }: ScoreTools,
): Promise<Float64Array> {
  // A round brings the weights |1 − p/2| times as near, by ratio.
  if (p >= 4)
    throw new OptionError(
      id,
      'p',
      'below 4 with Lewis weights (--scores sensitivity takes any)',
      p,
    );
  const q = await orthonormalColumns(a, { engine, work });
  let weights = await leverageOf(q, undefined, { engine, work });
  for (let round = 0; p !== 2 && round < ROUNDS; round++) {
    await run.tick({ stage: 'lewis', done: round / ROUNDS });
    // A row of zeros keeps the weight 0.
    const inner = weights.map((weight) => (weight > 0 ? pow(weight, 1 - 2 / p) : 0));
    const next = (await leverageOf(q, inner, { engine, work })).map((score) => pow(score, p / 2));
    const change = next.reduce(
      (most, weight, i) => Math.max(most, relative(weight, weights[i])),
      0,
    );
    weights = next;
    if (change < CLOSE) break;
  }
  return weights;
}

function relative(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(a, b);
}
