import { type Command, Option } from 'commander';
import { qualityTable } from '../../apps/report/map/quality-table.ts';
import { mapReportHtml } from '../../apps/report/map/report.ts';
import { colorWanted } from '../../apps/report/terminal.ts';
import { loadedModel } from '../../apps/verbs/apply-store.ts';
import { type JudgedMap, mapQuality } from '../../apps/verbs/map-quality.ts';
import { mapReportData, requireColorBy } from '../../apps/verbs/map-report.ts';
import {
  classResponses,
  placeRows,
  type Reduced,
  reduce,
  reductionById,
  reductionIds,
} from '../../apps/verbs/reduce.ts';
import { OptionError, ShapeError } from '../../core/errors.ts';
import { toFloat32 } from '../../core/matrix.ts';
import type { RowDistortion } from '../../families/comparisons/index.ts';
import { fileStore } from '../../io/byte-store.ts';
import { readNeighbors, type VectorTable, writeFormat } from '../../io/index.ts';
import { takenRows } from '../../io/table.ts';
import { encodeModel } from '../../learning/index.ts';
import { applyToStore } from '../apply-store.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { ProgressBar, print, remarksOnce, say } from '../terminal.ts';
import { addWorkFlags, type WorkFlags } from '../workers/flags.ts';
import { tableToChange } from '../workers/table-to-change.ts';

interface OutputFlags extends InputFlags, EngineFlags, ToFlag {
  readonly output: string;
  readonly json?: true;
  readonly quiet?: true;
}

