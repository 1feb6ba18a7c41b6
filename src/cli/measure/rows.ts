import type { Inspection } from '../../apps/verbs/report.ts';
import { OptionError } from '../../core/errors.ts';
import { type Column, rowNames, type VectorTable } from '../../io/index.ts';
import { formatIdOf, writeColumnsWhole } from '../tables.ts';
import type { Flags } from './flags.ts';

/** What stands for the metric itself among its values of rows. */
const OWN = 'value';

/**
 * Writes what the metrics know of each row; returns the paths. A column is called after its metric and its
 * name; where rows have no labels or some were left out, the first column is their number in the file.
 */
export async function saveRows(
  inspection: Inspection | undefined,
  table: Pick<VectorTable, 'labels' | 'survey'>,
  flags: Flags,
): Promise<readonly string[]> {
  const { saveRows: path } = flags;
  if (!path || !inspection) return [];
  const { measurement, details } = inspection;
  const values = measurement.metrics.flatMap(({ id, perRow = {} }) =>
    Object.entries(perRow).map(([name, column]): [string, Column] => [
      name === OWN ? id : `${id}.${name}`,
      column,
    ]),
  );
  if (values.length === 0) {
    const wanted = 'left out: none of these metrics knows a number for each row';
    throw new OptionError('measure', 'save-rows', wanted, path);
  }
  const numbers = Float64Array.from({ length: measurement.n }, (_, i) => details.rows?.[i] ?? i);
  const nameOf = rowNames(table);
  const columns = [
    ...(table.labels && !details.rows ? [] : [['row', numbers] as const]),
    ...values,
  ];
  const labels = table.labels && Array.from(numbers, nameOf);
  const own = { labels, columns: Object.fromEntries(columns) };
  return writeColumnsWhole(path, own, formatIdOf(flags));
}
