import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { balanced } from '../../numerics/solvers/alternating-least-squares.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';
import type { AttributionInput } from './types.ts';

type Own = Readonly<Record<string, () => Partial<AttributionInput>>>;

/** What methods need besides two sets. */
const OWN: Own = {
  representers: trainedFactors,
  'sparse-representers': () => ({ targets: targets(), query: { b: 1 } }),
  'last-layer': () => ({ targets: targets(), query: { b: 1 } }),
  'class-activation': () => ({ bias: [0.5, -1, 0, 2, 1], query: { b: 1 } }),
  doei: () => ({ query: { b: 1 }, cues: { attention: attentions(), features: set(7, 3) } }),
};

/** Two sets of a few vectors each. */
export function smallProblem(id: string): SmallProblem {
  return { input: { a: set(7, 1), b: set(5, 2), ...OWN[id]?.() } };
}

function set(n: number, seed: number): Matrix<Float64Array> {
  const { data, rows, cols } = uniformPoints(n, 4, Random.fromSeed(seed));
  return matrix(Float64Array.from(data), rows, cols);
}

const targets = () => Float64Array.of(1, -1, 0.5, 2, 0, 1, -2);

function attentions(): Matrix<Float64Array> {
  const random = Random.fromSeed(4);
  return matrix(
    Float64Array.from({ length: 35 }, () => random.uniform()),
    7,
    5,
  );
}

/**
 * Factors, and numbers at every place by which they are a stationary point at λ = 1: the products, and λ times an orthonormal
 * residual UVᵀ with P = U√S, Q = V√S.
 */
function trainedFactors(): Partial<AttributionInput> {
  const { p, q } = balanced({ p: set(7, 1), q: set(5, 2) });
  const length = ({ data, rows, cols }: Matrix, c: number) =>
    Math.sqrt(
      Array.from({ length: rows }, (_, i) => data[i * cols + c] ** 2).reduce((s, x) => s + x, 0),
    );
  const values = Float64Array.from({ length: 35 }, (_, k) => {
    const [i, j] = [Math.floor(k / 5), k % 5];
    let sum = 0;
    for (let c = 0; c < 4; c++) {
      const product = p.data[i * 4 + c] * q.data[j * 4 + c];
      sum += product + product / (length(p, c) * length(q, c));
    }
    return sum;
  });
  const a = Int32Array.from(values, (_, k) => Math.floor(k / 5));
  const b = Int32Array.from(values, (_, k) => k % 5);
  return { a: p, b: q, entries: { a, b, values }, query: { a: 2, b: 3 } };
}
