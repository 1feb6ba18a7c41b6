import { type Command, Option } from 'commander';
import type { NamedVectors } from '../../apps/explain/class-vectors.ts';
import {
  type ExplainedZeroShot,
  explainZeroShot,
  type JudgedZeroShot,
  zeroShotMethods,
} from '../../apps/explain/zero-shot.ts';
import { InputError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import type { ClassMean } from '../../families/classifiers/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { wholeFrom } from '../options.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

const WHERE = 'explain zeroshot';

interface Flags extends InputFlags, EngineFlags {
  readonly classes?: string;
  readonly vectors?: string;
  readonly unseen?: string;
  readonly method?: string;
  readonly seed: number;
  readonly json?: true;
}

const help = `${INPUTS}
--vectors: a file with a vector for each class, labeled by the names of the classes, or word vectors (dataset:glove), of
which a class gets the mean of the words in its name. Rows of the unseen classes are not trained on; they are what is judged.
Accuracies are means over classes, their intervals those of other classes like these.

Methods: conse (the meanings of what a classifier sees), dem (a network from meanings to rows), ridge (the same,
linear), psr (a network that keeps how alike classes are), semantic-ridge (linear, from rows to meanings). Calibrated: what is taken off seen classes is found among these.

Examples:
  $ tammes explain zeroshot vectors.csv --classes topic --vectors dataset:glove
  $ tammes explain zeroshot images.npy --metadata facts.csv --classes animal --vectors attributes.csv --unseen lion,whale
`;

/** `tammes explain zeroshot`. */
export function configure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--classes <column>', 'column of the classes')
    .option('--vectors <file>', 'vectors of the classes, or of the words in their names')
    .option('--unseen <names>', 'classes that are not trained on, between commas [three of ten]')
    .addOption(
      new Option('--method <word>', 'one of the methods [all]').choices([...zeroShotMethods]),
    )
    .addOption(
      new Option('--seed <integer>', 'of what is drawn').argParser(wholeFrom(0)).default(0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => explain(files, flags, signal)),
  );
}

async function explain(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const vectors = await readVectors(flags);
    const { points, classes = [] } = await readExamples(WHERE, files, flags, ['points', 'classes']);
    if (!points) return;
    const unseen = flags.unseen?.split(',').map((name) => name.trim());
    const methods = flags.method === undefined ? undefined : [flags.method];
    const explained = await withEngine(flags, (engine) =>
      explainZeroShot(
        { points, classes, vectors },
        { unseen, methods, seed: flags.seed },
        { engine, signal, onProgress: bar.update },
      ),
    );
    bar.clear();
    if (flags.json) return await print(JSON.stringify(explained));
    for (const line of linesOf(explained)) await print(line);
    if (!flags.quiet) for (const remark of remarksOn(explained)) say(remark);
  } finally {
    bar.clear();
  }
}

async function readVectors({ vectors, quiet }: Flags): Promise<NamedVectors> {
  if (vectors === undefined)
    throw new InputError(
      WHERE,
      'vectors of the classes are needed: --vectors FILE, or --vectors dataset:glove.',
    );
  const { points, labels } = await readInput(vectors, { quiet });
  if (!labels)
    throw new InputError(vectors, 'its vectors have no labels, which say whose they are.');
  return { names: labels, points };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const withInterval = ({ value, low, high }: ClassMean) =>
  Number.isNaN(low) ? percent(value) : `${percent(value)} (${percent(low)} to ${percent(high)})`;

function linesOf({ seen, unseen, chance, rows, methods }: ExplainedZeroShot): string[] {
  const named = unseen.length > 12 ? [...unseen.slice(0, 12), '…'] : unseen;
  return [
    `Trained on ${counted(rows.train, 'row')} of ${counted(seen.length, 'class', 'classes')}; ${unseen.length} unseen: ${named.join(', ')}`,
    `${counted(rows.unseen, 'row')} of unseen classes, where these are the answers (chance ${percent(chance)}):`,
    ...aligned([
      ['', 'named', 'among five', 'hub skewness'],
      ...methods.map(({ method, hit1, hit5, hubness }) => [
        `  ${method}`,
        withInterval(hit1),
        // Of five answers or fewer, the right one is always among five.
        unseen.length > 5 ? percent(hit5.value) : '–',
        hubness.skewness.toFixed(2),
      ]),
    ]),
    `With ${counted(rows.seen, 'held-out row')} of seen classes too, where all ${seen.length + unseen.length} are answers:`,
    ...aligned([
      ['', 'seen', 'unseen', 'harmonic mean', 'calibrated: seen', 'unseen', 'harmonic mean'],
      ...methods.map(generalizedLine),
    ]),
  ];
}

function generalizedLine({ method, generalized, calibrated }: JudgedZeroShot): string[] {
  const of = ({ seen, unseen, harmonicMean }: typeof generalized) =>
    [seen.value, unseen.value, harmonicMean].map(percent);
  return [`  ${method}`, ...of(generalized), ...(calibrated ? of(calibrated) : ['–', '–', '–'])];
}

function* remarksOn({ chance, methods, seen }: ExplainedZeroShot): Generator<string> {
  for (const { method, warnings } of methods)
    for (const warning of warnings) yield `${method}: ${warning}`;
  const best = methods.reduce((a, b) => (b.hit1.value > a.hit1.value ? b : a));
  if (!(best.hit1.low > chance))
    yield 'No method is surely above chance: the vectors tell little of how rows of these classes look.';
  if (best.hubness.largest > Math.max(0.3, 3 * chance))
    yield `${best.method} gives ${percent(best.hubness.largest)} of the rows to ${JSON.stringify(best.hubness.of)}, a hub.`;
  if (methods[0].calibrated === null)
    yield `Nothing is calibrated: it takes six seen classes, and there are ${seen.length}.`;
}
