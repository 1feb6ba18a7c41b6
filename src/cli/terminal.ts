import { fstatSync } from 'node:fs';
import type { Finding } from '../apps/doctor/index.ts';
import type { Baselines, Measurement, Nulls } from '../apps/report/contract.ts';
import { significant } from '../apps/report/format.ts';
import { type Overview, overviewText } from '../apps/report/overview.ts';
import { colorWanted, measureTable, metricsTable, progressBar } from '../apps/report/terminal.ts';
import type { Progress } from '../core/run.ts';
import type { MetricRow } from '../families/metrics/types.ts';
import { fileError } from '../io/node/errors.ts';
import { STDOUT } from '../io/node/outputs.ts';
import { writeTo } from '../io/node/streams.ts';

/** A progress bar on standard error: redrawn in place on a terminal, silent elsewhere. */
export class ProgressBar {
  readonly #enabled: boolean;
  #stage = '';
  #startedAt = 0;
  #drawnAt = 0;
  #drawn = false;

  constructor(quiet: boolean) {
    this.#enabled = !quiet && process.stderr.isTTY === true;
  }

  readonly update = (progress: Progress): void => {
    if (!this.#enabled) return;
    const now = performance.now();
    if (progress.stage !== this.#stage) {
      this.clear();
      this.#stage = progress.stage;
      this.#startedAt = now;
      this.#drawnAt = 0;
    }
    if (now - this.#drawnAt < 80 && progress.done < 1) return;
    this.#drawnAt = now;
    const seconds = (now - this.#startedAt) / 1000;
    const width = process.stderr.columns ?? 80;
    const line = progressBar({ ...progress, seconds }, width - 1, colorWanted(process.env, true));
    process.stderr.write(`\r\x1b[2K${line}`);
    this.#drawn = true;
  };

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\x1b[2K');
    this.#drawn = false;
  }
}

let dataTakesStdout = false;

/** Leaves standard output to the data: what is printed goes to standard error from now on. */
export function leaveStdoutToData(): void {
  dataTakesStdout = true;
}

/** A line for people: standard error, so that standard output stays machine-readable. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const MOST_NAMED = 3;

/** Remarks, "id: text" each, with the same text said once: "nc1, nc2, nc3 and 4 more: text". */
export function remarksOnce(remarks: readonly string[]): string[] {
  const ids = new Map<string, string[]>();
  for (const remark of remarks) {
    const [, id = '', text] = /^([a-z0-9-]+): (.*)$/s.exec(remark) ?? ['', '', remark];
    ids.set(text, [...(ids.get(text) ?? []), ...(id === '' ? [] : [id])]);
  }
  return [...ids].map(([text, of]) => {
    if (of.length === 0) return text;
    const more = of.length > MOST_NAMED ? ` and ${of.length - MOST_NAMED} more` : '';
    return `${of.slice(0, MOST_NAMED).join(', ')}${more}: ${text}`;
  });
}

/** Prints text on standard output, or beside the data that take it, and waits until a pipe has taken it. */
export async function print(text: string): Promise<void> {
  const line = text.endsWith('\n') ? text : `${text}\n`;
  const stream = dataTakesStdout ? process.stderr : process.stdout;
  try {
    // Node's own stream drops what a disk that fills up does not take.
    if (isFile(stream.fd)) await writeTo(stream.fd, new TextEncoder().encode(line));
    else await written(stream, line);
  } catch (cause) {
    throw fileError(STDOUT, cause, true);
  }
}

function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((done, fail) => {
    stream.write(text, (error) => (error ? fail(error) : done()));
  });
}

/** A thread has no descriptors of its own. */
function isFile(descriptor: number | undefined): boolean {
  return descriptor !== undefined && fstatSync(descriptor).isFile();
}

/** The table of measured numbers, for this terminal or for a pipe. */
export function tableText(
  measured: { readonly before: Measurement; readonly after?: Measurement | undefined },
  nulls: Nulls,
): string {
  const { columns, isTTY } = process.stdout;
  const color = colorWanted(process.env, isTTY === true);
  return measureTable(measured, nulls, { width: columns ?? 120, color });
}

/** Every number, family by family, for this terminal or for a pipe. */
export function metricsText(rows: readonly MetricRow[], nullName: string): string {
  const { columns, isTTY } = process.stdout;
  const color = colorWanted(process.env, isTTY === true);
  return metricsTable(rows, nullName === 'none' ? '' : nullName, { width: columns ?? 140, color });
}

/** What matters most, for this terminal or for a pipe. */
export function overviewFor(overview: Overview, nullName: string): string {
  const { columns, isTTY } = process.stdout;
  const color = colorWanted(process.env, isTTY === true);
  return overviewText(overview, nullName, { width: columns ?? 140, color });
}

/** What the doctor found, worst first. */
export function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'The doctor found nothing wrong.';
  return findings
    .map(({ severity, sentence, fix }) => `${severity}: ${sentence}\n  What helps: ${fix}.`)
    .join('\n');
}

/** What each treatment scores on each set, their mean, and the hubness. */
export function treatmentTable({ score, sets, treatments, note }: Baselines): string {
  const decimals = (value: number | null | undefined, digits: number) =>
    value === null || value === undefined ? '–' : value.toFixed(digits);
  const mean = (values: readonly (number | null)[]) =>
    values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0) / values.length;
  const rows = treatments.map(({ name, values, hubnessSkewness }) => [
    name,
    ...values.map((value) => decimals(value, 3)),
    decimals(mean(values), 3),
    decimals(hubnessSkewness, 2),
  ]);
  const lines = aligned([['', ...sets, 'mean', 'hubness'], ...rows]);
  return [score, ...lines, ...(note ? [note] : [])].join('\n');
}

/** The numbers of which single ones were made, each under its title; empty where there are none. */
export function detailsText(rows: readonly MetricRow[]): string {
  return rows
    .flatMap(({ title, table = [] }) => {
      // Lines that only number things (loops, bins) are for the report.
      if (typeof Object.values(table[0] ?? {})[0] !== 'string') return [];
      const names = Object.keys(table[0]);
      const cells = table.map((line) =>
        names.map((name) => {
          const value = line[name];
          return typeof value === 'number' ? significant(value, 3) : value;
        }),
      );
      return [[title, ...aligned([names, ...cells]).map((line) => `  ${line}`)].join('\n')];
    })
    .join('\n');
}

/** Lines of cells under one another: the first column to the left, the others to the right. */
export function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = (table[0] ?? []).map((_, c) => Math.max(...table.map((row) => row[c].length)));
  return table.map((row) =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  '),
  );
}
