import { alike, type Matrix, matrix, rows as rowsOf } from '../../../core/matrix.ts';
import { log, pow } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import { zerosOf } from '../../../core/transposed.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { kMeans } from '../../../numerics/solvers/k-means.ts';
import type { FitContext } from '../types.ts';

/** A density: normals of one covariance K⁻², K symmetric. */
export interface Mixture {
  /** K, r × r. */
  readonly root: Matrix;
  /** K·mₖ for each mean, k × r. */
  readonly centers: Matrix;
  /** log πₖ, k. */
  readonly logShares: Float64Array;
  /** The normal that a row is the mean of, which does not count for it; −1 for none. */
  readonly own?: Int32Array;
}

/** The score s = −∇log p at each row, and what the second-order score T = ssᵀ + Cov(pull) − K² needs besides. */
export interface Scores {
  /** s = K(Kw − Σₖ ρₖ K mₖ) with ρ the shares of the normals at w, n × r. */
  readonly scores: Matrix;
  /** Of mixtures: Σₖ ρₖ K²mₖ, n × r; K²mₖ, k × r; and Σᵢ y_ij ρᵢₖ, q × k. */
  readonly local?: { readonly pulls: Matrix; readonly centers: Matrix; readonly mass: Matrix };
}

type Tools = Pick<FitContext, 'engine' | 'work'>;

/** Rows whose shares are held at a time. */
const BLOCK = 1024;

/** Scores under a mixture at whitened rows w, n × r, with q responses each. */
export async function mixtureScores(
  w: Matrix,
  mixture: Mixture,
  responses: Matrix,
  { engine, work }: Tools,
): Promise<Scores> {
  const { rows: n, cols: r } = w;
  const { root, centers } = mixture;
  const scaled = await engine.matmul(w, root, {}, work);
  const scores = zerosOf(w, n, r);
  const pulls = zerosOf(w, n, r);
  const pulled = await engine.matmul(centers, root, {}, work);
  const mass = zerosOf(w, responses.cols, centers.rows);
  for (let start = 0; start < n; start += BLOCK) {
    const end = Math.min(n, start + BLOCK);
    const shares = await sharesOf(rowsOf(scaled, start, end), mixture, start, engine, work);
    const pull = await engine.matmul(shares, pulled, {}, work);
    const own = await engine.matmul(rowsOf(scaled, start, end), root, {}, work);
    pulls.data.set(pull.data, start * r);
    for (let e = 0; e < own.data.length; e++)
      scores.data[start * r + e] = own.data[e] - pull.data[e];
    const part = rowsOf(responses, start, end);
    const sums = await engine.matmul(alike(part, shares), shares, { transposeA: true }, work);
    for (let e = 0; e < sums.data.length; e++) mass.data[e] += sums.data[e];
  }
  return { scores, local: { pulls, centers: pulled, mass } };
}

/** ρₖ ∝ πₖ exp(−‖v − K mₖ‖²/2) for rows v = K w, the first of them row `start` of all. */
async function sharesOf(
  v: Matrix,
  { centers, logShares, own }: Mixture,
  start: number,
  engine: Engine,
  work: Work,
): Promise<Matrix> {
  const k = centers.rows;
  const offsets = logShares.map((share, c) => {
    let squares = 0;
    for (const x of centers.data.subarray(c * centers.cols, (c + 1) * centers.cols))
      squares += x * x;
    return share - squares / 2;
  });
  const products = await engine.matmul(v, centers, { transposeB: true }, work);
  for (let e = 0; e < products.data.length; e++) products.data[e] += offsets[e % k];
  for (let i = 0; own && i < v.rows; i++) {
    if (own[start + i] >= 0) products.data[i * k + own[start + i]] = -1e30;
  }
  await engine.softmaxInPlace(products, work);
  return products;
}

/** Rows that the kernel estimate is made of, at most. */
const KERNELS = 1000;

