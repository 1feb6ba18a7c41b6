import type { KnnGraph } from '../../../../core/graph.ts';
import type { NullValue } from '../../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../../numerics/statistics/simulated-interval.ts';
import { drawsInWords, type UniformModel } from '../../../../structures/uniform/uniform-model.ts';

/** The law of a statistic of the k nearest neighbours under uniform points: mean and 95 %, simulated. */
export async function simulatedNeighborNull(
  model: UniformModel,
  k: number,
  statistic: (graph: KnnGraph) => number,
): Promise<NullValue | undefined> {
  const { n } = model;
  if (n < 2) return undefined;
  const drawn = await model.neighborDraws(Math.min(k, n - 1));
  const { mean, low, high } = simulatedInterval(drawn.graphs.map(statistic), drawn.rows, n);
  return { value: mean, low, high, how: `simulated, ${drawsInWords(drawn, n)}; mean` };
}
