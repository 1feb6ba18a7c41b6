import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { embed, type Learner, learnerOf } from '../../apps/verbs/learn.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { toFloat32 } from '../../core/matrix.ts';
import { fileStore } from '../../io/byte-store.ts';
import { writeFormat } from '../../io/index.ts';
import { storedModel } from '../../learning/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags } from '../input.ts';
import { type ExampleFlags, readExamples, readFields } from '../learn/examples.ts';
import { wholeNumber } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags, ExampleFlags, ToFlag {
  readonly output: string;
  readonly side?: 'a' | 'b';
  readonly delta?: string;
  readonly layer?: number;
  readonly dims?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
A model of tokens needs no FILE: it gives the vectors of its vocabulary, with the tokens as labels. A model of clicks gives
those of its ids; with a table of examples, their vectors and a column "probability".

Examples:
  $ tammes embed model.safetensors vectors.npy -o embeddings.npy
  $ tammes embed towers.safetensors texts.npy --side b -o embeddings.npy
  $ tammes embed base.safetensors vectors.npy --delta delta.safetensors -o embeddings.npy
  $ tammes embed clicks.safetensors examples.csv -o scored.csv
  $ tammes embed encoder.safetensors texts.txt --layer 2 --dims 16 -o short.npy
`;

export function configure(command: Command): void {
  command
    .argument('<model>', 'a model that tammes learn wrote')
    .argument('[files...]', 'what to embed: a file of vectors or of texts, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
    .addOption(toFlag())
    .option('--text <column>', 'column with the texts')
    .option('--fields <columns>', 'columns whose values name things: user,item (gated-clicks)')
    .option('--edges <file>', 'two columns: the rows that an edge joins')
    .addOption(
      new Option('--side <side>', 'whose rows these are: the first side, or --others').choices([
        'a',
        'b',
      ]),
    )
    .option(
      '--delta <file>',
      'apply this delta to the model first: what tammes learn --adapt ID --delta FILE wrote',
    )
    .addOption(
      new Option(
        '--layer <count>',
        'blocks to compute, of a model that may be cut in depth (sentence-encoder)',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option(
        '--dims <count>',
        'columns to keep, of a model that may be cut in width (sentence-encoder, distillation)',
      ).argParser(wholeNumber),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action(run);
}

async function run(path: string, files: readonly string[], flags: Flags): Promise<void> {
  writeFormat(flags.output, { format: formatIdOf(flags) });
  await claimOutputs('embed', { output: flags.output }, flags.json, ['output']);
  if (resolve(flags.output) === resolve(path))
    throw new OptionError('embed', 'output', 'another file than the model', flags.output);
  const store = fileStore(path);
  const learner = await learnerOf(store);
  requireSide(path, learner, flags.side);
  await requireOther('embed', flags.output, [
    ...files,
    ...[flags.delta, flags.edges, flags.metadata].filter((file) => file !== undefined),
  ]);
  const { encodes } = learner;
  const fields = learner.fieldsOf?.(await storedModel(store));
  const delta = flags.delta === undefined ? undefined : fileStore(flags.delta);
  if (encodes.length === 0 && files.length > 0 && !fields)
    throw new InputError(
      path,
      `the model gives vectors of its own and reads no file; leave out ${files.join(' ')}.`,
    );
  const wanted = learner.hasSides ? (['points'] as const) : encodes;
  const { beside, ...read } = await examplesOf(files, flags, wanted, fields);
  const examples = flags.side === 'b' ? { ...read, points: undefined, others: read.points } : read;
  const cut = { layer: flags.layer, dims: flags.dims };
  const {
    points,
    labels = examples.labels,
    columns,
    remark,
  } = await withEngine(flags, (engine) => embed(store, examples, { engine, cut, delta }));
  // The ids of a table of a database are among what stands beside its vectors.
  const named = { ...beside?.columns, ...columns };
  const table = { ...beside, points: toFloat32(points), labels, columns: named };
  const paths = await writeWhole(flags.output, table, formatIdOf(flags));
  const { rows: n, cols: d } = points;
  if (remark && !flags.quiet) say(remark);
  if (flags.json) return print(JSON.stringify({ n, d, output: paths }));
  if (!flags.quiet) say(`Wrote ${n} × ${d} to ${paths.join(', ')}`);
}

/** What is to be embedded; nothing where the model has vectors of its own and no file was named. */
async function examplesOf(
  files: readonly string[],
  flags: Flags,
  wanted: Learner['encodes'],
  fields: readonly string[] | undefined,
): ReturnType<typeof readExamples> {
  if (wanted.length > 0) return readExamples('embed', files, flags, wanted);
  return fields && files.length > 0 ? readFields('embed', files, fields, flags) : {};
}

function requireSide(path: string, { hasSides }: Learner, side: string | undefined): void {
  if (hasSides && side === undefined)
    throw new InputError(
      path,
      'the model embeds two kinds of rows; say whose these are: --side a (the first), or --side b (--others).',
    );
  if (!hasSides && side !== undefined)
    throw new OptionError('embed', 'side', 'left out: the model embeds one kind of rows', side);
}
