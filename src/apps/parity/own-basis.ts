import type { Matrix } from '../../core/matrix.ts';
import { atLeast, type ParityInput } from './contract.ts';

/** Orders of the rows by which chance is judged, and how far beyond its spread the columns must go. */
const DRAWS = 40;
const BEYOND_CHANCE = 5;

/** Whether column j of B goes with column j of A more than with any other. */
export function ownBasis(input: ParityInput) {
  const { a, b } = input;
  if (a.cols !== b.cols || a.rows < 20) return undefined;
  const [x, y] = [standardized(a), standardized(b)];
  const d = a.cols;
  const n = a.rows;
  let [own, best, varied, explainedShare, weight] = [0, 0, 0, 0, 0];
  for (let c = 0; c < d; c++) {
    const r = correlation(x.data, y.data, n, d, c, c);
    const variance = y.variances[c];
    explainedShare += variance * r * r;
    weight += variance;
    if (x.variances[c] === 0 || variance === 0) continue;
    varied++;
    own += r;
    // A few other columns stand for all: the own one is best by far, or it is not.
    let isBest = true;
    for (let step = 1; step <= Math.min(50, d - 1) && isBest; step++) {
      const other = (c + step * 7919) % d;
      if (other !== c && correlation(x.data, y.data, n, d, other, c) >= r) isBest = false;
    }
    if (isBest) best++;
  }
  const mean = own / varied;
  return {
    correlation: mean,
    explained: explainedShare / weight,
    evidence: [
      atLeast(
        'own-column-correlation',
        mean,
        0.2,
        'mean correlation of a column of A with the same column of B',
      ),
      atLeast(
        'own-column-beyond-chance',
        mean / spreadByChance(x, y, varied, input),
        BEYOND_CHANCE,
        'that mean over its standard deviation among other orders of the rows',
      ),
      atLeast(
        'own-column-best',
        best / varied,
        0.9,
        'share of columns that go with themselves more than with 50 others',
      ),
    ],
  };
}

/** Standard deviation of the mean correlation of columns with themselves when rows are in any order. */
function spreadByChance(
  x: Standardized,
  y: Standardized,
  varied: number,
  input: ParityInput,
): number {
  const { rows: n, cols: d } = input.a;
  const random = input.random('column correlations by chance');
  let squares = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = random.fork(draw).sample(n);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < d; c++) sum += x.data[i * d + c] * y.data[order[i] * d + c];
    }
    squares += (sum / (n * varied)) ** 2 / DRAWS;
  }
  return Math.sqrt(squares);
}

type Standardized = ReturnType<typeof standardized>;

function standardized({ data, rows: n, cols: d }: Matrix) {
  const out = Float64Array.from(data);
  const variances = new Float64Array(d);
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += data[i * d + c] / n;
    for (let i = 0; i < n; i++) variances[c] += (data[i * d + c] - mean) ** 2 / n;
    const scale = variances[c] > 0 ? 1 / Math.sqrt(variances[c]) : 0;
    for (let i = 0; i < n; i++) out[i * d + c] = (data[i * d + c] - mean) * scale;
  }
  return { data: out, variances };
}

function correlation(
  x: Float64Array,
  y: Float64Array,
  n: number,
  d: number,
  p: number,
  q: number,
): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i * d + p] * y[i * d + q];
  return sum / n;
}
