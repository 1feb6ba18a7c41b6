import { alike, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import type { FitContext } from '../types.ts';
import { alongAxes, axesOf, scaledRows } from './axes.ts';
import { nearestRotation } from './rotation.ts';
import { transported } from './transported.ts';

type Context = Pick<FitContext, 'engine' | 'work' | 'run'>;

/** Places of a row's sorted cosines that are compared. */
const QUANTILES = 200;
/** Rounds of the transport between the cosines themselves. */
const GROMOV_ROUNDS = 10;

/**
 * Principal axes of A onto those of B, in the order of their variances, each turned so that the third moment along it is
 * positive: right for a rotated copy of distinct variances and lopsided axes.
 */
export async function axesStart(a: Matrix, b: Matrix, context: Context): Promise<Matrix> {
  const [ofA, ofB] = [await orientedAxes(a, context), await orientedAxes(b, context)];
  const k = Math.min(ofA.rows, ofB.rows);
  const first = (m: Matrix) => alike(matrix(m.data.slice(0, k * m.cols), k, m.cols), a);
  return context.engine.matmul(first(ofA), first(ofB), { transposeA: true }, context.work);
}

/** Unit axes as rows, that of largest variance first, each turned to where the rows are skewed. */
export async function orientedAxes(
  points: Matrix,
  context: Pick<Context, 'engine' | 'work'>,
): Promise<Matrix<Float64Array>> {
  const axes = await axesOf(points, context);
  const { data, rows: n, cols: r } = await alongAxes(axes, context);
  const third = new Float64Array(r);
  for (let i = 0; i < n; i++) for (let c = 0; c < r; c++) third[c] += data[i * r + c] ** 3;
  return scaledRows(
    axes.vectors,
    third.map((moment) => (moment < 0 ? -1 : 1)),
  );
}

/**
 * Rows that see the others at like cosines belong together: a transport plan between the sorted cosines of the rows, then
 * the plan under which cosines within A are those within B (entropic Gromov–Wasserstein), then the rotation nearest to
 * the rows of B that the plan gives the rows of A.
 */
export async function cosinesStart(a: Matrix, b: Matrix, context: Context): Promise<Matrix> {
  const { engine, work, run } = context;
  const within = (m: Matrix) => engine.matmul(m, m, { transposeB: true }, work);
  const [ofA, ofB] = [await within(a), await within(b)];
  const stage = { stage: 'cosines' };
  await run.tick({ ...stage, done: 0 });
  let { plan, potentials } = transported(signatureCosts(signatures(ofA), signatures(ofB)));
  for (let round = 1; round <= GROMOV_ROUNDS; round++) {
    await run.tick({ ...stage, done: round / (GROMOV_ROUNDS + 1) });
    const half = await engine.matmul(ofA, alike(plan, ofA), {}, work);
    const both = await engine.matmul(half, ofB, { transposeB: true }, work);
    ({ plan, potentials } = transported(gromovCosts(ofA, ofB, both), potentials));
  }
  const partners = await engine.matmul(alike(plan, b), b, {}, work);
  return (await nearestRotation(a, partners, context)).rotation;
}

/** Each row sorted, at equally spaced places: n × 200, fewer where there are fewer columns. */
function signatures({ data, rows: n, cols: m }: Matrix): Matrix<Float64Array> {
  const out = zeros64(n, QUANTILES);
  for (let i = 0; i < n; i++) {
    const sorted = data.slice(i * m, (i + 1) * m).sort();
    for (let q = 0; q < QUANTILES; q++) {
      const place = (q * (m - 1)) / (QUANTILES - 1);
      const low = Math.floor(place);
      const next = sorted[Math.min(m - 1, low + 1)];
      out.data[i * QUANTILES + q] = sorted[low] + (place - low) * (next - sorted[low]);
    }
  }
  return out;
}

/** Mean squared differences of the rows of both. */
function signatureCosts(x: Matrix, y: Matrix): Matrix<Float64Array> {
  const out = zeros64(x.rows, y.rows);
  const q = x.cols;
  for (let i = 0, e = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++, e++) {
      let sum = 0;
      for (let c = 0; c < q; c++) sum += (x.data[i * q + c] - y.data[j * q + c]) ** 2;
      out.data[e] = sum / q;
    }
  }
  return out;
}

/** Σₖₗ (Aᵢₖ − Bⱼₗ)² Pₖₗ for a plan P of equal weights, from A·P·Bᵀ. */
function gromovCosts(ofA: Matrix, ofB: Matrix, both: Matrix): Matrix<Float64Array> {
  const [p, q] = [meanSquares(ofA), meanSquares(ofB)];
  const out = zeros64(both.rows, both.cols);
  for (let i = 0, e = 0; i < both.rows; i++)
    for (let j = 0; j < both.cols; j++, e++) out.data[e] = p[i] + q[j] - 2 * both.data[e];
  return out;
}

function meanSquares({ data, rows: n, cols: m }: Matrix): Float64Array {
  const means = new Float64Array(n);
  for (let e = 0; e < data.length; e++) means[Math.floor(e / m)] += data[e] ** 2 / m;
  return means;
}
