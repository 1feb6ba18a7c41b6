// Hubs, intrinsic dimension and neighbourhoods. `truth` left out: the estimator's own mean over the
// repeats is the target, which is what its interval promises to hold.
import {
  clusters,
  directed,
  duplicates,
  greatSphere,
  hubs,
  lowRank,
  torus,
  uniform,
} from './spaces.mjs';

const dimensions = ['two-nn', 'gride', 'mle-dimension', 'local-pca-dimension', 'abid-dimension'];
const hubness = ['hubness-skewness', 'robin-hood', 'anti-hubs', 'largest-hub'];

/** What the warning of a dimension that depends on the neighbourhood's size says. */
const atNone = ({ table = [] }) => table.at(-1)?.dimension ?? NaN;

export const cases = [
  ...[2, 5, 10, 20].map((m) => ({
    space: `great sphere of dimension ${m} in R¹⁰⁰, 500 rows`,
    draw: greatSphere(500, m, 100),
    metrics: dimensions.map((id) => ({ id, truth: m, tolerance: 0.05 })),
  })),
  {
    space: 'flat torus of dimension 4 in R¹⁰⁰, 500 rows',
    draw: torus(500, 4, 100),
    metrics: dimensions.map((id) => ({ id, truth: 4, tolerance: 0.25, stated: atNone })),
  },
  {
    space: 'rank 6 with noise of variance 10⁻⁶ in R⁴⁰, 500 rows',
    draw: lowRank(500, 40, 6, 1e-6),
    metrics: dimensions.map((id) => ({ id, truth: 5, tolerance: 0.05 })),
  },
  {
    space: 'uniform on the sphere of R¹⁶, 400 rows',
    draw: uniform(400, 16),
    metrics: [
      ...hubness.map((id) => ({ id })),
      { id: 'codensity' },
      { id: 'clusterability', truth: 0.5, tolerance: 0.1 },
      { id: 'near-duplicates', truth: 0, tolerance: 0.01 },
      { id: 'persistence-0' },
    ],
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
    metrics: [{ id: 'clusterability' }, { id: 'persistence-0' }],
  },
  {
    space: '30 near-copies at 0.5° among 400 rows in R²⁰',
    draw: duplicates(400, 20, 30, 0.5),
    metrics: [{ id: 'near-duplicates', truth: 30, tolerance: 0.001 }, { id: 'two-nn' }],
  },
];
