import { METRIC_GROUPS, type MetricGroup, type MetricRow } from '../../families/metrics/types.ts';
import { fixed, NONE, significant } from './format.ts';

/** How a family of numbers is headed, and what it is good for: one sentence. */
export const GROUPS: Readonly<
  Record<MetricGroup, { readonly title: string; readonly meaning: string; readonly null?: string }>
> = {
  spread: {
    title: 'Spread and isotropy',
    meaning:
      'How evenly the rows use the directions there are: crowded or one-sided rows leave less room to tell things apart.',
  },
  rank: {
    title: 'Rank and spectrum',
    meaning: 'How many directions carry the differences between rows, and how many stand empty.',
  },
  dimension: {
    title: 'Intrinsic dimension',
    meaning:
      'How many coordinates the rows need near any one of them; far fewer than columns means they can be stored in less.',
  },
  hubness: {
    title: 'Hubs',
    meaning:
      'Whether a few rows are among the neighbours of very many, so that searches keep returning them.',
  },
  neighborhoods: {
    title: 'Neighbourhoods and shape',
    meaning: 'Duplicates, clusters, loops and lonely rows: how the rows hang together.',
  },
  order: {
    title: 'In their order',
    null: 'beside rows in random order',
    meaning:
      'Whether each row goes on where the one before it stopped, and where the rows turn to something else; for files whose order means something.',
  },
  labels: {
    title: 'With labels',
    null: 'beside labels dealt to other rows',
    meaning:
      'Whether rows of one class lie together and apart from the others, and whether searches find what answers them.',
  },
};

/** One number as text, the same digits throughout. */
export interface MetricLine {
  readonly row: MetricRow;
  readonly value: string;
  /** "0.31 to 0.42"; empty where there is none. */
  readonly interval: string;
  readonly null: string;
  readonly nullInterval: string;
  /** "p = 0.02", where the number is a test's. */
  readonly pValue: string;
}

export function metricLine(row: MetricRow): MetricLine {
  const unit = row.unit ?? '';
  const write = writerFor(row);
  const between = (low: number | null | undefined, high: number | null | undefined) => {
    if (low == null || high == null) return '';
    const [from, to] = [write(low), write(high)];
    return from === to ? '' : `${from} to ${to}${unit}`;
  };
  const p = row.null?.pValue;
  return {
    row,
    value: row.value === null ? NONE : write(row.value) + unit,
    interval: between(row.low, row.high),
    null: row.null ? write(row.null.value) + unit : NONE,
    nullInterval: row.null ? between(row.null.low, row.null.high) : '',
    pValue: p === undefined ? '' : p < 1e-4 ? 'p < 0.0001' : `p = ${significant(p, 2)}`,
  };
}

/** Whole numbers as such; others so that the width of the interval shows in two digits, four at most. */
function writerFor({ value, low, high }: MetricRow): (x: number) => string {
  const size = Math.abs(value ?? 0);
  if (Number.isInteger(value) && low === null)
    return (x) => (Number.isInteger(x) ? fixed(x, 0) : significant(x, 3));
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return (x) => significant(x, 3);
  const width = low !== null && high !== null ? high - low : 0;
  const wanted =
    width > 0 ? 1 - Math.floor(Math.log10(width)) : 3 - Math.floor(Math.log10(size || 1));
  const most = Math.max(0, 4 - Math.floor(Math.log10(Math.max(size, 1))));
  const decimals = Math.max(0, Math.min(wanted, most, 5));
  return (x) => fixed(x, decimals);
}

/** The families that have numbers, in order, with their lines. */
export function metricGroups(
  rows: readonly MetricRow[],
): { readonly group: MetricGroup; readonly lines: readonly MetricLine[] }[] {
  return METRIC_GROUPS.map((group) => ({
    group,
    lines: rows.filter((row) => row.group === group).map(metricLine),
  })).filter(({ lines }) => lines.length > 0);
}
