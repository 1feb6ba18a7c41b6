import type { MetricRow } from '../../../../families/metrics/types.ts';
import type { Finding } from '../../../doctor/index.ts';
import { type DoctorOptions, diagnose } from '../../../verbs/doctor.ts';
import type { Inspection } from '../../../verbs/report.ts';
import { fieldOf } from '../../session/fields.ts';
import type { StudioField, StudioTable } from '../../session/state.ts';
import type { ActionContext } from '../define.ts';
import { metricReading } from './metric-reading.ts';

/** A number as the page and agents have it: as `measure --json`, with what it says in words and where its rows' numbers are. */
export interface MeasuredNumber extends Omit<MetricRow, 'perRow'> {
  readonly summary: string;
  readonly reading: string;
  /** Ids of the fields with the number of each row. */
  readonly fields: readonly string[];
}

export interface Examined {
  readonly inspection: Inspection | undefined;
  readonly numbers: readonly MeasuredNumber[];
  readonly findings: readonly Finding[];
  readonly fields: readonly StudioField[];
}

/** Measures a table, without rows that have no direction, and says what is wrong with it. */
export async function examined(
  { id, name, called = name, table }: StudioTable,
  options: DoctorOptions,
  { engine, signal, onProgress }: ActionContext,
  from: string,
): Promise<Examined> {
  const { inspection, findings } = await diagnose(
    table,
    { ...options, engine, source: called },
    { signal, onProgress },
  );
  if (!inspection) return { inspection, numbers: [], findings, fields: [] };
  const { metrics } = inspection.measurement;
  const spread = spreaderOf(inspection, table.points.rows);
  const fields: StudioField[] = [];
  const numbers = metrics.map(({ perRow = {}, ...metric }) => {
    const own = Object.entries(perRow).map(([key, values]) =>
      fieldOf(fieldId(metric, key), spread(values), {
        from,
        kind: 'number',
        title: key === 'value' ? metric.title : `${metric.title}: ${key}`,
      }),
    );
    fields.push(...own);
    return { ...metric, ...metricReading(metric, id), fields: own.map(({ info }) => info.id) };
  });
  return { inspection, numbers, findings, fields };
}

/** `codensity`, `knn-accuracy-own`; with options that were given, `codensity(k=5)`. */
function fieldId({ id, options }: Pick<MetricRow, 'id' | 'options'>, key: string): string {
  const given = Object.entries(options ?? {}).map(([name, value]) => `${name}=${value}`);
  const term = given.length > 0 ? `${id}(${given.join(',')})` : id;
  return key === 'value' ? term : `${term}-${key}`;
}

/** Values of the rows that were measured as values of all, NaN for the others. */
export function spreaderOf(
  { details: { rows } }: Inspection,
  n: number,
): (values: ArrayLike<number>) => Float64Array {
  return (values) => {
    if (!rows) return Float64Array.from(values);
    const all = new Float64Array(n).fill(Number.NaN);
    for (let i = 0; i < rows.length; i++) all[rows[i]] = values[i];
    return all;
  };
}
