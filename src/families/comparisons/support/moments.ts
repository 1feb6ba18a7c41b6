import { gathered, type Matrix } from '../../../core/matrix.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { squaredLengths } from '../../../numerics/rows/dot.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import { jackknifeError } from '../../../numerics/statistics/jackknife.ts';
import type { Pair } from '../types.ts';
import { product, traceOf } from './scatter.ts';

/**
 * √x ≈ Σ g_p xᵖ on [0, 1], p = 1 … P: the coefficients of least greatest error, and that error. From
 * a linear program on 16,000 points, crowded at both ends.
 */
export const ROOT_POLYNOMIALS: readonly {
  readonly g: readonly number[];
  readonly error: number;
}[] = [
  { g: [1.2071067808995994], error: 0.20710678089959944 },
  { g: [2.348162357805674, -1.4580359430400736], error: 0.10987358523439955 },
  {
    g: [3.4973037357550885, -5.745197256841985, 3.3221408740175775],
    error: 0.0742473529306807,
  },
  {
    g: [4.650329995125292, -14.278436448077306, 19.779463844748175, -9.207324257167004],
    error: 0.05596686537084304,
  },
];

const MOST_ROWS = 250;
/** Random orders of the rows that are averaged, and groups of rows that the jackknife leaves out. */
const ORDERS = 4;
const GROUPS = 8;

export interface MomentEstimate {
  /** ‖Σ_ab‖_∗/√(tr Σ_aa · tr Σ_bb). */
  readonly likeness: number;
  readonly standardError: number;
  /** The most by which `likeness` can be off on average, at the estimated largest singular value. */
  readonly biasBound: number;
  readonly rows: number;
}

/**
 * ‖Σ_ab‖_∗ = Σ √λ over the eigenvalues λ of Σ_ab Σ_abᵀ, from their moments tr(Σ_ab Σ_abᵀ)ᵖ and a
 * polynomial for the root. Undefined where there are too few rows for cycles of 2P.
 */
export async function momentNuclearNorm(
  pair: Pair,
  degree: number,
): Promise<MomentEstimate | undefined> {
  const rows = pair.someRows(MOST_ROWS);
  const m = rows.length;
  if (m < 4 * degree + 2) return undefined;
  const { s } = await pair.crossSvd();
  const largest = s[0] / (pair.n - 1);
  const estimate = (chosen: Int32Array, orders: number) =>
    likenessFrom(pair, chosen, { degree, orders, largest });
  const likeness = estimate(rows, ORDERS);
  const without = Array.from({ length: GROUPS }, (_, g) =>
    estimate(
      rows.filter((_row, i) => i % GROUPS !== g),
      1,
    ),
  );
  const { a, b } = await pair.scatters();
  const traces = [a, b].map((scatter) => traceOf(scatter) / (pair.n - 1));
  const rank = Math.min(pair.a.cols, pair.b.cols);
  const scale = largest / Math.sqrt(traces[0] * traces[1]);
  return {
    likeness,
    standardError: jackknifeError(without),
    biasBound: rank * ROOT_POLYNOMIALS[degree - 1].error * scale,
    rows: m,
  };
}

function likenessFrom(
  pair: Pair,
  rows: Int32Array,
  how: { readonly degree: number; readonly orders: number; readonly largest: number },
): number {
  const { degree, orders, largest } = how;
  const a = centered(gathered(pair.a, rows));
  const b = centered(gathered(pair.b, rows));
  const m = rows.length;
  const variances = [a, b].map((x) => sumOf(squaredLengths(x)) / (m - 1));
  const moments = new Float64Array(degree);
  for (let r = 0; r < orders; r++) {
    const order = pair.random('moments').fork(r).sample(m);
    const drawn = cycleMoments(gathered(a, order), gathered(b, order), degree, largest);
    for (let p = 0; p < degree; p++) moments[p] += drawn[p] / orders;
  }
  const { g } = ROOT_POLYNOMIALS[degree - 1];
  const norm = largest * sumOf(g.map((coefficient, p) => coefficient * moments[p]));
  return norm / Math.sqrt(variances[0] * variances[1]);
}

/**
 * tr(Σ_ab Σ_abᵀ)ᵖ/s^{2p}, p = 1 … P, each the mean over increasing cycles i₁ < … < i₂ₚ of
 * L_{i₁i₂} K_{i₂i₃} L_{i₃i₄} … K_{i₂ₚi₁}, K = AAᵀ/s, L = BBᵀ/s: rows never meet themselves, so each is
 * unbiased for rows of known mean.
 */
function cycleMoments(a: Matrix, b: Matrix, degree: number, scale: number): Float64Array {
  const m = a.rows;
  const k = product(a, a, true);
  const upperK = strictUpper(k, scale);
  const upperL = strictUpper(product(b, b, true), scale);
  const out = new Float64Array(degree);
  let chain = upperL;
  for (let p = 1; p <= degree; p++) {
    if (p > 1) chain = product(product(chain, upperK), upperL);
    let total = 0;
    for (let i = 0; i < chain.data.length; i++) total += chain.data[i] * k.data[i];
    out[p - 1] = total / scale / binomial(m, 2 * p);
  }
  return out;
}

function strictUpper(m: Matrix<Float64Array>, scale: number): Matrix<Float64Array> {
  const data = m.data.map((x, at) => (at % m.cols > Math.floor(at / m.cols) ? x / scale : 0));
  return { data, rows: m.rows, cols: m.cols };
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value *= (n - i) / (i + 1);
  return value;
}
