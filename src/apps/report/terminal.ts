import type { Progress } from '../../core/run.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import type { Measurement, Nulls } from './contract.ts';
import { count, duration, fixed, NONE, significant, titled } from './format.ts';
import { comparison } from './measures.ts';
import { GROUPS, type MetricLine, metricGroups } from './metric-lines.ts';

export interface TerminalStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color?: boolean | undefined;
}

/** Whether to print colours: to a terminal, unless NO_COLOR asks not to (no-color.org). */
export function colorWanted(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  const { NO_COLOR, TERM } = environment;
  return isTerminal && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

type Paint = (text: string) => string;

const PLAIN: Paint = (text) => text;

function sequence(open: number, close: number): Paint {
  return (text) => `\u001b[${open}m${text}\u001b[${close}m`;
}

const BOLD = sequence(1, 22);
const FAINT = sequence(2, 22);
const ORANGE = sequence(33, 39);
const BLUE = sequence(34, 39);

interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly left?: boolean;
  readonly paint: Paint;
  /** Columns with the highest number go first where the terminal is narrow; 0 stays. */
  readonly optional: number;
}

/** The before/after table beside the values of uniform points, without a final newline. */
export function measureTable(
  measured: { readonly before: Measurement; readonly after?: Measurement | undefined },
  nulls: Nulls,
  { width, color = false }: TerminalStyle,
): string {
  const { before, after } = measured;
  const rows = comparison(before, after, nulls);
  const column = (
    head: string,
    cell: (row: (typeof rows)[number]) => string,
    paint: Paint = PLAIN,
    optional = 0,
  ): Column => ({ head, cells: rows.map(cell), paint, optional });
  const columns: Column[] = [
    { ...column('', (row) => row.measure.title), left: true },
    column(after ? 'before' : 'value', (row) => row.text.before, after ? ORANGE : BOLD),
    ...(after
      ? [
          column(
            'after',
            (row) => row.text.after,
            (text) => BLUE(BOLD(text)),
          ),
          column('change', (row) => row.text.change, PLAIN, 1),
        ]
      : []),
    column('uniform', (row) => row.text.null),
    { ...column('95 % of uniform sets', (row) => row.text.interval, FAINT, 2), left: true },
  ];
  return printed(shortened(fitting(columns, width), width), color);
}

/** Every measured number, family by family, beside its value under the null; no final newline. */
export function metricsTable(
  rows: readonly MetricRow[],
  nullName: string,
  { width, color = false }: TerminalStyle,
): string {
  const groups = metricGroups(rows);
  const lines = groups.flatMap((group) => group.lines);
  const column = (
    head: string,
    cell: (line: MetricLine) => string,
    optional = 0,
    paint: Paint = PLAIN,
  ): Column => ({ head, cells: lines.map(cell), paint, optional });
  const columns: Column[] = [
    { ...column('', ({ row }) => `  ${titled(row.title, row.options)}`), left: true },
    column('value', ({ value }) => value, 0, BOLD),
    { ...column('95 % interval', ({ interval }) => interval, 1), left: true },
    column(nullName, (line) => line.null),
    {
      ...column('95 % of such sets', (line) => line.pValue || line.nullInterval, 2, FAINT),
      left: true,
    },
  ];
  const shown = columns.filter(
    ({ head, cells }) => head !== nullName || cells.some((c) => c !== NONE),
  );
  const text = printed(shortened(fitting(shown, width), width), color).split('\n');
  const paint = color ? BOLD : PLAIN;
  let at = 1;
  const body = groups.flatMap(({ group, lines }) => {
    at += lines.length;
    const { title, null: beside } = GROUPS[group];
    return [paint(beside ? `${title}, ${beside}` : title), ...text.slice(at - lines.length, at)];
  });
  return [text[0], ...body].join('\n');
}

/** A column of any table: its head, its cells, and whether it may be dropped (highest number first). */
export interface TextColumn {
  readonly head: string;
  readonly cells: readonly string[];
  readonly left?: boolean;
  readonly optional?: number;
  readonly bold?: boolean;
}

/** Columns side by side, fitted to the terminal; the first one is cut last. No final newline. */
export function textTable(
  columns: readonly TextColumn[],
  { width, color = false }: TerminalStyle,
): string {
  const painted = columns.map(({ optional = 0, bold = false, ...column }) => ({
    ...column,
    optional,
    paint: bold ? BOLD : PLAIN,
  }));
  return printed(shortened(fitting(painted, width), width), color);
}

const GAP = 2;

