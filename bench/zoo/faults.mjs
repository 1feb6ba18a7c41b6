// Faults of embedding files, each planted alone: what its metric says, and whom it names.
import { Random } from '../../dist/core/random.js';
import { normals, rowsOf, uniform } from './spaces.mjs';

const own = (ids) => ids.map((id) => ({ id }));

/** The share of the planted rows, `from` and on, that are among the first `count` rows named. */
const named =
  (count, from = 0) =>
  ({ rows = [] }) => {
    const planted = rows.slice(0, count).filter((row) => row >= from && row < from + count);
    return { value: planted.length / count };
  };

/** The column named first. */
const firstColumn = ({ columns = [] }) => ({ value: columns[0] ?? -1 });

/** E 16z²/(16z² + χ²) with d − 1 degrees of freedom: ∫₀^∞ 16 (1 + 32t)^(−3/2) (1 + 2t)^(−(d−1)/2) dt. */
function rogueShare(d) {
  const steps = 200_000;
  let sum = 0;
  for (let s = 0; s < steps; s++) {
    const u = (s + 0.5) / steps;
    const t = u / (1 - u);
    sum += (16 * (1 + 32 * t) ** -1.5 * (1 + 2 * t) ** (-(d - 1) / 2)) / (1 - u) ** 2 / steps;
  }
  return sum;
}

/** ((Σλ)²/Σλ'² − 1)/(d − 1) of λ = 16, 1, …, 1, a share ζ of them made even. */
function rogueIsoscore(d, zeta) {
  const [sum, squares] = [15 + d, 255 + d];
  const keep = (1 - zeta) ** 2;
  return (sum ** 2 / (keep * squares + ((1 - keep) * sum ** 2) / d) - 1) / (d - 1);
}

/** Uniform rows, and as many of another model: in other directions of the same space. */
const twoModels = (n, d) => (random) =>
  rowsOf(n, 2 * d, (i) =>
    Float64Array.from({ length: 2 * d }, (_, c) => (c < d === i < n / 2 ? random.normal() : 0)),
  );

/** Rows about a mean, the first few of half the noise: nearer to all others than these to one another. */
const plantedHubs = (n, d, count) => (random) =>
  rowsOf(n, d, (i) =>
    Float64Array.from({ length: d }, () => 0.25 + (i < count ? 0.3 : 1) * random.normal()),
  );

/** Rows in a narrow cone, the last few in far directions of their own. */
const loners = (n, d, count) => (random) =>
  rowsOf(n, d, (i) =>
    Float64Array.from({ length: d }, (_, c) =>
      i < n - count ? (c === 0 ? 5 : random.normal()) : c === 1 + i - (n - count) ? 5 : 0,
    ),
  );

/** Lengths e^(0.3 z), and frequencies that have Gauss's copula of correlation 0.6 with them. */
const lengths = (n, d) => (random) => {
  const { data } = uniform(n, d)(random.fork('directions'));
  return rowsOf(n, d, (i) => {
    const size = Math.exp(0.3 * random.normal());
    return data.subarray(i * d, (i + 1) * d).map((x) => size * x);
  });
};
const frequencies = ({ data, rows, cols }, seed) => {
  const random = Random.fromSeed(seed).fork('frequencies');
  const of = (i) => Math.log(Math.hypot(...data.subarray(i * cols, (i + 1) * cols))) / 0.3;
  return {
    frequencies: Float64Array.from({ length: rows }, (_, i) =>
      Math.exp(0.6 * of(i) + 0.8 * random.normal()),
    ),
  };
};

/** So many queries, each answered by one row dealt at random. */
const dealtAnswers =
  (count) =>
  ({ rows, cols }, seed) => {
    const random = Random.fromSeed(seed).fork('answers');
    const order = random.fork('dealt').sample(rows, count);
    const judgements = Array.from(order, (document, query) => ({ query, document, relevance: 1 }));
    return { answers: { queries: uniform(count, cols)(random.fork('queries')), judgements } };
  };

/** H_n/n, the mean of 1/rank over n ranks. */
const meanInverse = (n) =>
  Array.from({ length: n }, (_, r) => 1 / (r + 1) / n).reduce((a, b) => a + b);