/** A normal about each row (of many, a sample), of Scott's bandwidth n^(−1/(r+4)) times `width`. */
export function kernelDensity(w: Matrix, width: number, random: Random): Mixture {
  const { rows: n, cols: r } = w;
  const chosen = random.sample(n, Math.min(n, KERNELS)).sort();
  const k = chosen.length;
  const inverse = 1 / (width * pow(k, -1 / (r + 4)));
  const root = zerosOf(w, r, r);
  for (let c = 0; c < r; c++) root.data[c * r + c] = inverse;
  const centers = zerosOf(w, k, r);
  const own = new Int32Array(n).fill(-1);
  for (let c = 0; c < k; c++) {
    own[chosen[c]] = c;
    for (let a = 0; a < r; a++) centers.data[c * r + a] = inverse * w.data[chosen[c] * r + a];
  }
  return { root, centers, logShares: new Float64Array(k), own };
}

/** Steps of expectation–maximization; fewer where the shares of the normals stay. */
const STEPS = 50;

/** k normals of one covariance, by expectation–maximization from k-means. */
export async function normalMixture(
  w: Matrix,
  k: number,
  { engine, work, run, random }: FitContext,
): Promise<Mixture> {
  const { of } = kMeans(w, { clusters: k, starts: 1, steps: 20 }, random.fork('centers'));
  let shares = zerosOf(w, w.rows, k);
  for (let i = 0; i < w.rows; i++) shares.data[i * k + of[i]] = 1;
  const gram = await engine.gram(w, work);
  let mixture = await mostLikely(w, gram, shares, { engine, work });
  for (let step = 0; step < STEPS; step++) {
    await run.tick({ stage: 'mixture', done: step / STEPS });
    const scaled = await engine.matmul(w, mixture.root, {}, work);
    const next = await sharesOf(scaled, mixture, 0, engine, work);
    const moved = meanDifference(next, shares);
    shares = next;
    mixture = await mostLikely(w, gram, shares, { engine, work });
    if (moved < 1e-5) break;
  }
  return mixture;
}

/** The normals that make the rows likeliest, given their shares in them. */
async function mostLikely(
  w: Matrix,
  gram: Matrix<Float64Array>,
  shares: Matrix,
  { engine, work }: Tools,
): Promise<Mixture> {
  const { rows: n, cols: r } = w;
  const k = shares.cols;
  const counts = new Float64Array(k);
  for (let e = 0; e < shares.data.length; e++) counts[e % k] += shares.data[e];
  const means = await engine.matmul(shares, w, { transposeA: true }, work);
  for (let e = 0; e < means.data.length; e++)
    means.data[e] /= Math.max(counts[Math.floor(e / r)], 1e-9);
  const within = new Float64Array(r * r);
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < r; b++) {
      let between = 0;
      for (let c = 0; c < k; c++)
        between += counts[c] * means.data[c * r + a] * means.data[c * r + b];
      within[a * r + b] = (gram.data[a * r + b] - between) / n;
    }
  }
  const root = alike(await inverseRoot(matrix(within, r, r), engine, work), w);
  const centers = await engine.matmul(means, root, {}, work);
  return { root, centers, logShares: counts.map((count) => log(Math.max(count / n, 1e-30))) };
}

/** C^(−1/2) of a symmetric C; variances below a millionth of the largest count as that. */
async function inverseRoot(
  c: Matrix<Float64Array>,
  engine: Engine,
  work: Work,
): Promise<Matrix<Float64Array>> {
  const { values, vectors } = await engine.linalg.eigh(c, work);
  const r = c.rows;
  const out = new Float64Array(r * r);
  for (let v = 0; v < r; v++) {
    const scale = 1 / Math.sqrt(Math.max(values[v], 1e-6 * values[0]));
    for (let a = 0; a < r; a++) {
      const part = scale * vectors.data[v * r + a];
      for (let b = 0; b < r; b++) out[a * r + b] += part * vectors.data[v * r + b];
    }
  }
  return matrix(out, r, r);
}

function meanDifference({ data: a }: Matrix, { data: b }: Matrix): number {
  let sum = 0;
  for (let e = 0; e < a.length; e++) sum += Math.abs(a[e] - b[e]);
  return sum / a.length;
}
