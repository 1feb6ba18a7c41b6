import type { Command } from 'commander';
import { reportHtml } from '../../apps/report/index.ts';
import {
  DEFAULT_OBJECTIVE,
  type DisperseOptions,
  type DisperseResult,
  disperse,
  disperseOptions,
  settledDisperse,
} from '../../apps/verbs/disperse.ts';
import { requireMemory } from '../../apps/verbs/disperse-memory.ts';
import { type DisperseStoreOptions, storeOptions } from '../../apps/verbs/disperse-store.ts';
import { measureInDetail } from '../../apps/verbs/measure.ts';
import { withoutRowValues } from '../../apps/verbs/metric-rows.ts';
import type { PredictedTime } from '../../apps/verbs/predicted-time.ts';
import { movedBetween, reportData } from '../../apps/verbs/report.ts';
import { objectiveById, objectiveIds, optimizerById, optimizerIds } from '../../catalog/index.ts';
import { type Matrix, toFloat32 } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OptimizerState } from '../../families/optimizers/index.ts';
import { isTableAddress } from '../../io/addresses.ts';
import { outputStream } from '../../io/files.ts';
import { rowNames, type VectorTable, writeFormat } from '../../io/index.ts';
import type { OptionSpecs } from '../../method/options.ts';
import { readCheckpoint, withCheckpoints } from '../disperse/checkpointed.ts';
import { dispersedTable } from '../disperse/outputs.ts';
import {
  optionsOfRecipe,
  type RecipeFile,
  readRecipe,
  recipeOf,
  verdict,
} from '../disperse/recipe.ts';
import { spreadStore } from '../disperse/sharded.ts';
import { addEngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, removeFile, writeBytes } from '../files.ts';
import {
  addInputFlags,
  hashOfPoints,
  INPUTS,
  type InputFlags,
  nameOfInput,
  readInput,
  withInput,
} from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, memoryFlag } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { ProgressBar, print, say, tableText } from '../terminal.ts';
import { addWorkFlags, type WorkFlags } from '../workers/flags.ts';
import { tableToChange } from '../workers/table-to-change.ts';

interface Flags extends InputFlags, WorkFlags, ToFlag {
  readonly output: string;
  readonly objective?: string;
  readonly classes?: string;
  readonly recipe?: string;
  readonly resume?: string;
  readonly report?: string;
  readonly measure: boolean;
  readonly json?: true;
  readonly quiet?: true;
  readonly maxMemory?: number;
  readonly localSteps?: number;
  readonly features?: number;
}

const help = `${INPUTS}
Examples:
  $ tammes disperse vectors.npy -o spread.npy
  $ tammes disperse glove.txt -o spread.npy --keep 0.97 --report spread.html
  $ tammes disperse vectors.npy -o spread.npy --objective 'riesz-energy(s=2) + 0.1*koleo' --keep 0
  $ tammes disperse vectors.parquet -o spread.npy --objective sup-con --classes topic
  $ tammes disperse dataset:glove -o spread.parquet --objective sliced --circles 4
  $ tammes disperse STORE -o STORE2 --objective sliced --workers 4   # a sharded table, shard by shard

Objectives: ${objectiveIds().join(', ')}
(an objective's own options: tammes disperse --objective ID --help, or tammes methods ID)
`;

export function configure(command: Command, argv: readonly string[]): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
    .addOption(toFlag())
    .option('--objective <expression>', `what to minimise [${DEFAULT_OBJECTIVE}]`)
    .option(
      '--classes <column>',
      'column with the class of each row, or labels [labels that repeat]',
    )
    .option('--recipe <file>', 'repeat the run that this recipe describes')
    .option('--resume <checkpoint>', 'go on with a run that was stopped')
    .option('--report <file>', 'also write the HTML report')
    .option('--no-measure', 'do not measure before and after')
    .addOption(memoryFlag())
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addWorkFlags(addEngineFlags(addInputFlags(command)));
  addOptionFlags(command, disperseOptions, new Set());
  addOptionFlags(command, storeOptions, new Set());
  const own = ownOptions(argv);
  const taken = new Set(Object.keys(disperseOptions));
  addOptionFlags(command, own.objective, taken);
  addOptionFlags(command, own.optimizer, new Set([...taken, ...Object.keys(own.objective)]));
  command.action((files: readonly string[], flags: Flags) =>
    interruptible(async (signal) => {
      const table = await tableToChange(files, flags);
      if (table) return spreadStore(table, flags, storeOptionsOf(flags, own), signal);
      return withEngine(flags, (engine) => run(files, flags, own, engine, signal));
    }),
  );
}

