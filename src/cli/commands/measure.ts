import { type Command, Option } from 'commander';
import { OptionError } from '../../core/errors.ts';
import { type Condition, judged, junit, parseCondition, sarif } from '../../doctor/index.ts';
import {
  type Column,
  readJudgements,
  readNeighbors,
  rowNames,
  type VectorTable,
  writeNeighbors,
} from '../../io/index.ts';
import { seedOption } from '../../method/options.ts';
import type { MetricRow, RowFacts } from '../../metrics/contract.ts';
import { NULL_MODELS, type NullModel } from '../../metrics/shared/null-models.ts';
import { reportHtml } from '../../report/index.ts';
import { type Diagnosis, diagnose } from '../../verbs/doctor.ts';
import { type MeasureOptions, measureInDetail } from '../../verbs/measure.ts';
import { reportData } from '../../verbs/report.ts';
import { allMetrics } from '../../verbs/shared/metric-rows.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { exitCodes } from '../exit.ts';
import { requireWritable, writeBytes } from '../files.ts';
import {
  addInputFlags,
  readInput,
  readInputOrSample,
  rowsFlag,
  type SampleFlags,
} from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag } from '../options.ts';
import { detailsText, findingsText, metricsText, ProgressBar, print, say } from '../terminal.ts';

