import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { deltaOf, parametrizationById, parametrizationIds } from '../../apps/verbs/adapt.ts';
import {
  classCodes,
  type Learned,
  type Learner,
  learn,
  learnerById,
  learnerIds,
  type Watched,
} from '../../apps/verbs/learn.ts';
import { OptionError } from '../../core/errors.ts';
import { fileStore } from '../../io/byte-store.ts';
import { encodeModel, storedModel } from '../../learning/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { type ExampleFlags, readExamples } from '../learn/examples.ts';
import { dimensionLine, findDimsFlag, foundDims, requireFindDims } from '../learn/find-dims.ts';
import { savedRemark } from '../learn/saved-remark.ts';
import { addOptionFlags, givenOptions, wholeNumber, wordAfter } from '../options.ts';
import { ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags, ExampleFlags {
  readonly output: string;
  readonly previous?: string;
  readonly spread?: string;
  readonly codes?: string;
  readonly start?: string;
  readonly adapt?: string;
  readonly delta?: string;
  readonly findDims?: number;
  readonly checkpoint?: string;
  readonly resume?: true;
  readonly watch?: string;
  readonly watchEvery: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Learners of texts take a .txt file of lines, or a table with a column of text; clicks takes a table.

Examples:
  $ tammes learn classifier dataset:cora --classes subject -o model.safetensors
  $ tammes learn classifier vectors.csv --classes kind --head tammes --dim 16 -o model.safetensors
  $ tammes learn classifier vectors.csv --classes kind --spread koleo --watch effective-rank -o model.safetensors
  $ tammes learn graph-classifier dataset:cora --classes subject --edges dataset:cora -o model.safetensors
  $ tammes learn text-classifier requests.csv --text request --classes intent -o model.safetensors
  $ tammes learn clicks clicks.csv --fields user,item --classes clicked --table hash --budget 0.1 -o model.safetensors
  $ tammes learn two-towers images.npy --others texts.npy --loss m2 -o model.safetensors
  $ tammes learn sentence-encoder pairs.csv --text question --translations answer -o model.safetensors
  $ tammes learn distillation texts.jsonl --teacher vectors.npy --narrowest 16 -o model.safetensors
  $ tammes learn classifier more.csv --classes kind --head tammes --dim 16 --codes model.safetensors -o next.safetensors
  $ tammes learn classifier more.csv --classes kind --start model.safetensors --adapt lora --rank 2 --delta delta.safetensors -o adapted.safetensors
  $ tammes learn classifier vectors.csv --classes kind --adapt random-subspace --find-dims 0.9 -o model.safetensors
  $ tammes embed model.safetensors vectors.csv -o embeddings.npy
`;

export function configure(command: Command, argv: readonly string[]): void {
  const ids = learnerIds();
  command
    .argument('<id>', `what learns: ${ids.join(', ')}; its own options: tammes learn ID --help`)
    .argument('<files...>', 'a file of vectors or of texts, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'file for the model (safetensors)')
    .option('--classes <column>', 'column with the class of each row, or labels')
    .option('--text <column>', 'column with the texts')
    .option(
      '--fields <columns>',
      'columns whose values name things: user,item (clicks, gated-clicks)',
    )
    .option(
      '--translations <column>',
      'column, or file of lines, with the texts in another language, or those to lie beside them',
    )
    .option('--scores <column>', 'column with how alike each text and its partner are')
    .option('--edges <file>', 'two columns: the rows that an edge joins, by number or label')
    .option(
      '--others <file>',
      'vectors of the same things by another description, by label, else by place (two-towers)',
    )
    .addOption(
      new Option(
        '--teacher <file>',
        'vectors of the same examples to imitate; again for another teacher (distillation)',
      ).argParser((file: string, before: readonly string[] = []) => [...before, file]),
    )
    .option('--words <file>', 'vectors of words: GloVe, word2vec, … (label-attention)')
    .option(
      '--previous <file>',
      'embeddings of the same rows by an earlier model, to compare with (metric)',
    )
    .option(
      '--spread <expression>',
      "an objective beside the loss, such as koleo or 'sliced(circles=4)'",
    )
    .option(
      '--codes <model>',
      'keep the class vectors of this earlier model, so that embeddings of both compare',
    )
    .option('--start <model>', 'begin with the weights of this model')
    .option(
      '--adapt <id>',
      `train few numbers of which the weights are made: ${parametrizationIds().join(', ')}; with --help its options`,
    )
    .option(
      '--delta <file>',
      'write what was trained alone (--adapt): with the model of --start it gives this one',
    )
    .addOption(findDimsFlag())
    .option('--checkpoint <file>', 'save the training there while it goes')
    .option('--resume', 'go on from the checkpoint, where there is one')
    .option(
      '--watch <metrics>',
      'measure the embeddings of a sample while it learns: ids and groups of metrics',
    )
    .addOption(
      new Option('--watch-every <steps>', 'steps from one measurement to the next')
        .default(100)
        .argParser(wholeNumber),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command));
  const named = ids.find((id) => argv.includes(id));
  if (named) addOptionFlags(command, learnerById(named).spec.options, new Set());
  const adapting = wordAfter(argv, '--adapt', parametrizationIds());
  // One --seed serves both.
  const { options } = adapting ? parametrizationById(adapting).spec : { options: {} };
  addOptionFlags(command, options, new Set(named ? ['seed'] : []));
  command.action((id: string, files: readonly string[], flags: Flags) =>
    interruptible((signal) => run(id, files, flags, signal)),
  );
}

async function run(
  id: string,
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const learner = learnerById(id);
  await claimOutputs('learn', { output: flags.output, delta: flags.delta }, flags.json);
  requireDelta(flags);
  requireFindDims(flags);
  await requireInputsStay(files, flags);
  const values = flags as unknown as Record<string, unknown>;
  const asked = flags.adapt ? parametrizationOf(flags.adapt, values) : undefined;
  if (flags.checkpoint !== undefined && resolve(flags.checkpoint) === resolve(flags.output))
    throw new OptionError('learn', 'checkpoint', 'another file than --output', flags.checkpoint);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const given = givenOptions(values, learner.spec.options);
    const examples = {
      ...(await readExamples('learn', files, flags, learner.needs, learner.optional)),
      previous: await previousOf(learner, flags.previous),
    };
    const learned = await withEngine(flags, async (engine) => {
      const controls = { engine, signal, onProgress: bar.update };
      const start = flags.start ? await storedModel(fileStore(flags.start)) : undefined;
      const { options, parametrization, dimension } =
        flags.findDims === undefined
          ? { options: given, parametrization: asked, dimension: undefined }
          : await foundDims(id, examples, given, values, {
              ...controls,
              start,
              target: flags.findDims,
            });
      const made = await learn(id, examples, options, {
        ...controls,
        spread: flags.spread,
        codes: flags.codes ? classCodes(await storedModel(fileStore(flags.codes))) : undefined,
        start,
        parametrization,
        checkpoint: flags.checkpoint ? { store: fileStore(flags.checkpoint) } : undefined,
        resume: flags.resume,
        watch: flags.watch
          ? {
              metrics: flags.watch.split(','),
              every: flags.watchEvery,
              onMeasured: flags.json || flags.quiet ? undefined : (row) => say(lineOf(row)),
            }
          : undefined,
      });
      return { ...made, dimension };
    });
    await writeBytes(flags.output, encodeModel(learned.model));
    if (flags.delta) await writeBytes(flags.delta, deltaOf(learned));
    bar.clear();
    const { steps, loss, stepsPerSecond, engine, seconds, ended, report, watched } = learned;
    const { dimension } = learned;
    const few = { ...fewNumbers(learned), ...(dimension && { dimension }) };
    if (flags.json) {
      const known = { id, steps, loss, stepsPerSecond, engine, seconds, ended, report, ...few };
      return await print(JSON.stringify(flags.watch ? { ...known, watched } : known));
    }
    if (dimension) await print(dimensionLine(dimension));
    for (const [name, value] of Object.entries(report)) await print(`${name} ${rounded(value)}`);
    if (flags.quiet) return;
    say(`${id}: ${steps} steps at ${stepsPerSecond.toFixed(1)} a second, loss ${rounded(loss)}`);
    const { adapted } = few;
    for (const warning of [...(dimension?.warnings ?? []), ...(adapted?.warnings ?? [])])
      say(warning);
    if (adapted)
      say(`${adapted.by}: ${adapted.trained} numbers trained in the place of ${adapted.of}`);
    say(`Wrote ${[flags.output, ...(flags.delta ? [flags.delta] : [])].join(', ')}`);
  } catch (cause) {
    const remark = savedRemark(cause, flags.checkpoint);
    if (remark) say(remark);
    throw cause;
  } finally {
    bar.clear();
  }
}

function requireDelta({ delta, adapt, start }: Flags): void {
  if (delta === undefined) return;
  if (adapt === undefined)
    throw new OptionError(
      'learn',
      'delta',
      'left out where all weights are trained (no --adapt)',
      delta,
    );
  if (start === undefined)
    throw new OptionError(
      'learn',
      'delta',
      'left out without --start: it is applied to the model that the run began with',
      delta,
    );
}

/** Refuses to write over what is learned from, and over the model that a delta is applied to. */
async function requireInputsStay(files: readonly string[], flags: Flags): Promise<void> {
  const { output, delta, checkpoint, start, codes, teacher = [] } = flags;
  const { translations, edges, others, previous, metadata } = flags;
  const data = [...files, ...teacher, translations, edges, others, previous, metadata];
  const models = [start, codes];
  // A model may take the place of that it began with, where nothing needs the latter any more.
  const written = { output: delta ? [...data, start] : data, delta: [...data, ...models] };
  const all = { ...written, checkpoint: [...data, ...models, delta] };
  for (const [flag, inputs] of Object.entries(all)) {
    const path = { output, delta, checkpoint }[flag];
    const named = inputs.filter((input) => input !== undefined);
    if (path !== undefined) await requireOther('learn', path, named, flag);
  }
}

function parametrizationOf(id: string, values: Readonly<Record<string, unknown>>) {
  const parametrization = parametrizationById(id);
  return parametrization.bind(givenOptions(values, parametrization.spec.options) as never);
}

/** What is said of a run that trained few numbers. */
function fewNumbers({ parametrized }: Learned) {
  if (!parametrized) return {};
  const { by, trained, of, warnings } = parametrized;
  return { adapted: { by: by.id, trained, of, warnings } };
}

async function previousOf({ spec, takesPrevious }: Learner, file: string | undefined) {
  if (file === undefined) return undefined;
  if (!takesPrevious)
    throw new OptionError(
      'learn',
      'previous',
      `left out: ${spec.id} compares with no earlier model`,
      file,
    );
  return (await readInput(file, {})).points;
}

function lineOf({ step, loss, metrics }: Watched): string {
  const numbers = Object.entries(metrics).map(
    ([id, value]) => `${id} ${value === null ? '–' : rounded(value)}`,
  );
  return [`step ${step}`, `loss ${rounded(loss)}`, ...numbers].join('  ');
}

const rounded = (value: number): string => `${Number(value.toPrecision(4))}`;
