import { type Matrix, row } from '../../core/matrix.ts';
import { centered, meanRow } from '../../numerics/rows/centered.ts';
import { dot, rowDot, squaredNorm } from '../../numerics/rows/dot.ts';
import { meanOf, squaresAboutMean } from '../../numerics/statistics/averages.ts';
import { atLeast, atMost, type Evidence, type Finding, type ParityInput } from './contract.ts';

const ROUNDS = 8;

/** bᵢ = sᵢaᵢ + tᵢc for one direction c: a vector added to every row, or a common component removed. */
export function shifted({ a, b }: ParityInput): Finding {
  if (a.cols !== b.cols || a.cols < 3) return { evidence: [] };
  const whole = sameAboutMeans(a, b);
  if (whole.verdict) return whole;
  const found = oneDirection(a, b);
  return { ...found, evidence: [...whole.evidence, ...found.evidence] };
}

/** bᵢ − b̄ = s(aᵢ − ā): one vector lies between, however large. */
function sameAboutMeans(a: Matrix, b: Matrix): Finding {
  const [x, y] = [centered(a), centered(b)];
  const s = ratio(dot(x.data, y.data), squaredNorm(x.data));
  let left = 0;
  for (let i = 0; i < x.data.length; i++) left += (y.data[i] - s * x.data[i]) ** 2;
  const [meanA, meanB] = [meanRow(a), meanRow(b)];
  const length = Math.sqrt(squaredNorm(meanB.map((value, c) => value - s * meanA[c])));
  const rest = atMost(
    'rest-about-means',
    left / squaredNorm(y.data),
    0.01,
    'what is left of B’s spread about its mean when A’s, times one factor, is taken off',
  );
  const moved = a.rows * length * length;
  const share = atLeast(
    'means-apart',
    moved / (moved + left),
    0.95,
    'share of the difference that lies between the mean rows',
  );
  const evidence = [rest, share];
  return rest.holds && share.holds ? shiftFinding(evidence, length) : { evidence };
}

function shiftFinding(evidence: readonly Evidence[], length: number): Finding {
  return {
    evidence,
    verdict: 'shifted-mean',
    sentence: `The same vector, of length ${Number(length.toPrecision(3))}, is added to every row: one side is centred or has a bias that the other lacks.`,
    fix: 'subtract the mean row on both sides, or on neither',
  };
}

function oneDirection(a: Matrix, b: Matrix): Finding {
  const { direction, s, t, before, left, size } = fitted(a, b);
  const explained = atLeast(
    'one-direction-share',
    before > 0 ? 1 - left / before : NaN,
    0.95,
    'share of the difference that lies in one direction',
  );
  const rest = atMost(
    'one-direction-rest',
    left / size,
    2e-4,
    '‖B − sA − tcᵀ‖²/‖B‖² after that direction',
  );
  const own = atMost(
    'one-direction-own',
    left / acrossEnergy(b, direction),
    0.02,
    'the same over B’s spread across that direction: whether A explains what is left',
  );
  if (!explained.holds || !rest.holds || !own.holds) return { evidence: [explained, rest, own] };
  const ratios = t.map((value, i) => value / s[i]).filter(Number.isFinite);
  const mean = meanOf(ratios);
  const deviation = Math.sqrt(squaresAboutMean(ratios) / ratios.length);
  const constant = atMost(
    'shift-spread',
    deviation / Math.abs(mean),
    0.1,
    'spread of the amount from row to row',
  );
  const evidence = [explained, rest, own, constant];
  if (constant.holds) {
    const length = Math.abs(mean) * Math.sqrt(squaredNorm(direction));
    return shiftFinding(evidence, length);
  }
  return {
    evidence,
    verdict: 'removed-component',
    sentence:
      'The files differ in one direction only, by amounts that differ from row to row: a common component was removed on one side.',
    fix: 'remove the common component on both sides, or on neither',
  };
}

/** Σ‖bᵢ − b̄‖² across a direction. */
function acrossEnergy(b: Matrix, direction: Float64Array): number {
  const x = centered(b);
  const squared = squaredNorm(direction);
  let along = 0;
  for (let i = 0; i < x.rows; i++) along += dot(row(x, i), direction) ** 2 / squared;
  return squaredNorm(x.data) - (squared > 0 ? along : 0);
}

/** Alternating least squares; c starts as the direction in which the differences agree. */
function fitted(a: Matrix, b: Matrix) {
  const { rows: n, cols: d } = a;
  const s = new Float64Array(n);
  const t = new Float64Array(n);
  let direction = new Float64Array(d);
  let size = 0;
  let before = 0;
  for (let i = 0; i < n; i++) {
    s[i] = ratio(rowDot(a, i, b, i), rowDot(a, i, a, i));
    size += rowDot(b, i, b, i);
    for (let c = 0; c < d; c++) {
      const off = b.data[i * d + c] - s[i] * a.data[i * d + c];
      before += off * off;
      direction[c] += off / n;
    }
  }
  let left = before;
  for (let round = 0; round < ROUNDS; round++) {
    left = 0;
    const next = new Float64Array(d);
    let weight = 0;
    const cc = squaredNorm(direction);
    for (let i = 0; i < n; i++) {
      let [ac, bc] = [0, 0];
      for (let c = 0; c < d; c++) {
        ac += a.data[i * d + c] * direction[c];
        bc += b.data[i * d + c] * direction[c];
      }
      const [aa, ab] = [rowDot(a, i, a, i), rowDot(a, i, b, i)];
      const determinant = aa * cc - ac * ac;
      s[i] = ratio(ab * cc - bc * ac, determinant);
      t[i] = ratio(aa * bc - ac * ab, determinant);
      weight += t[i] * t[i];
      for (let c = 0; c < d; c++) {
        const off = b.data[i * d + c] - s[i] * a.data[i * d + c];
        next[c] += t[i] * off;
        left += (off - t[i] * direction[c]) ** 2;
      }
    }
    if (round < ROUNDS - 1) direction = next.map((x) => ratio(x, weight));
  }
  return { direction, s, t, before, left, size };
}

function ratio(x: number, y: number): number {
  return y === 0 ? 0 : x / y;
}
