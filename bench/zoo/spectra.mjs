// Spread, rank and labels. `truth` left out: the estimator's own mean over the repeats is the target.
import { Random } from '../../dist/core/random.js';
import { directed, normals, uniform } from './spaces.mjs';

const spread = [
  'circular-variance',
  'mean-cosine',
  'mean-nearest-angle',
  'median-nearest-angle',
  'min-angle',
  'mst-length',
  'isoscore',
  'isoscore-star',
  'rayleigh-test',
  'bingham-test',
  'gine-test',
  'partition-isotropy',
];
const rank = [
  'effective-rank',
  'entropy-rank',
  'stable-rank',
  'participation-ratio',
  'coding-rate',
  'spectrum-slope',
];
const labels = [
  'knn-accuracy',
  'linear-probe-accuracy',
  'silhouette',
  'nc1',
  'nc2',
  'nc3',
  'nc4',
  'class-alignment',
  'class-separation',
  'class-rank',
  'rate-reduction',
];
const fours = (n) => Array.from({ length: n }, (_, i) => `${i % 4}`);
const own = (ids) => ids.map((id) => ({ id }));

/** E exp(−2‖x − u‖²) over uniform u: e⁻⁴ ₀F₁(; d/2; 4). */
function meanKernel(d) {
  let [sum, term] = [0, 1];
  for (let k = 0; k < 60; k++) {
    sum += term;
    term *= 4 / ((k + 1) * (d / 2 + k));
  }
  return Math.exp(-4) * sum;
}

export const cases = [
  {
    space: 'uniform on the sphere of R¹⁰, 200 rows',
    draw: uniform(200, 10),
    metrics: [
      ...own(spread),
      ...own(rank),
      { id: 'significant-directions', truth: 0, tolerance: 0.1 },
      { id: 'uniformity', truth: Math.log(meanKernel(10)), tolerance: 0.01 },
      { id: 'mmd', truth: 0, tolerance: 0.001 },
      { id: 'projected-test' },
    ],
  },
  {
    space: 'von Mises–Fisher, κ = 20, on the sphere of R¹⁰, 300 rows',
    draw: directed(300, 10, 20),
    metrics: [...own(spread), ...own(rank)],
  },
  {
    space: 'the same, along the same 32 directions',
    draw: directed(300, 10, 20),
    seed: 0,
    metrics: own(['projected-test']),
  },
  {
    space: '5 of 40 directions with 16 times the variance, 300 rows',
    draw: normals(300, 40, (z, _, c) => (c < 5 ? 4 * z : z)),
    metrics: [{ id: 'significant-directions', truth: 5, tolerance: 0.1 }, ...own(rank)],
  },
  {
    space: '4 classes at orthogonal axes, noise 0.3, in R¹², 240 rows',
    draw: normals(240, 12, (z, i, c) => 0.3 * z + (c === i % 4 ? 1 : 0)),
    facts: ({ rows }) => ({ classes: fours(rows) }),
    metrics: own(labels),
  },
  {
    space: 'the same rows, classes dealt at random',
    draw: normals(240, 12, (z, i, c) => 0.3 * z + (c === i % 4 ? 1 : 0)),
    facts: ({ rows }, seed) => {
      const names = fours(rows);
      const order = Random.fromSeed(seed).fork('classes').sample(rows);
      return { classes: Array.from(order, (i) => names[i]) };
    },
    metrics: [
      { id: 'knn-accuracy', truth: 0.25, tolerance: 0.02 },
      { id: 'linear-probe-accuracy', truth: 0.25, tolerance: 0.05 },
      { id: 'silhouette', truth: 0, tolerance: 0.05 },
    ],
  },
];
