import { Random } from '../core/random.ts';
import { referenceEngine } from '../engine/reference.ts';
import { createSpace, type Metric } from '../families/metrics/index.ts';
import { type OptionSpecs, resolveOptions } from '../method/options.ts';
import { uniformRows } from './points.ts';

/** The p-values of a test of uniformity on sets of uniform points. */
export async function uniformPValues<S extends OptionSpecs>(
  metric: Metric<S>,
  [n, d]: readonly [number, number],
  draws: number,
): Promise<number[]> {
  const options = resolveOptions(metric.spec.id, metric.spec.options);
  const random = Random.fromSeed(11);
  const values: number[] = [];
  for (let r = 0; r < draws; r++) {
    const points = uniformRows(n, d, random.fork(r));
    const space = createSpace(points, referenceEngine, {}, { raw: points, seed: r });
    values.push((await metric.measure(space, options)).null?.pValue ?? NaN);
  }
  return values;
}

/** How many standard errors the share of values below p is from p. */
export function excess(values: readonly number[], p: number): number {
  const share = values.filter((value) => value < p).length / values.length;
  return (share - p) / Math.sqrt((p * (1 - p)) / values.length);
}
