import type { MetricRow } from '../../../../families/metrics/types.ts';
import { metricLine } from '../../../report/metric-lines.ts';
import { allMetrics } from '../../../verbs/metric-rows.ts';

/** What a number is, and in a sentence what it says beside its null. */
export function metricReading(
  row: MetricRow,
  table: string,
): { readonly summary: string; readonly reading: string } {
  const summary = allMetrics.find(({ spec }) => spec.id === row.id)?.spec.summary ?? '';
  return { summary, reading: readingOf(row, table) };
}

function readingOf(row: MetricRow, table: string): string {
  if (row.value === null) return row.warnings[0] ?? `It does not exist for table ${table}.`;
  const { value, interval, null: expected, pValue } = metricLine(row);
  const own = interval === '' ? value : `${value} (${interval})`;
  if (!row.null) return `${own}.`;
  if (pValue !== '') return `${own}; ${pValue} under the null.`;
  return `${own}, ${standing(row)} the ${expected} of the null.`;
}

/** Above or below where the intervals lie apart; else not told apart. */
function standing({ value, low, high, null: law }: MetricRow): string {
  const [own, other] = [
    { low: low ?? value ?? 0, high: high ?? value ?? 0 },
    { low: law?.low ?? law?.value ?? 0, high: law?.high ?? law?.value ?? 0 },
  ];
  if (own.low > other.high) return 'above';
  if (own.high < other.low) return 'below';
  return 'not told apart from';
}
