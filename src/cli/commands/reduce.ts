import { type Command, Option } from 'commander';
import {
  classResponses,
  placeRows,
  type Reduced,
  reduce,
  reductionById,
  reductionIds,
} from '../../apps/verbs/reduce.ts';
import { OptionError } from '../../core/errors.ts';
import { toFloat32 } from '../../core/matrix.ts';
import { fileStore } from '../../io/byte-store.ts';
import { readNeighbors, type VectorTable, writeFormat } from '../../io/index.ts';
import { takenRows } from '../../io/table.ts';
import { encodeModel } from '../../learning/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { ProgressBar, print, remarksOnce, say } from '../terminal.ts';

interface OutputFlags extends InputFlags, EngineFlags, ToFlag {
  readonly output: string;
  readonly json?: true;
  readonly quiet?: true;
}

interface Flags extends OutputFlags {
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
  $ tammes reduce apply model.safetensors more.npy -o more-small.npy

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
  withOutputFlags(command).action((model: string, files: readonly string[], flags: OutputFlags) =>
    interruptible((signal) => applyModel(model, files, flags, signal)),
  );
}

function withOutputFlags(command: Command): Command {
  command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks');
  return addEngineFlags(addInputFlags(command));
}

async function reduceFiles(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { method, output, save } = flags;
  writeFormat(output, { format: formatIdOf(flags) });
  await claimOutputs('reduce', { output, save }, flags.json);
  const reduction = reductionById(method);
  if (save && !reduction.places)
    throw new OptionError('reduce', 'save', 'left out: the method places no new rows', method);
  const options = givenOptions(flags as unknown as Record<string, unknown>, reduction.spec.options);
  const began = performance.now();
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const table = await readInput(files, flags);
    const neighbors = flags.neighbors ? await readNeighbors(flags.neighbors) : undefined;
    const responses = await givenResponses(table, flags);
    const reduced = await withEngine(flags, (engine) =>
      reduce(table.points, method, options, {
        engine,
        signal,
        onProgress: bar.update,
        neighbors,
        responses,
        checkpoint: flags.checkpoint ? { store: fileStore(flags.checkpoint) } : undefined,
        resume: flags.resume,
      }),
    );
    const paths = await writeWhole(output, reducedTable(table, reduced), formatIdOf(flags));
    if (save) await writeBytes(save, encodeModel(reduced.model));
    bar.clear();
    const seconds = (performance.now() - began) / 1000;
    const { engine, facts, warnings } = reduced;
    const { rows: n, cols: d } = table.points;
    const dim = reduced.points.cols;
    if (flags.json)
      return await print(JSON.stringify({ method, n, d, dim, seconds, engine, facts, warnings }));
    for (const [name, value] of Object.entries(facts))
      await print(`${name} ${Number(value.toPrecision(4))}`);
    if (flags.quiet) return;
    for (const remark of remarksOnce(warnings)) say(remark);
    say(`${method}: ${n} × ${d} to ${reduced.points.rows} × ${dim}`);
    say(`Wrote ${[...paths, ...(save ? [save] : [])].join(', ')}`);
  } finally {
    bar.clear();
  }
}

/** What the rows are to predict: the vectors of a file, or the classes of a column. */
async function givenResponses(table: VectorTable, { responses, classes, quiet }: Flags) {
  if (responses && classes)
    throw new OptionError('reduce', 'classes', 'left out where --responses is given', classes);
  if (classes) return classResponses(table, classes);
  return responses ? (await readInput(responses, { quiet })).points : undefined;
}

/** What is written: all rows with fewer columns, or the rows that were kept with their weights. */
function reducedTable(table: VectorTable, { points, kept }: Reduced): VectorTable {
  if (!kept) return { ...table, points: toFloat32(points) };
  const part = takenRows(table, Array.from(kept.rows));
  return { ...part, points: toFloat32(points), columns: { ...part.columns, weight: kept.weights } };
}

async function applyModel(
  model: string,
  files: readonly string[],
  flags: OutputFlags,
  signal: AbortSignal,
): Promise<void> {
  const { output } = flags;
  writeFormat(output, { format: formatIdOf(flags) });
  await claimOutputs('reduce apply', { output }, flags.json);
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