/** The same rows twice, the second time in another order. */
const shuffled = (n, d) => (random) => {
  const a = uniform(n, d)(random.fork('rows'));
  const order = random.fork('order').sample(n);
  return { a, b: rowsOf(n, d, (i) => a.data.subarray(order[i] * d, (order[i] + 1) * d)) };
};

export const cases = [
  {
    space: '3 of 10 directions collapsed to a hundredth, 200 rows',
    draw: normals(200, 10, (z, _, c) => (c < 7 ? z : 0.01 * z)),
    metrics: [
      { id: 'collapsed-directions', truth: 3, tolerance: 0.01 },
      { id: 'effective-rank', truth: effectiveRank(), tolerance: 0.02 },
      { id: 'participation-ratio', truth: 7, tolerance: 0.05 },
      { id: 'entropy-rank', truth: 7, tolerance: 0.05 },
      ...own(['uniformity']),
    ],
  },
  {
    space: 'one column of 12 with 16 times the variance, 300 rows',
    draw: normals(300, 12, (z, _, c) => (c === 4 ? 4 * z : z)),
    metrics: [
      { id: 'rogue-dimensions', truth: rogueShare(12), tolerance: 0.02 },
      { id: 'isoscore', truth: rogueIsoscore(12, 0), tolerance: 0.02 },
      { id: 'isoscore-star', truth: rogueIsoscore(12, 0.1), tolerance: 0.02 },
    ],
  },
  {
    space: 'the column named there',
    draw: normals(300, 12, (z, _, c) => (c === 4 ? 4 * z : z)),
    metrics: [{ id: 'rogue-dimensions', truth: 4, tolerance: 0.001, read: firstColumn }],
  },
  {
    space: 'one column of 12 with mean 5, 300 rows',
    draw: normals(300, 12, (z, _, c) => (c === 4 ? 5 + z : z)),
    metrics: [{ id: 'cosine-contribution', truth: 1, tolerance: 0.02 }],
  },
  {
    space: 'rows of two models in one file, 300 rows',
    draw: twoModels(300, 12),
    metrics: [{ id: 'components', truth: 2, tolerance: 0.001 }],
  },
  {
    space: '12 planted hubs among 600 rows in R¹⁰⁰: the share named first',
    draw: plantedHubs(600, 100, 12),
    metrics: [{ id: 'largest-hub', truth: 1, tolerance: 0.05, read: named(12) }],
  },
  {
    space: '8 rows far from 300 in a cone in R²⁰: the share named first',
    draw: loners(308, 20, 8),
    metrics: [{ id: 'codensity', truth: 1, tolerance: 0.05, read: named(8, 300) }],
  },
  {
    space:
      'lengths of variation √(e^0.09 − 1), frequencies of rank correlation 6/π · asin 0.3, 300 rows',
    draw: lengths(300, 8),
    facts: frequencies,
    metrics: [
      { id: 'norm-variation', truth: Math.sqrt(Math.exp(0.09) - 1), tolerance: 0.02 },
      { id: 'norm-frequency-correlation', truth: (6 / Math.PI) * Math.asin(0.3), tolerance: 0.02 },
    ],
  },
  {
    space: '150 queries whose answers are dealt at random among 300 rows in R¹⁰',
    draw: uniform(300, 10),
    facts: dealtAnswers(150),
    metrics: [
      { id: 'recall', truth: 10 / 300, tolerance: 0.005 },
      { id: 'reciprocal-rank', truth: meanInverse(300), tolerance: 0.005 },
      { id: 'average-precision', truth: meanInverse(300), tolerance: 0.005 },
      { id: 'ndcg' },
    ],
  },
  {
    space: '300 rows in R¹⁰ against themselves in another order',
    draw: shuffled(300, 10),
    metrics: [
      { id: 'neighbor-overlap', truth: 10 / 299, tolerance: 0.005 },
      { id: 'linear-cka', truth: 0, tolerance: 0.01 },
      { id: 'mean-row-cosine', truth: 0, tolerance: 0.01 },
      { id: 'parity', verdict: 'permuted-rows', truth: 1, tolerance: 0.001 },
    ],
  },
];

/** e^H of seven singular values of 1 and three of 0.01. */
function effectiveRank() {
  const sum = 7.03;
  return Math.exp((7 * Math.log(sum) + 0.03 * Math.log(sum / 0.01)) / sum);
}
