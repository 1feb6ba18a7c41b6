import type { MetricRow } from '../../families/metrics/types.ts';
import type { Finding } from '../doctor/contract.ts';
import { count } from './format.ts';
import { metricLine } from './metric-lines.ts';
import { type TerminalStyle, textTable } from './terminal.ts';

/** What a number says in a few words where it is above or below what the null makes of as many rows. */
interface Headline {
  readonly id: string;
  readonly above: string;
  readonly below: string;
}

const HEADLINES: readonly Headline[] = [
  { id: 'mean-cosine', above: 'a common direction', below: 'balanced beyond chance' },
  { id: 'median-nearest-angle', above: 'spread beyond chance', below: 'crowded' },
  { id: 'effective-rank', above: 'all directions in use', below: 'fewer directions in use' },
  { id: 'two-nn', above: 'no surface of fewer dimensions', below: 'near a surface of fewer' },
  { id: 'hubness-skewness', above: 'hubs: few rows in very many lists', below: 'no hubs' },
  { id: 'near-duplicates', above: 'near-duplicates', below: 'none' },
  { id: 'components', above: 'separate populations', below: 'one population' },
  { id: 'knn-accuracy', above: 'neighbours share classes', below: 'neighbours avoid classes' },
  { id: 'silhouette', above: 'classes lie apart', below: 'classes lie across one another' },
  { id: 'rank-axis', above: 'an axis orders the scores', below: 'the axis misleads' },
  { id: 'ndcg', above: 'searches find answers', below: 'searches miss answers' },
];

const MOST_FINDINGS = 5;

export interface Overview {
  /** Name of the file. */
  readonly source: string;
  readonly n: number;
  readonly d: number;
  /** Rows of the file, where n is a sample of them. */
  readonly population?: number | undefined;
  readonly engine: string;
  readonly seconds: number;
  readonly metrics: readonly MetricRow[];
  /** Left out where they are shown in full. */
  readonly findings?: readonly Finding[] | undefined;
  /** Remarks on single numbers. */
  readonly warnings: readonly string[];
}

/** The rows that lead, of those that were measured and exist. */
export function headlineRows(metrics: readonly MetricRow[]): readonly MetricRow[] {
  return HEADLINES.flatMap(({ id }) =>
    metrics.filter((row) => row.id === id && row.value !== null && !row.options),
  );
}

/** What matters most on one screen: the file, a few numbers with a reading, findings, and how to see the rest. */
export function overviewText(overview: Overview, nullName: string, style: TerminalStyle): string {
  const { metrics, findings } = overview;
  const rows = headlineRows(metrics);
  const lines = rows.map(metricLine);
  const beside = nullName === 'none' ? [] : [{ head: nullName, cells: lines.map((l) => l.null) }];
  const table = textTable(
    [
      { head: '', cells: rows.map(({ title }) => title), left: true },
      { head: 'value', cells: lines.map(({ value }) => value), bold: true },
      {
        head: '95 % interval',
        cells: lines.map(({ interval }) => interval),
        left: true,
        optional: 2,
      },
      ...beside,
      { head: 'reading', cells: rows.map(readingOf), left: true, optional: 1 },
    ],
    style,
  );
  const rest = metrics.length - rows.length;
  return [
    headOf(overview),
    '',
    ...(rows.length > 0 ? [table] : ['There are too few rows for the numbers that lead.']),
    '',
    ...foundLines(findings),
    `${count(rest)} more numbers and ${count(overview.warnings.length)} remarks: --all. One group: --metrics rank.${findings ? ' What helps: --doctor.' : ''}`,
  ].join('\n');
}

function headOf({ source, n, d, population, engine, seconds }: Overview): string {
  const rows = population === undefined ? count(n) : `${count(n)} of ${count(population)}`;
  return `${source}: ${rows} rows × ${count(d)} columns, ${engine} engine, ${seconds.toFixed(1)} s`;
}

/** Where a number lies beside its null, in a few words; empty where it has none. */
function readingOf(row: MetricRow): string {
  const { value, low, high, null: law } = row;
  const headline = HEADLINES.find(({ id }) => id === row.id);
  if (value === null || !law || !headline) return '';
  const [least, most] = [law.low ?? law.value, law.high ?? law.value];
  if ((low ?? value) > most) return headline.above;
  if ((high ?? value) < least) return headline.below;
  return 'as by chance';
}

function foundLines(findings: readonly Finding[] | undefined): readonly string[] {
  if (!findings) return [];
  if (findings.length === 0) return ['Nothing stands out.'];
  const more = findings.length - MOST_FINDINGS;
  return [
    ...findings.slice(0, MOST_FINDINGS).map(({ severity, sentence }) => `${severity}: ${sentence}`),
    ...(more > 0 ? [`and ${more} more: --doctor`] : []),
  ];
}
