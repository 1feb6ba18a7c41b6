import { OptionError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import * as metrics from '../../families/metrics/index.ts';
import {
  METRIC_GROUPS,
  type Measured,
  type Metric,
  type MetricRow,
} from '../../families/metrics/types.ts';
import { type OptionSpecs, type OptionsOf, resolveOptions } from '../../method/options.ts';
import { methodTerm } from '../../method/terms.ts';
import { LEVEL } from '../../numerics/statistics/intervals.ts';
import type { NullValue } from '../../numerics/statistics/null-value.ts';
import { withinRange } from '../../numerics/statistics/range.ts';
import { simulatedInterval } from '../../numerics/statistics/simulated-interval.ts';
import {
  gaussianRows,
  NULL_PHRASES,
  type NullModel,
  permutedColumns,
} from '../../structures/space/null-models.ts';
import { createSpace } from '../../structures/space/space.ts';
import type { Space } from '../../structures/space/types.ts';
import type { UniformModel } from '../../structures/uniform/uniform-model.ts';

const isMetric = (value: unknown): value is Metric =>
  typeof value === 'function' && 'spec' in value && 'group' in value;

/** Every metric, family by family. */
export const allMetrics: readonly Metric[] = (Object.values(metrics) as unknown[])
  .filter(isMetric)
  .sort((a, b) => METRIC_GROUPS.indexOf(a.group) - METRIC_GROUPS.indexOf(b.group));

/** A metric, the options that were given, and all that it runs with. */
export interface ChosenMetric {
  readonly metric: Metric;
  readonly given?: Readonly<Record<string, unknown>> | undefined;
  readonly options: OptionsOf<OptionSpecs>;
}

/**
 * The metrics of ids (with options: `gride(scale=16)`), of groups, or `all`, each at its defaults first; those that
 * need facts of rows which are not known are left out later.
 */
export function chosenMetrics(
  names: readonly string[],
  where = 'measure',
  option = 'metrics',
): readonly ChosenMetric[] {
  const terms = names.map((name) => ({ name, ...(methodTerm(name) ?? { id: name, options: {} }) }));
  for (const { name, id, options } of terms) {
    const isGroup = id === 'all' || allMetrics.some(({ group }) => group === id);
    const isBare = Object.keys(options).length === 0;
    if (isGroup ? isBare : allMetrics.some(({ spec }) => spec.id === id)) continue;
    const ids = allMetrics.map(({ spec }) => spec.id).join(', ');
    const wanted = `all, a group (${METRIC_GROUPS.join(', ')}) or one of ${ids}, with options as in gride(scale=16)`;
    throw new OptionError(where, option, wanted, name);
  }
  return allMetrics.flatMap((metric) => {
    const { id, options } = metric.spec;
    const asked = terms.filter((term) => ['all', metric.group, id].includes(term.id));
    const given = new Map(asked.map((term) => [JSON.stringify(term.options), term.options]));
    return [...given.values()]
      .sort((a, b) => Object.keys(a).length - Object.keys(b).length)
      .map((own) => ({
        metric,
        given: Object.keys(own).length > 0 ? own : undefined,
        options: resolveOptions<OptionSpecs>(id, options, own as never),
      }));
  });
}

export function metricRow(
  { metric: { spec, group, unit }, given }: ChosenMetric,
  { value, low, high, warnings = [], rows, columns, series, perRow, table, null: own }: Measured,
  expected: NullValue | undefined,
): MetricRow {
  const finite = (x: number | undefined) => (x !== undefined && Number.isFinite(x) ? x : null);
  const { id, title } = spec;
  return {
    id,
    group,
    title,
    options: given,
    unit,
    value: finite(value),
    low: finite(low),
    high: finite(high),
    level: LEVEL,
    null: own ?? expected ?? null,
    warnings,
    rows,
    columns,
    series,
    perRow,
    table,
  };
}

/** The same, with rows by other numbers: those of the file that they were taken from. */
export function renumbered(
  metrics: readonly MetricRow[],
  numbers: ArrayLike<number>,
): readonly MetricRow[] {
  return metrics.map((metric) => ({ ...metric, rows: metric.rows?.map((i) => numbers[i]) }));
}

/** The same without the values of single rows, which are too many to print. */
export function withoutRowValues<M extends { readonly metrics: readonly MetricRow[] }>(
  found: M,
): M {
  return { ...found, metrics: found.metrics.map((row) => ({ ...row, perRow: undefined })) };
}

/** The value of a metric under a null model. */
export type Expected = (chosen: ChosenMetric) => Promise<NullValue | undefined>;

const DRAWS = 10;
const MOST_ROWS = 2000;

/** A file's nulls: closed forms or simulation for uniform points, simulation for the others. */
export async function nullOf(
  model: NullModel,
  space: Space,
  uniform: UniformModel,
  engine: Engine,
  work: Work,
): Promise<Expected> {
  if (model === 'none') return async () => undefined;
  if (model === 'uniform') {
    return async ({ metric, options }) => metric.underUniform(uniform, options);
  }
  const n = space.points.rows;
  const rows = Math.min(n, MOST_ROWS);
  const make = { gaussian: gaussianRows, permuted: permutedColumns }[model];
  const spaces: Space[] = [];
  for (let r = 0; r < DRAWS; r++) {
    const raw = await make(space, rows, space.random(model).fork(r));
    const { points, norms } = unitRows('null', raw);
    spaces.push(createSpace(points, engine, { signal: work.signal }, { raw, norms }));
  }
  const instead = rows < n ? ` in place of ${n}` : '';
  const how = `simulated, ${NULL_PHRASES[model]}: ${DRAWS} draws of ${rows} rows${instead}; mean`;
  return async ({ metric, options }) => {
    if (metric.needs) return undefined;
    const values: number[] = [];
    for (const drawn of spaces) values.push((await metric.measure(drawn, options)).value);
    if (!values.every(Number.isFinite)) return undefined;
    const { mean, low, high } = simulatedInterval(values, rows, n);
    return withinRange(
      { value: mean, low, high, how },
      metric.range({ n, d: space.points.cols }, options),
    );
  };
}

/** The stream of a file's simulated uniform points. */
export function uniformStream(seed: number): Random {
  return Random.fromSeed(seed).fork('uniform');
}
