import { integer } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import { TOO_FEW } from '../shared/dimension-estimates.ts';
import { rowGroups, visitNeighborhoods } from '../shared/neighborhoods.ts';
import { jackknifeSpread } from '../shared/occurrence-jackknife.ts';

/**
 * Intrinsic dimension from angles (ABID): seen from a row, the directions of its neighbours have
 * E cos² = 1/m where they are spread evenly over m dimensions. The value is the inverse of the mean of
 * cos² over all pairs of the k neighbours of up to 400 rows.
 *
 * Directions are those of great circles (in the tangent space of the sphere), so concentration of
 * distances does not bias it: uniform points of a great sphere have exactly its dimension. It sees the
 * shape of the neighbourhood, not its density: long thin neighbourhoods count as fewer dimensions.
 *
 * @function
 */
export const abidDimension = /* @__PURE__ */ defineMetric({
  id: 'abid-dimension',
  group: 'dimension',
  title: 'Angle-based dimension (ABID)',
  summary: 'The intrinsic dimension that the angles between neighbours show.',
  references: [
    {
      authors: 'Thordsen, Schubert',
      title: 'ABID: Angle Based Intrinsic Dimensionality',
      year: 2020,
      source: 'arXiv:2006.12880',
      part: 'the estimate from the mean squared cosine',
    },
  ],
  deviations: [
    'Pairs of one neighbour with itself, always 1, are left out.',
    'Angles on the sphere, between great circles, in place of angles in space.',
    'Inverses are averaged over the rows.',
  ],
  options: {
    k: integer(64, 'Neighbours of each row.', { min: 3, max: 1000, symbol: 'k' }),
  },
  listLength: 64,
  async measure(space, { k }) {
    const n = space.points.rows;
    if (n < 4) return TOO_FEW;
    const { groupOf, groups } = rowGroups(space);
    // Sum of cos² and number of pairs, in all and of those that leaving out a group takes away.
    const total = [0, 0];
    const lost = Array.from({ length: groups }, () => [0, 0]);
    await visitNeighborhoods(space, Math.min(k, n - 1), ({ row, neighbors, gram }) => {
      const count = neighbors.length;
      const own = groupOf[row];
      for (let a = 0; a < count; a++) {
        for (let b = a + 1; b < count; b++) {
          const square = squaredCosine(gram, a, b, count);
          total[0] += square;
          total[1] += 1;
          const [first, second] = [groupOf[neighbors[a]], groupOf[neighbors[b]]];
          take(lost[own], square);
          if (first !== own) take(lost[first], square);
          if (second !== own && second !== first) take(lost[second], square);
        }
      }
    });
    if (!(total[1] > 0)) return TOO_FEW;
    const rates = lost.map(([squares, pairs]) => (total[0] - squares) / (total[1] - pairs));
    const mean = total[0] / total[1];
    const half = jackknifeSpread(rates);
    const value = 1 / mean;
    return { value, low: 1 / (mean + half), high: mean > half ? 1 / (mean - half) : Infinity };
  },
  underUniform({ n, d }) {
    if (n < 4 || d < 2) return undefined;
    return { value: d - 1, how: 'exact, for the mean of the squared cosine' };
  },
});

function take(sums: number[], square: number): void {
  sums[0] += square;
  sums[1] += 1;
}

function squaredCosine(gram: Float64Array, a: number, b: number, count: number): number {
  const lengths = gram[a * count + a] * gram[b * count + b];
  // An opposite row has no direction: every great circle leads there.
  if (!(lengths > 0)) return 1;
  return Math.min(1, gram[a * count + b] ** 2 / lengths);
}
