import type { ComparisonRow } from '../../families/comparisons/types.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import { NONE, significant } from './format.ts';
import { metricLine } from './metric-lines.ts';
import { type TerminalStyle, type TextColumn, textTable } from './terminal.ts';

/** What the table shows of a layer. */
interface ShownLayer {
  readonly layer: number;
  readonly metrics: readonly MetricRow[];
  readonly overlap: ComparisonRow | null;
}

const OVERLAP = 'shared with next';

/** A line for each layer: every number with its interval, beside that of the control; no final newline. */
export function layersTable(
  layers: readonly ShownLayer[],
  control: readonly ShownLayer[] | undefined,
  style: TerminalStyle,
): string {
  const beside = (name: string, cells: readonly string[] | undefined): TextColumn[] =>
    cells ? [{ head: `${name}, control`, cells }] : [];
  const ofMetrics = layers[0].metrics.flatMap(({ id }, m): TextColumn[] => {
    const lines = layers.map(({ metrics }) => metricLine(metrics[m]));
    const others = control?.map(({ metrics }) => metricLine(metrics[m]).value);
    return [
      { head: id, cells: lines.map(({ value }) => value), bold: true },
      { head: '95 %', cells: lines.map(({ interval }) => interval), left: true, optional: 2 },
      ...beside(id, others),
    ];
  });
  const overlaps = layers.map(({ overlap }) => overlap);
  const ofOverlap: TextColumn[] =
    layers.length < 2
      ? []
      : [
          { head: OVERLAP, cells: overlaps.map((row) => number(row?.value)), bold: true },
          { head: '95 %', cells: overlaps.map(interval), left: true, optional: 2 },
          { head: 'chance', cells: overlaps.map((row) => number(row?.null?.value)), optional: 1 },
          ...beside(
            OVERLAP,
            control?.map(({ overlap }) => number(overlap?.value)),
          ),
        ];
  const names = { head: 'layer', cells: layers.map(({ layer }) => String(layer)) };
  return textTable([names, ...ofMetrics, ...ofOverlap], style);
}

function interval(row: ComparisonRow | null): string {
  if (row?.low == null || row.high == null) return '';
  return `${number(row.low)} to ${number(row.high)}`;
}

function number(value: number | null | undefined): string {
  return value == null ? NONE : significant(value, 3);
}
