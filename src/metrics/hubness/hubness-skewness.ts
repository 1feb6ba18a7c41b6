import { integer } from '../../method/options.ts';
import { defineMetric } from '../contract.ts';
import { NO_PAIR } from '../shared/nearest-angles.ts';
import { occurrences, skewness } from '../shared/occurrences.ts';
import { drawsInWords, simulatedInterval } from '../shared/uniform-model.ts';

/**
 * Hubness: the skewness of the k-occurrence N_k(i), the number of rows that have row i among their k
 * nearest neighbours: E (N − k)³ / sd(N)³. Neighbours are exact.
 *
 * Around 0.3 for uniform points in many dimensions (1/√k); above 1 a few rows, the hubs, are
 * neighbours of very many. 0 where all rows occur equally often.
 *
 * @function
 */
export const hubnessSkewness = /* @__PURE__ */ defineMetric({
  id: 'hubness-skewness',
  group: 'hubness',
  title: 'Hubness (skewness of the k-occurrence)',
  summary: 'How unevenly rows occur among the nearest neighbours of others.',
  references: [
    {
      authors: 'Radovanović, Nanopoulos, Ivanović',
      title: 'Hubs in Space: Popular Nearest Neighbors in High-Dimensional Data',
      year: 2010,
      source: 'JMLR 11:2487-2531',
      part: 'the skewness S_{N_k} of the k-occurrence',
    },
  ],
  options: {
    k: integer(10, 'Neighbours counted for each row.', { min: 1, max: 1000, symbol: 'k' }),
  },
  async measure(space, { k }) {
    const n = space.points.rows;
    if (n < 2) return NO_PAIR;
    const value = skewness(occurrences(await space.nearest(Math.min(k, n - 1)), k, n));
    if (n > k + 1) return { value };
    return {
      value,
      warnings: [`with ${n} rows, every row is among the ${k} nearest of every other.`],
    };
  },
  async underUniform(model, { k }) {
    const { n } = model;
    if (n < 2) return undefined;
    const drawn = await model.neighborDraws(Math.min(k, n - 1));
    const values = drawn.graphs.map((graph) => skewness(occurrences(graph, k)));
    const { mean, low, high } = simulatedInterval(values, drawn.rows, n);
    return { value: mean, low, high, how: `simulated, ${drawsInWords(drawn, n)}; mean` };
  },
});
