import { integer } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import { TOO_FEW } from '../shared/dimension-estimates.ts';
import { medianInPlace } from '../shared/nearest-angles.ts';
import { rowGroups, visitNeighborhoods } from '../shared/neighborhoods.ts';
import { jackknifeSpread } from '../shared/occurrence-jackknife.ts';
import { debiasedParticipation } from '../shared/participation.ts';

/** Neighbours needed for the unbiased traces. */
const FEWEST = 5;

/**
 * Local PCA dimension: the participation ratio (tr Σ)²/tr Σ² of the covariance Σ of the k neighbours of
 * a row, in the tangent space of the sphere; the median over up to 400 rows, which outliers do not move.
 *
 * With few neighbours the plain ratio reads low (k neighbours have rank k − 1 at most): both traces are
 * estimated without bias. It weighs directions by their variance: noise that is small counts little.
 *
 * @function
 */
export const localPcaDimension = /* @__PURE__ */ defineMetric({
  id: 'local-pca-dimension',
  group: 'dimension',
  title: 'Local PCA dimension',
  summary: 'The median participation ratio of the covariance of a row’s nearest neighbours.',
  references: [
    {
      authors: 'Fukunaga, Olsen',
      title: 'An Algorithm for Finding Intrinsic Dimensionality of Data',
      year: 1971,
      source: 'doi:10.1109/T-C.1971.223208',
      part: 'principal components of neighbourhoods',
    },
    {
      authors: 'Himeno, Yamada',
      title:
        'Estimations for some functions of covariance matrix in high dimension under non-normality and its applications',
      year: 2014,
      source: 'doi:10.1016/j.jmva.2014.04.020',
      part: 'unbiased estimates of tr Σ² and (tr Σ)²',
    },
  ],
  deviations: ['Participation ratio in place of a count of eigenvalues above a threshold.'],
  options: {
    k: integer(64, 'Neighbours of each row.', { min: 5, max: 1000, symbol: 'k' }),
  },
  listLength: 64,
  async measure(space, { k }) {
    const { rows: n, cols: d } = space.points;
    if (n < 6) return TOO_FEW;
    const { groupOf, groups } = rowGroups(space);
    const rows: number[] = [];
    const values: number[] = [];
    const without: number[][] = Array.from({ length: groups }, () => []);
    const dimension = (gram: Float64Array, size: number, places: readonly number[]) =>
      Math.min(d, debiasedParticipation(gram, size, places));
    await visitNeighborhoods(space, Math.min(k, n - 1), ({ row, neighbors, gram }) => {
      const size = neighbors.length;
      const places = [...neighbors.keys()];
      if (size < FEWEST) return;
      rows.push(row);
      values.push(dimension(gram, size, places));
      for (let g = 0; g < groups; g++) {
        const kept = places.filter((a) => groupOf[neighbors[a]] !== g);
        if (groupOf[row] !== g && kept.length >= FEWEST)
          without[g].push(dimension(gram, size, kept));
      }
    });
    if (values.length < 2) return TOO_FEW;
    const series = { x: rows, y: values, xName: 'row', yName: 'local dimension' };
    const value = median(values);
    const half = jackknifeSpread(without.map(median));
    return { value, low: Math.max(1, value - half), high: Math.min(d, value + half), series };
  },
  underUniform({ n, d }) {
    if (n < 6 || d < 2) return undefined;
    return { value: d - 1, how: 'asymptotic: neighbours evenly spread in d − 1 directions' };
  },
});

function median(values: readonly number[]): number {
  return medianInPlace(Float64Array.from(values));
}
