import type { Matrix } from '../../core/matrix.ts';
import { unitRows } from '../../core/rows.ts';
import {
  createSpace,
  type Measured,
  type Metric,
  type SpaceFacts,
} from '../../families/metrics/index.ts';
import { type OptionSpecs, type OptionsOf, resolveOptions } from '../../method/options.ts';
import type { StudyContext } from '../define.ts';

/** What a metric says about rows, without its null, which takes the longest of a call. */
export async function measuredAlone<S extends OptionSpecs>(
  metric: Metric<S>,
  raw: Matrix,
  options: Partial<OptionsOf<S>>,
  { engine, signal, seed }: Pick<StudyContext, 'engine' | 'signal' | 'seed'>,
  facts: Pick<SpaceFacts, 'datastore' | 'exact' | 'classes'> = {},
): Promise<Measured> {
  const { spec } = metric;
  const { points, norms } = unitRows(spec.id, raw);
  const space = createSpace(points, engine, { signal }, { raw, norms, seed, ...facts });
  return metric.measure(space, resolveOptions(spec.id, spec.options, options));
}
