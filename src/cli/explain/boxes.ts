import { type Command, Option } from 'commander';
import { type BoxesOptions, type ExplainedBoxes, explainBoxes } from '../../apps/explain/boxes.ts';
import { OptionError } from '../../core/errors.ts';
import { boxes } from '../../families/classifiers/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS, type InputFlags } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { addOptionFlags, givenOptions, wholeFrom } from '../options.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';
import { readRelations } from './relations.ts';

const WHERE = 'explain boxes';

interface Flags extends InputFlags, EngineFlags {
  readonly classes?: string;
  readonly relations?: string;
  readonly learn?: string;
  readonly examples?: number;
  readonly json?: true;
}

const help = `${INPUTS}
Boxes are fitted to seven tenths of at most 20,000 rows, and judged by the others. A file of relations has lines such as
  robin,is a kind of,bird
  bird,has,wings
  robin,is like,finch
between commas or tabs. With --learn a class is left out and learned afterwards from a few of its rows and its relations.

Examples:
  $ tammes explain boxes words.csv --classes kind --relations relations.csv
  $ tammes explain boxes words.csv --classes kind --relations relations.csv --learn bird --examples 1 --json
`;

/** `tammes explain boxes`. */
export function configure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--classes <column>', 'column of the classes')
    .option('--relations <file>', 'what classes are kinds of, have and are like')
    .option('--learn <class>', 'a class that is learned afterwards')
    .addOption(
      new Option('--examples <count>', 'from how many of its rows (default: 3)').argParser(
        wholeFrom(0),
      ),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addOptionFlags(command, boxes.spec.options, new Set());
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => explain(files, flags, signal)),
  );
}

async function explain(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { learn, examples } = flags;
  if (examples !== undefined && learn === undefined)
    throw new OptionError(
      WHERE,
      'examples',
      'left out where no class is learned (--learn)',
      examples,
    );
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const { points, classes = [] } = await readExamples(WHERE, files, flags, ['points', 'classes']);
    if (!points) return;
    const relations =
      flags.relations === undefined ? undefined : await readRelations(flags.relations);
    const options: BoxesOptions = {
      ...givenOptions(flags as unknown as Record<string, unknown>, boxes.spec.options),
      learn,
      examples,
    };
    const explained = await withEngine(flags, (engine) =>
      explainBoxes({ points, classes, relations }, options, {
        engine,
        signal,
        onProgress: bar.update,
      }),
    );
    bar.clear();
    if (flags.json) return await print(JSON.stringify(explained));
    if (!flags.quiet) for (const warning of explained.warnings) say(warning);
    for (const line of linesOf(explained)) await print(line);
  } finally {
    bar.clear();
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function linesOf(explained: ExplainedBoxes): string[] {
  const { concepts, contains, relations, accuracy, learned, heldOut } = explained;
  const share = ({ value, low, high }: { value: number; low: number; high: number }) =>
    `${percent(value)} (${percent(low)} to ${percent(high)})`;
  const found = contains.filter(({ stated }) => !stated);
  const lines = [
    ...aligned(
      concepts.map(({ name, rows, precision, recall }) => [
        name,
        counted(rows, 'row'),
        precision === null ? 'none found' : `precision ${percent(precision)}`,
        `recall ${percent(recall)}`,
      ]),
    ),
    `Of ${relations.stated} stated relations the boxes hold ${relations.held}; ${found.length} further boxes lie in others`,
    ...linesOfFound(found),
    `Accuracy on ${heldOut} held-out rows:`,
    `  boxes  ${share(accuracy.boxes)}`,
    `  nearest class mean  ${share(accuracy.nearestMean)}`,
    `  the commonest class  ${percent(accuracy.majority)}`,
  ];
  if (learned) lines.push(...linesOfLearned(learned));
  return lines;
}

/** The surest ten. */
function linesOfFound(found: ExplainedBoxes['contains']): string[] {
  if (found.length === 0) return [];
  const surest = found.toSorted((a, b) => b.probability - a.probability).slice(0, 10);
  return aligned(
    surest.map(({ inner, outer, probability }) => [
      `  ${inner}`,
      `in ${outer}`,
      percent(probability),
    ]),
  );
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

function linesOfLearned({
  name,
  examples,
  relations,
  f1,
}: NonNullable<ExplainedBoxes['learned']>): string[] {
  const line = (what: string, value: number | null) =>
    value === null ? [] : [`  ${what}  ${value.toFixed(3)}`];
  return [
    `${name} from ${counted(examples, 'row')} and ${counted(relations, 'relation')}, F1:`,
    ...line('boxes', f1.boxes),
    ...line('boxes without relations', f1.withoutRelations),
    ...line('nearest class mean', f1.nearestMean),
  ];
}
