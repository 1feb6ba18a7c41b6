import { type Condition, judged, junit, sarif } from '../../apps/doctor/index.ts';
import { reportHtml } from '../../apps/report/index.ts';
import { headlineRows } from '../../apps/report/overview.ts';
import { type Diagnosis, findingsIn } from '../../apps/verbs/doctor.ts';
import { type Inspection, reportData } from '../../apps/verbs/report.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import * as search from '../../families/neighbors/index.ts';
import { rowNames, type VectorTable, writeNeighbors } from '../../io/index.ts';
import { exitCodes } from '../exit.ts';
import { writeBytes } from '../files.ts';
import {
  detailsText,
  findingsText,
  metricsText,
  overviewFor,
  print,
  remarksOnce,
  say,
} from '../terminal.ts';
import type { Flags } from './flags.ts';
import { curveJson, rowsJson } from './series.ts';

/** The corrections of neighbours against hubs. */
export const corrections = Object.values(search).filter(
  (value): value is search.HubCorrection => typeof value === 'function' && 'spec' in value,
);

/** Writes the lists that were found, or those that a correction makes of them. */
export async function saveNeighbors(
  inspection: Inspection | undefined,
  { saveNeighbors: path, correct }: Flags,
  engine: Engine | undefined,
): Promise<void> {
  if (!path || !inspection) return;
  const { points, lists } = inspection.details;
  const correction = corrections.find(({ spec }) => spec.id === correct);
  if (!correction) return writeNeighbors(lists, path);
  const { graph, warnings } = await correction(points, {}, { engine, neighbors: lists });
  for (const warning of warnings) say(`${correction.spec.id}: ${warning}`);
  await writeNeighbors(graph, path);
}

/** Findings are looked for where they are shown, written or judged. */
export function needsDoctor(
  { doctor, sarif, junit }: Flags,
  conditions: readonly Condition[],
): boolean {
  const judgesFindings = conditions.some((condition) => 'severity' in condition);
  return doctor === true || sarif !== undefined || junit !== undefined || judgesFindings;
}

/** Writes and prints what was found, and sets the exit code. */
export async function output(
  file: string,
  table: Pick<VectorTable, 'labels' | 'survey'> & { readonly points: Matrix },
  flags: Flags,
  { inspection, findings }: Diagnosis,
  conditions: readonly Condition[],
  { seconds, saved }: { readonly seconds: number; readonly saved: readonly string[] },
): Promise<void> {
  const metrics = inspection?.measurement.metrics ?? [];
  const verdicts = conditions.map((condition) => judged(condition, metrics, findings));
  if (flags.report && inspection) {
    const doctor = flags.doctor ? { findings } : {};
    const data = reportData({
      source: file,
      nameOf: rowNames(table),
      before: inspection,
      seconds,
      metrics,
      ...doctor,
    });
    await writeBytes(flags.report, reportHtml(data));
  }
  if (flags.sarif) await writeBytes(flags.sarif, sarif(file, findings, verdicts));
  if (flags.junit) await writeBytes(flags.junit, junit(file, findings, verdicts, seconds));
  if (verdicts.some(({ failed }) => failed)) process.exitCode = exitCodes.failed;
  if (flags.json) {
    const doctor = needsDoctor(flags, conditions) ? { findings } : {};
    const gates = verdicts.length > 0 ? { conditions: verdicts } : {};
    const head = inspection && {
      ...inspection.measurement,
      metrics: metrics.map((row) => jsonOf(row, flags.series === true)),
    };
    return print(JSON.stringify({ ...head, ...doctor, ...gates }));
  }
  const remarks = await printNumbers(file, table, flags, { inspection, findings });
  if (!flags.quiet) for (const remark of remarks) say(remark);
  for (const { failed, sentence, condition } of verdicts)
    if (failed) say(`${condition}: ${sentence}`);
  for (const path of [flags.report, flags.sarif, flags.junit, flags.saveNeighbors, ...saved]) {
    if (path && !flags.quiet) say(`Wrote ${path}`);
  }
}

/** Prints one screen, or every number where it was asked for; returns the remarks that go with them. */
async function printNumbers(
  file: string,
  table: Pick<VectorTable, 'labels' | 'survey'> & { readonly points: Matrix },
  flags: Flags,
  { inspection, findings }: Diagnosis,
): Promise<readonly string[]> {
  if (!inspection) {
    if (flags.doctor) await print(findingsText(findings));
    return [];
  }
  const { measurement } = inspection;
  const { metrics, warnings } = measurement;
  const isWhole = flags.all === true || flags.metrics !== undefined;
  if (isWhole) {
    await print(metricsText(metrics, flags.null));
    const details = detailsText(metrics);
    if (details !== '') await print(`\n${details}`);
    if (flags.doctor) await print(`\n${findingsText(findings)}`);
    return remarksOnce(warnings);
  }
  const seen = flags.doctor
    ? undefined
    : findingsIn(table.points, inspection, file, rowNames(table));
  await print(overviewFor({ ...measurement, source: file, findings: seen }, flags.null));
  if (flags.doctor) await print(`\n${findingsText(findings)}`);
  return remarksOn(headlineRows(metrics));
}

const MOST_REMARKS = 4;

/** What is to be known of these numbers, each thing once. */
function remarksOn(rows: readonly MetricRow[]): readonly string[] {
  const remarks = new Map<string, string>();
  for (const { id, warnings } of rows) {
    for (const text of warnings) if (!remarks.has(text)) remarks.set(text, `${id}: ${text}`);
  }
  return [...remarks.values()].slice(0, MOST_REMARKS);
}

const MOST_ROWS = 100;

/** A number as JSON: the worst rows only; curves and values of rows where they were asked for. */
function jsonOf(row: MetricRow, series: boolean): object {
  const { series: curve, perRow, ...rest } = row;
  const shown = series
    ? { series: curve && curveJson(curve), perRow: perRow && rowsJson(perRow) }
    : {};
  return { ...rest, rows: row.rows?.slice(0, MOST_ROWS), ...shown };
}
