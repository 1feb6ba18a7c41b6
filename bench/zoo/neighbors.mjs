// Hubs, intrinsic dimension and neighbourhoods. `truth` left out: the estimator's own mean over the
// repeats is the target, which is what its interval promises to hold.
import {
  ball,
  centersOf,
  circle,
  clusters,
  cube,
  directed,
  duplicates,
  greatSphere,
  hubs,
  lowRank,
  normals,
  torus,
  uniform,
} from './spaces.mjs';

const dimensions = ['two-nn', 'gride', 'mle-dimension', 'local-pca-dimension', 'abid-dimension'];
const hubness = ['hubness-skewness', 'robin-hood', 'anti-hubs', 'largest-hub'];

/**
 * 1 − a/b by cosine distance, rows c + σz: cosines are those of the centres over 1 + dσ², and the nearest
 * other class is that of the largest of them.
 */
function clusterSilhouette(d, count, spread) {
  const { data } = centersOf(count, d);
  const shrink = 1 / (1 + d * spread * spread);
  const cosine = (a, b) =>
    Array.from({ length: d }, (_, c) => data[a * d + c] * data[b * d + c]).reduce((x, y) => x + y);
  let sum = 0;
  for (let a = 0; a < count; a++) {
    const others = Array.from({ length: count }, (_, b) => (b === a ? -1 : cosine(a, b)));
    sum += 1 - (1 - shrink) / (1 - shrink * Math.max(...others));
  }
  return sum / count;
}

/** What the warning of a dimension that depends on the neighbourhood's size says. */
const atNone = ({ table = [] }) => table.at(-1)?.dimension ?? NaN;

export const cases = [
  ...[2, 5, 10, 20].map((m) => ({
    space: `great sphere of dimension ${m} in R¹⁰⁰, 300 rows`,
    draw: greatSphere(300, m, 100),
    metrics: dimensions.map((id) => ({ id, truth: m, tolerance: 0.05 })),
  })),
  {
    space: 'flat torus of dimension 4 in R¹⁰⁰, 500 rows',
    draw: torus(500, 4, 100),
    metrics: dimensions.map((id) => ({ id, truth: 4, tolerance: 0.25, stated: atNone })),
  },
  {
    space: 'ball of dimension 20 in R¹⁰⁰, 3,000 rows',
    draw: ball(3000, 20, 100),
    metrics: dimensions.map((id) => ({ id, truth: 20, tolerance: 0.1 })),
  },
  {
    space: 'cube on the sphere, of dimension 20 in R¹⁰⁰, 1,000 rows',
    draw: cube(1000, 20, 100),
    metrics: dimensions.slice(0, 3).map((id) => ({ id, truth: 20, tolerance: 0.15 })),
  },
  {
    space: 'rank 6 with noise of variance 10⁻⁶ in R⁴⁰, 300 rows',
    draw: lowRank(300, 40, 6, 1e-6),
    metrics: dimensions.map((id) => ({ id, truth: 5, tolerance: 0.05 })),
  },
  {
    space: 'uniform on the sphere of R¹⁶, 400 rows',
    draw: uniform(400, 16),
    metrics: [
      ...hubness.map((id) => ({ id })),
      { id: 'codensity' },
      { id: 'clusterability', truth: 0.5, tolerance: 0.02 },
      { id: 'near-duplicates', truth: 0, tolerance: 0.01 },
      { id: 'persistence-0' },
      { id: 'components', truth: 1, tolerance: 0.01 },
    ],
  },
  {
    space: 'uniform on the sphere of R⁸⁰, 400 rows',
    draw: uniform(400, 80),
    metrics: [{ id: 'clusterability', truth: 0.5, tolerance: 0.02 }],
  },
  {
    space: 'normal rows of variances 1, 1/2, 1/3, … in R⁴⁰, 400 rows',
    draw: normals(400, 40, (z, _, c) => z / Math.sqrt(c + 1)),
    metrics: [{ id: 'clusterability', truth: 0.5, tolerance: 0.02 }],
  },
  {
    space: 'von Mises–Fisher, κ = 20, on the sphere of R¹⁶, 400 rows',
    draw: directed(400, 16, 20),
    metrics: [...hubness.map((id) => ({ id })), { id: 'codensity' }, { id: 'clusterability' }],
  },
  {
    space: 'normal rows about a mean of √40 in R⁴⁰ (hubs), 400 rows',
    draw: hubs(400, 40, 1),
    metrics: [...hubness.map((id) => ({ id })), { id: 'hubness-corrections' }],
  },
  {
    space: 'ten clusters of spread 0.02 in R¹⁶, 400 rows',
    draw: clusters(400, 16, 10, 0.02),
    facts: ({ rows }) => ({ classes: Array.from({ length: rows }, (_, i) => `${i % 10}`) }),
    metrics: [
      { id: 'clusterability', truth: 1, tolerance: 0.001 },
      { id: 'persistence-0' },
      { id: 'components', truth: 10, tolerance: 0.01 },
      { id: 'silhouette', truth: clusterSilhouette(16, 10, 0.02), tolerance: 0.01 },
    ],
  },
  {
    space: '30 near-copies at 0.5° among 400 rows in R²⁰',
    draw: duplicates(400, 20, 30, 0.5),
    metrics: [{ id: 'near-duplicates', truth: 30, tolerance: 0.001 }, { id: 'two-nn' }],
  },
  {
    space: 'circle with noise 0.02 in R⁵, 300 rows',
    draw: circle(300, 5, 0.02),
    metrics: [{ id: 'persistence-1', truth: Math.sqrt(3), tolerance: 0.15 }],
  },
];