interface OwnOptions {
  readonly objectiveId: string | undefined;
  readonly objective: OptionSpecs;
  readonly optimizer: OptionSpecs;
}

/** The flags of the command depend on which objective and optimizer it names. */
function ownOptions(argv: readonly string[]): OwnOptions {
  const valueAfter = (flag: string) => {
    const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
    return at < 0 ? undefined : (argv[at].split('=', 2)[1] ?? argv[at + 1]);
  };
  const objective = valueAfter('--objective') ?? DEFAULT_OBJECTIVE;
  const optimizer = valueAfter('--optimizer') ?? disperseOptions.optimizer.default;
  const objectiveId = objectiveIds().find((id) => id === objective);
  return {
    objectiveId,
    objective: objectiveId ? objectiveById(objectiveId).spec.options : {},
    optimizer: optimizerIds().includes(optimizer) ? optimizerById(optimizer).spec.options : {},
  };
}

async function run(
  files: readonly string[],
  flags: Flags,
  own: OwnOptions,
  engine: Engine,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  const file = nameOfInput(files);
  const format = formatIdOf(flags);
  writeFormat(flags.output, { format });
  await claimOutputs('disperse', { output: flags.output, report: flags.report }, flags.json, [
    'output',
  ]);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    if (flags.maxMemory !== undefined) {
      const shape = await withInput(files, flags, ({ reader }) => reader.info());
      requireMemory(
        shape,
        givenBy(flags, own),
        { engine: engine.name, measured: flags.measure },
        flags.maxMemory,
      );
    }
    const table = await readInput(files, flags);
    const recipe = flags.recipe ? await readRecipe(flags.recipe) : undefined;
    const { options, resume } = await settled(table.points, flags, own, recipe);
    settledDisperse(options);
    const watch = { signal, onProgress: bar.update };
    const seed = options.seed ?? 0;
    const look = (input: VectorTable | Matrix, nulls: 'uniform' | 'none') =>
      measureInDetail(
        'points' in input ? input : { points: toFloat32(input) },
        { engine, seed, null: nulls },
        watch,
      );
    const before = flags.measure ? await look(table, 'uniform') : undefined;
    const stream = await outputStream(flags.output);
    const checkpoint = `${stream === undefined && !isTableAddress(flags.output) ? flags.output : 'tammes'}.checkpoint`;
    const again = `tammes disperse ${files.map(inShell).join(' ')} -o ${inShell(flags.output)} --resume ${checkpoint}`;
    const inputHash = hashOfPoints(table.points);
    const context = { inputHash, options };
    const { result, after } = await withCheckpoints(checkpoint, context, again, async (kept) => {
      // What is measured before is drawn in the report after: the rows stay then.
      const overwrite = !flags.measure;
      const onPredicted = flags.quiet ? undefined : sayTime;
      const own = { ...watch, ...kept, resume, overwrite, onPredicted };
      const result = await disperse(table, { ...options, engine }, own);
      return { result, after: before && (await look(result.points, 'none')) };
    });
    const made = recipeOf(file, inputHash, result);
    const paths = await writeWhole(flags.output, dispersedTable(table, result), format);
    if (flags.report && before && after) {
      const seconds = (performance.now() - began) / 1000;
      const spread = { result, after, recipe: made };
      const data = reportData({ source: file, nameOf: rowNames(table), before, spread, seconds });
      await writeBytes(flags.report, reportHtml(data));
      paths.push(flags.report);
    }
    await removeFile(checkpoint);
    bar.clear();
    const printed = (found: typeof before) => found && withoutRowValues(found.measurement);
    const measured = { before: printed(before), after: printed(after) };
    if (flags.json)
      return await print(JSON.stringify({ ...summary(result), ...measured, recipe: made }));
    if (before && after) {
      await print(
        tableText(
          { before: before.measurement, after: after.measurement },
          before.measurement.null,
        ),
      );
    }
    if (flags.quiet) return;
    say(
      `${result.objective}: ${result.steps} steps at ${result.stepsPerSecond.toFixed(1)} a second`,
    );
    if (result.parted > 0) say(`Parted ${result.parted} exact duplicates before the first step.`);
    if (recipe) say(verdict(recipe, made));
    say(`Wrote ${paths.join(', ')}`);
  } finally {
    bar.clear();
  }
}

