import { type Floats, type Matrix, matrix, zerosLike } from '../../../core/matrix.ts';
import { exp, log } from '../../../core/numeric.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { MethodRun } from '../../../method/method.ts';
import { choleskySolve } from '../../../numerics/decompositions/index.ts';
import { dot, squaredNorm } from '../../../numerics/rows/dot.ts';
import { momentsOf } from './moments.ts';
import { scoresOf } from './residuals.ts';

interface Training {
  readonly a: Matrix<Float64Array>;
  /** A as it was given, for the engine. */
  readonly given: Matrix;
  readonly y: Float64Array;
  readonly ridge: number;
  readonly engine: Engine;
  readonly run: MethodRun;
}

/** θ of least (1/2n)‖y − Aθ‖² + λ/2·‖θ‖². */
export async function ridgeWeights({
  a,
  given,
  y,
  ridge,
  engine,
}: Training): Promise<Float64Array> {
  const { gram, cross } = await momentsOf(given, a, y, engine);
  const factor = await engine.linalg.cholesky(withRidge(gram, ridge));
  const solve = (right: Float64Array) => choleskySolve(factor, matrix(right, right.length, 1)).data;
  const theta = solve(cross);
  // Once more on what rounding left, so that the identity holds for small λ too.
  const left = gradientOf(a, y, theta, ridge);
  return theta.map((t, c) => t + solve(left)[c]);
}

/** Aᵀ(y − Aθ)/n − λθ: zero where training ends. */
function gradientOf(a: Matrix, y: Float64Array, theta: Float64Array, ridge: number): Float64Array {
  const residuals = scoresOf(a, theta).map((score, i) => y[i] - score);
  return pulled(a, residuals).map((sum, c) => sum - ridge * theta[c]);
}

/** Aᵀr/n. */
function pulled({ data, rows: n, cols: d }: Matrix, r: Float64Array): Float64Array {
  const out = new Float64Array(d);
  let i = 0;
  // Four rows from one reading of the sums, added row by row.
  for (; i + 3 < n; i += 4) {
    const p = i * d;
    const r0 = r[i];
    const r1 = r[i + 1];
    const r2 = r[i + 2];
    const r3 = r[i + 3];
    for (let c = 0; c < d; c++) {
      const at = p + c;
      out[c] =
        out[c] + data[at] * r0 + data[at + d] * r1 + data[at + 2 * d] * r2 + data[at + 3 * d] * r3;
    }
  }
  for (; i < n; i++) for (let c = 0; c < d; c++) out[c] += data[i * d + c] * r[i];
  return out.map((sum) => sum / n);
}

function withRidge({ data, rows: d, cols }: Matrix<Float64Array>, ridge: number) {
  return matrix(
    data.map((x, e) => (e % (d + 1) === 0 ? x + ridge : x)),
    d,
    cols,
  );
}

const NEWTON_STEPS = 60;
/** Newton is at its end where the gradient is so much of what it was. */
const END = 1e-12;

/** θ of least (1/n) Σ log(1 + e^{−yᵢ⟨θ, aᵢ⟩}) + λ/2·‖θ‖²: Newton's steps, each shortened until the loss falls. */
export async function logisticWeights({
  a,
  given,
  y,
  ridge,
  engine,
  run,
}: Training): Promise<Float64Array> {
  const { rows: n, cols: d } = a;
  let theta = new Float64Array(d);
  let scores = scoresOf(a, theta);
  let loss = logisticLoss(scores, y, theta, ridge);
  let first = 0;
  const weighted = zerosLike(given);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    await run.tick({ stage: 'last-layer', done: step / NEWTON_STEPS });
    const shares = scores.map((score, i) => 1 / (1 + exp(y[i] * score)));
    const gradient = pulled(
      a,
      shares.map((share, i) => y[i] * share),
    ).map((sum, c) => sum - ridge * theta[c]);
    const size = Math.sqrt(squaredNorm(gradient));
    first ||= size;
    if (size <= END * first) break;
    weighRows(
      weighted.data,
      given.data,
      shares.map((share) => Math.sqrt(share * (1 - share))),
    );
    const { data } = await engine.gram(weighted);
    const hessian = matrix(
      data.map((x) => x / n),
      d,
      d,
    );
    const factor = await engine.linalg.cholesky(withRidge(hessian, ridge));
    const way = choleskySolve(factor, matrix(gradient, d, 1)).data;
    const taken = shortened(theta, way, dot(gradient, way), loss, (at) => {
      scores = scoresOf(a, at);
      return logisticLoss(scores, y, at, ridge);
    });
    if (!taken) break;
    ({ theta, loss } = taken);
  }
  return theta;
}

/** Each row times its weight. */
function weighRows(out: Floats, data: Floats, weights: Float64Array): void {
  const d = data.length / weights.length;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i];
    for (let e = i * d; e < (i + 1) * d; e++) out[e] = data[e] * weight;
  }
}

/** θ + t·way for the first t of 1, ½, ¼, … at which the loss falls enough; nothing where rounding lets it fall no more. */
function shortened(
  theta: Float64Array,
  way: Float64Array,
  slope: number,
  loss: number,
  lossAt: (theta: Float64Array) => number,
) {
  // Near the end the fall is below rounding: a whole step is then right.
  if (slope < 1e-10 * Math.max(loss, 1e-3)) {
    const last = theta.map((t, c) => t + way[c]);
    return { theta: last, loss: lossAt(last) };
  }
  for (let t = 1; t > 1e-6; t /= 2) {
    const next = theta.map((own, c) => own + t * way[c]);
    const fallen = lossAt(next);
    if (fallen <= loss - 1e-4 * t * slope) return { theta: next, loss: fallen };
  }
  return undefined;
}

function logisticLoss(
  scores: Float64Array,
  y: Float64Array,
  theta: Float64Array,
  ridge: number,
): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const z = -y[i] * scores[i];
    sum += z > 0 ? z + log(1 + exp(-z)) : log(1 + exp(z));
  }
  return sum / scores.length + (ridge / 2) * squaredNorm(theta);
}
