import type { NullValue } from '../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import type { UniformModel } from '../../../structures/uniform/uniform-model.ts';

/** The law of a number about the spectrum under uniform points. */
export async function spectralNull(
  model: UniformModel,
  of: 'secondMoment' | 'covariance',
  statistic: (values: Float64Array) => number,
): Promise<NullValue | undefined> {
  const { n } = model;
  if (n < 2) return undefined;
  const draws = await model.spectra();
  const values = draws[of].map(statistic);
  if (!values.every(Number.isFinite)) return undefined;
  if (!draws.simulated) return { value: values[0], how: 'asymptotic: Marchenko–Pastur law' };
  const { mean, low, high } = simulatedInterval(values, n, n);
  return { value: mean, low, high, how: `simulated, ${values.length} draws of ${n} points; mean` };
}
