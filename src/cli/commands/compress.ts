import { type Command, Option } from 'commander';
import {
  codecById,
  codecIds,
  codeRecall,
  compress,
  HELD_OUT_SEED,
  writeStore,
} from '../../apps/verbs/compress.ts';
import {
  compressAsPlanned,
  type GivenPlan,
  givenPlan,
  requirePlanned,
} from '../../apps/verbs/compress-plan.ts';
import { OptionError } from '../../core/errors.ts';
import { configurePlan } from '../compress/plan.ts';
import { compressStored } from '../compress/stored.ts';
import { type Compressed, tellCompressed } from '../compress/told.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, readJson, requireOther } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { ProgressBar } from '../terminal.ts';
import { addSpreadFlags, type WorkFlags } from '../workers/flags.ts';
import { largeTable } from '../workers/large-table.ts';

interface Flags extends InputFlags, EngineFlags, Omit<WorkFlags, 'plan'> {
  readonly output: string;
  readonly codec?: string;
  readonly plan?: string;
  readonly queries?: string;
  /** False with --no-grams. */
  readonly grams: boolean;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes compress vectors.npy -o small.tammes --codec int8
  $ tammes compress vectors.npy -o small.tammes --codec int8 --dims 128
  $ tammes compress plan vectors.npy --target 'recall@10>=0.95' -o plan.json
  $ tammes compress vectors.npy -o small.tammes --plan plan.json
  $ tammes decompress small.tammes -o back.npy
  $ tammes compress shards/ -o small.tammes --codec pq --workers 8

What is lost is printed: which share of a row's ten nearest rows is still among its ten nearest, or of a vector of
--queries. The codec was fitted to the rows of the file: of rows that come later more is lost, much more where a codec
learns much (pq, opq, csr) from few rows. A sharded table (tammes shard) that memory does not hold is coded shard by shard:
the codec is fitted to 100,000 drawn rows at most, and what is lost is measured among 20,000 drawn on their own.
`;

export function configure(command: Command, argv: readonly string[]): void {
  command.addHelpText('after', help);
  const planning = command
    .command('plan')
    .description(
      'Say which codec keeps which share of the neighbours in how many bytes, and choose.',
    );
  // A command with arguments of its own would take the flags of `plan` for its own.
  if (argv[argv.indexOf('compress') + 1] === 'plan') configurePlan(planning);
  else configureCodec(command, argv);
}

function configureCodec(command: Command, argv: readonly string[]): void {
  const ids = codecIds();
  const named = codecById(wordAfter(argv, '--codec', ids) ?? 'int8');
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'store to write: usually .tammes')
    .addOption(
      new Option('--codec <id>', 'how; its own options: --codec ID --help')
        .choices(ids)
        .default(undefined, 'int8'),
    )
    .option('--plan <file>', 'code as a plan of tammes compress plan chose');
  command.option(
    '--queries <file>',
    'vectors that ask what is lost, none of them a row; left out, rows of the file',
  );
  addOptionFlags(command, named.spec.options, new Set());
  command
    .option('--no-grams', 'leave out the index of n-grams, by which unknown words find like ones')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks');
  addSpreadFlags(addEngineFlags(addInputFlags(command))).action(
    (files: readonly string[], flags: Flags) =>
      interruptible((signal) => compressFiles(files, flags, signal)),
  );
}

async function compressFiles(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { output, json, quiet } = flags;
  await claimOutputs('compress', { output }, json);
  await requireOther('compress', output, files);
  const plan = await planOf(flags);
  const codec = plan?.chosen.codec ?? flags.codec ?? 'int8';
  const options = optionsGiven(flags, codec, plan);
  const stored = await largeTable('compress', files, { ...flags, plan: undefined });
  if (stored) return compressStored(stored, flags, { codec, options, plan }, signal);
  const bar = new ProgressBar(quiet === true);
  try {
    const table = await readInput(files, flags);
    const { points } = table;
    if (plan) requirePlanned(flags.plan ?? '', plan, points);
    const asking = flags.queries ? (await readInput(flags.queries, { quiet })).points : undefined;
    const done = await withEngine(flags, async (engine): Promise<Compressed> => {
      const watch = { engine, signal, onProgress: bar.update };
      const encoded = plan
        ? await compressAsPlanned(points, plan.chosen, watch)
        : await compress(points, codec, options, watch);
      const ready = await codecById(codec).ready(encoded.model);
      const recallOf = (k: number) =>
        codeRecall(points, ready, encoded.codes, {
          k,
          engine,
          signal,
          seed: HELD_OUT_SEED,
          asking,
        });
      const recall = await recallOf(10);
      const kept = plan && (plan.k === 10 ? recall : await recallOf(plan.k));
      await writeStore(output, encoded, table, { grams: flags.grams, engine });
      return { encoded, recall, kept };
    });
    bar.clear();
    await tellCompressed(points, done, plan, codec, flags);
  } finally {
    bar.clear();
  }
}

async function planOf({ plan, codec }: Flags): Promise<GivenPlan | undefined> {
  if (plan === undefined) return undefined;
  if (codec !== undefined)
    throw new OptionError('compress', 'codec', 'left out where --plan says it', codec);
  return givenPlan(plan, await readJson(plan));
}

function optionsGiven(flags: Flags, codec: string, plan: GivenPlan | undefined) {
  const values = flags as unknown as Record<string, unknown>;
  const options = givenOptions(values, codecById(codec).spec.options);
  if (!plan) return options;
  // The flags that there are without --codec are those of int8.
  const [other] = Object.entries({
    ...givenOptions(values, codecById('int8').spec.options),
    ...options,
  });
  if (other) throw new OptionError('compress', other[0], 'left out where --plan says it', other[1]);
  return options;
}
