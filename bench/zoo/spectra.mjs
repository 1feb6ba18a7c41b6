// Spread, rank and labels. `truth` left out: the estimator's own mean over the repeats is the target.
import { matrix } from '../../dist/core/matrix.js';
import { directed, uniform } from './spaces.mjs';

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
const own = (ids) => ids.map((id) => ({ id }));

/** n × d independent normals, each passed through `f(z, i, c)`. */
const normals = (n, d, f) => (random) =>
  matrix(
    Float32Array.from({ length: n * d }, (_, e) => f(random.normal(), Math.floor(e / d), e % d)),
    n,
    d,
  );

export const cases = [
  {
    space: 'uniform on the sphere of R¹⁰, 200 rows',
    draw: uniform(200, 10),
    metrics: [
      ...own(spread),
      ...own(rank),
      { id: 'significant-directions', truth: 0, tolerance: 0.1 },
    ],
  },
  {
    space: 'von Mises–Fisher, κ = 20, on the sphere of R¹⁰, 300 rows',
    draw: directed(300, 10, 20),
    metrics: [...own(spread), ...own(rank)],
  },
  {
    space: '5 of 40 directions with 16 times the variance, 300 rows',
    draw: normals(300, 40, (z, _, c) => (c < 5 ? 4 * z : z)),
    metrics: [{ id: 'significant-directions', truth: 5, tolerance: 0.1 }, ...own(rank)],
  },
  {
    space: '3 of 10 directions collapsed, 200 rows',
    draw: normals(200, 10, (z, _, c) => (c < 7 ? z : 0.01 * z)),
    metrics: [{ id: 'collapsed-directions', truth: 3, tolerance: 0.01 }],
  },
  {
    space: 'one column of 12 with 16 times the variance, 300 rows',
    draw: normals(300, 12, (z, _, c) => (c === 4 ? 4 * z : z)),
    metrics: own(['rogue-dimensions']),
  },
  {
    space: '4 classes at orthogonal axes, noise 0.3, in R¹², 240 rows',
    draw: normals(240, 12, (z, i, c) => 0.3 * z + (c === i % 4 ? 1 : 0)),
    facts: ({ rows }) => ({ classes: Array.from({ length: rows }, (_, i) => `${i % 4}`) }),
    metrics: own(labels),
  },
];