interface Flags extends SampleFlags, EngineFlags {
  readonly metrics: string;
  readonly null: NullModel;
  readonly classes?: string;
  readonly frequencies?: string;
  readonly scores?: string;
  readonly queries?: string;
  readonly relevance?: string;
  readonly neighbors?: string;
  readonly saveNeighbors?: string;
  readonly doctor?: true;
  readonly failOn?: readonly string[];
  readonly sarif?: string;
  readonly junit?: string;
  readonly report?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
Examples:
  $ tammes measure vectors.npy
  $ tammes measure glove.6B.100d.txt --doctor --report glove.html
  $ tammes measure vectors.parquet --classes topic --metrics labels
  $ tammes measure documents.npy --queries queries.npy --relevance qrels.tsv --metrics labels
  $ tammes measure vectors.npy --fail-on 'hubnessSkewness>2' --fail-on warning --sarif out.sarif

Exit code 1 where a --fail-on condition holds. A condition is METRIC>NUMBER (also >=, <, <=; METRIC.low and
METRIC.high are the ends of its interval), or error, warning, note: a finding at least as bad as that.
`;

export function register(program: Command): void {
  const command = program
    .command('measure')
    .description(
      'Measure the geometry of vectors: numbers with intervals beside a null, and findings.',
    )
    .argument('<file>', 'a file of vectors, or dataset:NAME')
    .option('--doctor', 'say in plain words what is wrong, with the rows concerned and what helps')
    .option('--metrics <names>', 'all, or groups and ids of metrics, separated by commas', 'all')
    .addOption(
      new Option('--null <model>', 'what the numbers are compared with')
        .choices(NULL_MODELS)
        .default('uniform'),
    )
    .option('--classes <column>', 'column with the class of each row, or labels')
    .option('--queries <file>', 'vectors of queries, to judge searches; with --relevance')
    .option(
      '--relevance <file>',
      'lines of query, row and maybe relevance (or TREC qrels): which rows answer which queries',
    )
    .option('--frequencies <column>', 'column of numbers: how often each row’s item occurs')
    .option('--scores <column>', 'column of numbers by which rows can be ordered')
    .option(
      '--neighbors <file>',
      'take the nearest neighbours from this .npz instead of finding them',
    )
    .option('--save-neighbors <file>', 'write the nearest neighbours that were used as .npz')
    .addOption(rowsFlag())
    .option('--exact', 'never sample, however many rows there are')
    .option('--fail-on <condition>', 'exit with 1 where it holds; may be repeated', collected)
    .option('--sarif <file>', 'write findings and failed conditions as SARIF')
    .option('--junit <file>', 'write findings and conditions as JUnit test cases')
    .option('--report <file>', 'also write the HTML report')
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((file: string, flags: Flags) =>
    interruptible((signal) => measure(file, flags, signal)),
  );
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function measure(file: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  const ids = allMetrics.map(({ spec }) => spec.id);
  const conditions = (flags.failOn ?? []).map((text) => parseCondition(text, ids));
  for (const path of [flags.report, flags.sarif, flags.junit, flags.saveNeighbors])
    if (path) await requireWritable(path);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const watch = { signal, onProgress: bar.update };
    const table = await readInputOrSample(file, flags, watch);
    const neighbors = flags.neighbors ? await readNeighbors(flags.neighbors) : undefined;
    const options = { ...(await factsOf(table, flags)), ...optionsOf(flags), neighbors };
    const examined = needsDoctor(flags, conditions);
    const found: Diagnosis = await withEngine(flags, async (engine) =>
      examined
        ? diagnose(table, { ...options, engine, source: file }, watch)
        : { inspection: await measureInDetail(table, { ...options, engine }, watch), findings: [] },
    );
    bar.clear();
    await output(file, table, flags, found, conditions, (performance.now() - began) / 1000);
  } finally {
    bar.clear();
  }
}

/** Findings are looked for where they are shown, written or judged. */
function needsDoctor({ doctor, sarif, junit }: Flags, conditions: readonly Condition[]): boolean {
  const judgesFindings = conditions.some((condition) => 'severity' in condition);
  return doctor === true || sarif !== undefined || junit !== undefined || judgesFindings;
}

function optionsOf({ metrics, null: model, exact, seed }: Flags): MeasureOptions {
  return { metrics: metrics.split(',').map((name) => name.trim()), null: model, exact, seed };
}

/** `labels` names the rows' labels, a column that readers set apart. */
const LABELS = 'labels';

async function factsOf(table: VectorTable, flags: Flags): Promise<RowFacts> {
  const columns: Readonly<Record<string, Column>> = {
    ...(table.labels ? { [LABELS]: table.labels } : {}),
    ...table.columns,
  };
  const columnOf = (option: string, name: string) => {
    if (Object.hasOwn(columns, name)) return columns[name];
    const known = Object.keys(columns).join(', ');
    const wanted = known === '' ? 'left out: the file has no columns' : `one of ${known}`;
    throw new OptionError('measure', option, wanted, name);
  };
  const numbersOf = (option: string, name: string | undefined) => {
    const column = name === undefined ? undefined : columnOf(option, name);
    if (column === undefined || column instanceof Float64Array) return column;
    throw new OptionError('measure', option, 'a column of numbers', name);
  };
  const { classes, frequencies, scores } = flags;
  return {
    answers: await answersOf(table, flags),
    classes: classes === undefined ? undefined : Array.from(columnOf('classes', classes), String),
    frequencies: numbersOf('frequencies', frequencies),
    scores: numbersOf('scores', scores),
  };
}

async function answersOf(table: VectorTable, flags: Flags): Promise<RowFacts['answers']> {
  const { queries: file, relevance } = flags;
  if (file === undefined && relevance === undefined) return undefined;
  if (file === undefined || relevance === undefined) {
    const [given, missing] = relevance ? ['relevance', 'queries'] : ['queries', 'relevance'];
    throw new OptionError('measure', missing, `given with --${given}`, undefined);
  }
  if (table.survey) throw new OptionError('measure', 'queries', 'left out for a sample', file);
  const queries = await readInput(file, flags.vector ? { vector: flags.vector } : {});
  return {
    queries: queries.points,
    judgements: await readJudgements(relevance, queries, table),
  };
}

async function output(
  file: string,
  table: VectorTable,
  flags: Flags,
  { inspection, findings }: Diagnosis,
  conditions: readonly Condition[],
  seconds: number,
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
  if (flags.saveNeighbors && inspection) {
    await writeNeighbors(inspection.details.lists, flags.saveNeighbors);
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
  for (const path of [flags.report, flags.sarif, flags.junit, flags.saveNeighbors]) {
    if (path && !flags.quiet) say(`Wrote ${path}`);
  }
}

const MOST_ROWS = 100;

/** A number as JSON: no curves, and the worst rows only. */
function jsonOf(row: MetricRow): object {
  return { ...row, series: undefined, rows: row.rows?.slice(0, MOST_ROWS) };
}