/** Below so many seconds nobody asks how long it will take. */
const WORTH_SAYING = 20;

function sayTime({ steps, secondsPerStep, seconds }: PredictedTime): void {
  if (seconds < WORTH_SAYING) return;
  const each = Number(secondsPerStep.toPrecision(2));
  say(`About ${durationInWords(seconds)}: ${steps} steps of ${each} s, by steps that were timed.`);
}

function durationInWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return `${(seconds / 3600).toFixed(1)} hours`;
}

/** What an address has between parameters is more to a shell. */
const inShell = (word: string): string => (isTableAddress(word) ? `'${word}'` : word);

/** The fields that scripts read, besides `before` and `after`. */
function summary(result: DisperseResult) {
  const { objective, optimizer, update, steps, stepsPerSecond, seconds, loss, stop } = result;
  const { meanCosine, meanAngleDeg } = movedBetween(result.start, result.points);
  return {
    n: result.points.rows,
    d: result.points.cols,
    engine: result.engine,
    objective,
    optimizer,
    update,
    steps,
    stepsPerSecond,
    seconds,
    loss,
    stop,
    parted: result.parted,
    meanCosineToStart: meanCosine,
    meanAngleToStartDeg: meanAngleDeg,
  };
}

/** The options of the run: from a checkpoint, a recipe, or the flags. */
async function settled(
  points: Matrix,
  flags: Flags,
  own: OwnOptions,
  recipe: RecipeFile | undefined,
): Promise<{ options: DisperseOptions; resume: OptimizerState | undefined }> {
  if (flags.resume) {
    const { state, options } = await readCheckpoint(flags.resume, hashOfPoints(points));
    return { options, resume: state };
  }
  if (recipe) return { options: optionsOfRecipe(recipe), resume: undefined };
  return { options: givenBy(flags, own), resume: undefined };
}

/** The options of a run over a store: nothing is minimised by default there that needs pairs. */
function storeOptionsOf(flags: Flags, own: OwnOptions): DisperseStoreOptions {
  const { localSteps, features } = flags;
  const { objective, ...options } = givenBy(flags, own);
  return {
    ...options,
    ...(flags.objective !== undefined && { objective }),
    ...(localSteps !== undefined && { localSteps }),
    ...(features !== undefined && { features }),
  };
}

function givenBy(flags: Flags, own: OwnOptions): DisperseOptions {
  const values = flags as unknown as Record<string, unknown>;
  const objectiveOptions = givenOptions(values, own.objective);
  const extra = Object.fromEntries(
    Object.entries(own.optimizer).filter(([name]) => !(name in disperseOptions)),
  );
  return {
    ...givenOptions(values, disperseOptions),
    objective: own.objectiveId
      ? [{ objective: own.objectiveId, options: objectiveOptions, weight: 1 }]
      : (flags.objective ?? DEFAULT_OBJECTIVE),
    optimizerOptions: givenOptions(values, extra),
    classes: flags.classes,
  };
}