function widthOf({ head, cells }: Column): number {
  return cells.reduce((widest, cell) => Math.max(widest, cell.length), head.length);
}

/** The columns that fit, optional ones dropped from the highest number down. */
function fitting(columns: readonly Column[], width: number): readonly Column[] {
  const total = columns.reduce((sum, column) => sum + widthOf(column) + GAP, -GAP);
  const worst = columns.reduce((most, column) => Math.max(most, column.optional), 0);
  if (total <= width || worst === 0) return columns;
  return fitting(
    columns.filter((column) => column.optional !== worst),
    width,
  );
}

/** Cuts the first column so that the others fit; its first letters tell the rows apart. */
function shortened(columns: readonly Column[], width: number): readonly Column[] {
  const [first, ...others] = columns;
  const left = width - others.reduce((sum, column) => sum + widthOf(column) + GAP, 0);
  if (left >= widthOf(first)) return columns;
  const room = Math.max(7, left);
  const cells = first.cells.map((c) => (c.length > room ? `${c.slice(0, room - 1)}…` : c));
  return [{ ...first, cells }, ...others];
}

function printed(columns: readonly Column[], color: boolean): string {
  const last = columns[columns.length - 1];
  const line = (textOf: (column: Column) => string, paintOf: (column: Column) => Paint) =>
    columns
      .map((column) => {
        const width = widthOf(column);
        const text = textOf(column);
        const padded = column.left ? text.padEnd(width) : text.padStart(width);
        // Padding after the last cell would only wrap in a narrow terminal.
        const cell = column === last ? padded.trimEnd() : padded;
        return color && cell !== '' ? paintOf(column)(cell) : cell;
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  const lines = [
    line(
      (column) => column.head,
      () => FAINT,
    ),
  ];
  for (let i = 0; i < columns[0].cells.length; i++) {
    lines.push(
      line(
        (column) => column.cells[i],
        (column) => column.paint,
      ),
    );
  }
  return lines.join('\n');
}

/** What a progress line may show besides the progress itself. */
export interface ProgressLine extends Progress {
  /** Seconds since the work began, for the time left where there is no step rate. */
  readonly seconds?: number;
}

/**
 * One line, never wider than `width`: stage, bar, share, steps, rate, time left, loss. What does not
 * fit is left out, the loss first.
 */
export function progressBar(progress: ProgressLine, width: number, color = false): string {
  const { stage, step, stepsPerSecond, loss, unit = 'steps' } = progress;
  const done = Math.min(1, Math.max(0, Number.isFinite(progress.done) ? progress.done : 0));
  const share = `${fixed(Math.floor(100 * done), 0)} %`.padStart(6);
  const left = secondsLeft(progress, done);
  const rest = [
    left === undefined ? '' : `${duration(Math.ceil(left)).replace('.0 ', ' ')} left`,
    stepsPerSecond === undefined ? '' : `${rate(stepsPerSecond)} ${unit}/s`,
    step === undefined || unit !== 'steps' ? '' : `step ${count(step)}`,
    loss === undefined ? '' : `loss ${significant(loss, 4)}`,
  ].filter((part) => part !== '');
  const shortest = 8;
  const head = (text: string) => `${text} `;
  while (rest.length > 0 && stage.length + 1 + shortest + share.length + lengthOf(rest) > width) {
    rest.pop();
  }
  const bar = Math.min(32, width - stage.length - 1 - share.length - lengthOf(rest));
  if (bar < shortest) return `${stage}${share}`.slice(0, Math.max(0, width));
  const paint = color ? BLUE : PLAIN;
  const faint = color ? FAINT : PLAIN;
  const full = Math.floor(bar * done);
  const drawn = paint('━'.repeat(full)) + faint('─'.repeat(bar - full));
  return head(stage) + drawn + share + rest.map((part) => `  ${part}`).join('');
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + 2 + part.length, 0);
}

function rate(stepsPerSecond: number): string {
  return stepsPerSecond < 10 ? fixed(stepsPerSecond, 1) : count(Math.round(stepsPerSecond));
}

/** By the step rate where there is one, else by the time spent so far; unknown at the very start. */
function secondsLeft(progress: ProgressLine, done: number): number | undefined {
  const { step, stepsPerSecond, seconds } = progress;
  if (done >= 1) return undefined;
  if (step !== undefined && stepsPerSecond !== undefined && stepsPerSecond > 0 && done > 0) {
    return (step / done - step) / stepsPerSecond;
  }
  if (seconds !== undefined && done > 0.01) return (seconds * (1 - done)) / done;
  return undefined;
}