interface Flags extends OutputFlags {
  /** False with --no-quality. */
  readonly quality: boolean;
  readonly rowQuality?: true;
  readonly report?: string;
  readonly colorBy?: string;
  readonly method: string;
  readonly save?: string;
  readonly neighbors?: string;
  readonly responses?: string;
  readonly classes?: string;
  readonly checkpoint?: string;
  readonly resume?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes reduce vectors.npy -o small.npy --method pca --dim 64 --save model.safetensors
  $ tammes reduce vectors.csv -o map.csv --method pca --report map.html --row-quality
  $ tammes reduce apply model.safetensors more.npy -o more-small.npy

What the map keeps is printed beside what a random map would: neighbours that are true (trustworthiness), that are kept
(continuity), that are the same ten or fifty (recall), and distances (stress, the smaller the better).
The model places each new row as if it were alone: the same row lies at the same place in any file.
`;

export function configure(command: Command, argv: readonly string[]): void {
  command.addHelpText('after', help);
  const applying = command.command('apply').description('Place new rows with a saved model.');
  // A command with arguments of its own would take the flags of `apply` for its own.
  if (argv[argv.indexOf('reduce') + 1] === 'apply') configureApply(applying);
  else configureFit(command, argv);
}

function configureFit(command: Command, argv: readonly string[]): void {
  const ids = reductionIds();
  const named = reductionById(wordAfter(argv, '--method', ids) ?? 'pca');
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
    .addOption(toFlag())
    .addOption(
      new Option('--method <id>', 'how; its own options: --method ID --help')
        .choices(ids)
        .default('pca'),
    )
    .option('--save <file>', 'save the model, which places new rows: tammes reduce apply')
    .option('--neighbors <file>', 'nearest neighbours of the rows that are known already (npz)')
    .option('--checkpoint <file>', 'save a long layout there while it goes')
    .option('--resume', 'go on from the checkpoint, where there is one');
  addQualityFlags(command);
  if (named.takesResponses) {
    command
      .option('--responses <file>', 'vectors that the rows are to predict, row by row')
      .option('--classes <column>', 'column with the class of each row, or labels, to predict');
  }
  addOptionFlags(command, named.spec.options, new Set());
  withOutputFlags(command).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => reduceFiles(files, flags, signal)),
  );
}

function configureApply(command: Command): void {
  command
    .argument('<model>', 'a model that tammes reduce --save wrote')
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
    .addOption(toFlag());
  addWorkFlags(withOutputFlags(command)).action(
    (model: string, files: readonly string[], flags: OutputFlags & WorkFlags) =>
      interruptible(async (signal) => {
        const table = await tableToChange(files, flags);
        if (!table) return applyModel(model, files, flags, signal);
        const loaded = await loadedModel(fileStore(model), 'reduction');
        return applyToStore(loaded, table, flags, signal);
      }),
  );
}

function withOutputFlags(command: Command): Command {
  command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks');
  return addEngineFlags(addInputFlags(command));
}

function addQualityFlags(command: Command): void {
  command
    .option('--no-quality', 'do not say what the map keeps of neighbours and distances')
    .option(
      '--row-quality',
      'write two columns, falseNeighbors and missingNeighbors: how badly each row is placed, 0 to 1',
    )
    .option(
      '--report <file>',
      'also write an HTML page that draws the map and marks badly placed rows',
    )
    .option('--color-by <column>', "labels, or the column that colours the report's dots");
}

async function reduceFiles(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { method, output, save, report, checkpoint } = flags;
  writeFormat(output, { format: formatIdOf(flags) });
  requireSensible(flags);
  await claimOutputs('reduce', { output, save, report, checkpoint }, flags.json, ['output']);
  const reduction = reductionById(method);
  const options = givenOptions(flags as unknown as Record<string, unknown>, reduction.spec.options);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const table = await readInput(files, flags);
    requireRowQuality(table, flags);
    if (flags.colorBy !== undefined) requireColorBy(table, flags.colorBy);
    const neighbors = flags.neighbors ? await readNeighbors(flags.neighbors) : undefined;
    const responses = await givenResponses(table, flags);
    const watch = { signal, onProgress: bar.update };
    const result = await withEngine(flags, async (engine) => {
      const began = performance.now();
      const reduced = await reduce(table.points, method, options, {
        engine,
        ...watch,
        neighbors,
        responses,
        checkpoint: flags.checkpoint ? { store: fileStore(flags.checkpoint) } : undefined,
        resume: flags.resume,
      });
      const seconds = (performance.now() - began) / 1000;
      const rows = flags.rowQuality ? table.points.rows : undefined;
      const judged =
        flags.quality && !reduced.kept
          ? await mapQuality(table.points, reduced.points, { engine, rows }, watch)
          : undefined;
      return { reduced, judged, seconds };
    });
    const written = await writeResult(files, table, result, flags);
    bar.clear();
    await tellResult(table, result, written, flags);
  } finally {
    bar.clear();
  }
}

/** Refuses flags that could not do what they say. */
function requireSensible({ method, save, quality, rowQuality, report, colorBy }: Flags): void {
  if (save && !reductionById(method).places)
    throw new OptionError('reduce', 'save', 'left out: the method places no new rows', method);
  for (const [flag, given] of [
    ['row-quality', rowQuality],
    ['report', report],
  ] as const) {
    if (given !== undefined && !quality)
      throw new OptionError('reduce', flag, 'left out with --no-quality', `${given}`);
  }
  if (colorBy !== undefined && report === undefined)
    throw new OptionError('reduce', 'color-by', 'left out without --report', colorBy);
}

const ROW_QUALITY = ['falseNeighbors', 'missingNeighbors'] as const;

function requireRowQuality({ points, columns = {} }: VectorTable, { rowQuality }: Flags): void {
  if (rowQuality && points.rows < 3)
    throw new ShapeError('reduce', '3 rows or more for --row-quality', `${points.rows}`);
  const taken = ROW_QUALITY.find((name) => rowQuality && Object.hasOwn(columns, name));
  if (taken === undefined) return;
  const wanted = `left out, or a file without a column ${taken}, which it would write`;
  throw new OptionError('reduce', 'row-quality', wanted, taken);
}

interface Result {
  readonly reduced: Reduced;
  readonly judged: JudgedMap | undefined;
  /** Of the fit. */
  readonly seconds: number;
}

/** Writes what was asked for; the paths. */
async function writeResult(
  files: readonly string[],
  table: VectorTable,
  { reduced, judged, seconds }: Result,
  flags: Flags,
): Promise<string[]> {
  const { output, save, report, method } = flags;
  const { rowQuality } = flags;
  const distortion = rowQuality ? judged?.distortion : undefined;
  const whole = reducedTable(table, reduced, distortion);
  const paths = await writeWhole(output, whole, formatIdOf(flags));
  if (save) await writeBytes(save, encodeModel(reduced.model));
  if (report && judged) {
    const named = { name: files.join(', '), method, seconds, colorBy: flags.colorBy };
    await writeBytes(report, mapReportHtml(mapReportData(table, reduced, judged, named)));
  }
  return [...paths, ...(save ? [save] : []), ...(report && judged ? [report] : [])];
}

async function tellResult(
  table: VectorTable,
  { reduced, judged, seconds }: Result,
  paths: readonly string[],
  flags: Flags,
): Promise<void> {
  const { method } = flags;
  const { engine, facts } = reduced;
  const { rows: n, cols: d } = table.points;
  const dim = reduced.points.cols;
  const quality = judged?.quality ?? null;
  const unjudged = reduced.kept && (flags.report || flags.rowQuality);
  const warnings = [
    ...reduced.warnings,
    ...(judged?.warnings ?? []),
    ...(unjudged ? ['rows were chosen and lie where they lay: there is no map to judge.'] : []),
  ];
  if (flags.json) {
    const numbers = { method, n, d, dim, seconds, engine, quality, facts, warnings };
    return print(JSON.stringify(numbers));
  }
  for (const [name, value] of Object.entries(facts))
    await print(`${name} ${Number(value.toPrecision(4))}`);
  if (quality) {
    const { columns, isTTY } = process.stdout;
    const style = { width: columns ?? 100, color: colorWanted(process.env, isTTY === true) };
    await print(qualityTable(quality, n, style));
  }
  if (flags.quiet) return;
  for (const remark of remarksOnce(warnings)) say(remark);
  say(`${method}: ${n} × ${d} to ${reduced.points.rows} × ${dim}`);
  say(`Wrote ${paths.join(', ')}`);
}

/** What the rows are to predict: the vectors of a file, or the classes of a column. */
async function givenResponses(table: VectorTable, { responses, classes, quiet }: Flags) {
  if (responses && classes)
    throw new OptionError('reduce', 'classes', 'left out where --responses is given', classes);
  if (classes) return classResponses(table, classes);
  return responses ? (await readInput(responses, { quiet })).points : undefined;
}

/** What is written: all rows with fewer columns, or the rows that were kept with their weights. */
function reducedTable(
  table: VectorTable,
  { points, kept }: Reduced,
  distortion?: RowDistortion,
): VectorTable {
  if (kept) {
    const part = takenRows(table, Array.from(kept.rows));
    const columns = { ...part.columns, weight: kept.weights };
    return { ...part, points: toFloat32(points), columns };
  }
  const placed = distortion
    ? Object.fromEntries(ROW_QUALITY.map((name) => [name, distortion[name]]))
    : {};
  return { ...table, points: toFloat32(points), columns: { ...table.columns, ...placed } };
}

async function applyModel(
  model: string,
  files: readonly string[],
  flags: OutputFlags,
  signal: AbortSignal,
): Promise<void> {
  const { output } = flags;
  writeFormat(output, { format: formatIdOf(flags) });
  await claimOutputs('reduce apply', { output }, flags.json, ['output']);
  const table = await readInput(files, flags);
  const points = await withEngine(flags, (engine) =>
    placeRows(fileStore(model), table.points, { engine, signal }),
  );
  const placed = { ...table, points: toFloat32(points) };
  const paths = await writeWhole(output, placed, formatIdOf(flags));
  const { rows: n, cols: dim } = points;
  if (flags.json) return print(JSON.stringify({ n, d: table.points.cols, dim, output: paths }));
  if (!flags.quiet) say(`Wrote ${n} × ${dim} to ${paths.join(', ')}`);
}
