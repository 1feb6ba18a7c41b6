import { type Condition, judged, junit, sarif } from '../../apps/doctor/index.ts';
import { reportHtml } from '../../apps/report/index.ts';
import type { Diagnosis } from '../../apps/verbs/doctor.ts';
import { type Inspection, reportData } from '../../apps/verbs/report.ts';
import type { Engine } from '../../engine/engine.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import * as search from '../../families/neighbors/index.ts';
import { rowNames, type VectorTable, writeNeighbors } from '../../io/index.ts';
import { exitCodes } from '../exit.ts';
import { writeBytes } from '../files.ts';
import { detailsText, findingsText, metricsText, print, say } from '../terminal.ts';
import type { Flags } from './flags.ts';

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
  table: VectorTable,
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
    const head = inspection && { ...inspection.measurement, metrics: metrics.map(jsonOf) };
    return print(JSON.stringify({ ...head, ...doctor, ...gates }));
  }
  if (inspection) await print(metricsText(metrics, flags.null));
  const details = detailsText(metrics);
  if (details !== '') await print(`\n${details}`);
  if (flags.doctor) await print(`\n${findingsText(findings)}`);
  if (!flags.quiet) for (const warning of inspection?.measurement.warnings ?? []) say(warning);
  for (const { failed, sentence, condition } of verdicts)
    if (failed) say(`${condition}: ${sentence}`);
  for (const path of [flags.report, flags.sarif, flags.junit, flags.saveNeighbors, ...saved]) {
    if (path && !flags.quiet) say(`Wrote ${path}`);
  }
}

const MOST_ROWS = 100;

/** A number as JSON: no curves, no values of rows, and the worst rows only. */
function jsonOf(row: MetricRow): object {
  return { ...row, series: undefined, perRow: undefined, rows: row.rows?.slice(0, MOST_ROWS) };
}
