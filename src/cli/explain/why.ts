import { type Command, Option } from 'commander';
import { type ExplainedPrediction, explainWhy, type Reason } from '../../apps/explain/why.ts';
import {
  type ExplainedRating,
  explainRating,
  type RatingView,
} from '../../apps/explain/why-rating.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import { readColumns } from '../../io/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS, type InputFlags } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { wholeFrom } from '../options.ts';
import { aligned, print, say } from '../terminal.ts';
import { positiveOf, signed } from './lines.ts';

const WHERE = 'explain why';

interface Flags extends InputFlags, EngineFlags {
  readonly classes?: string;
  readonly row?: number;
  readonly class?: string;
  readonly method?: 'last-layer' | 'sparse-representers';
  readonly loss?: 'squared' | 'logistic';
  readonly penalty?: number;
  readonly ratings?: string;
  readonly columns?: string;
  readonly user?: string;
  readonly item?: string;
  readonly rank?: number;
  readonly ridge?: number;
  readonly top: number;
  readonly seed: number;
  readonly json?: true;
}

const help = `${INPUTS}
With --classes and --row: a linear classifier is trained on all rows but the one, and its score for the predicted class
is split over them exactly. With --ratings: factors of the ratings are trained to their end, and the prediction is
split twice, over everybody's ratings (representers) and over the user's own (last layer).

Below stands what the score loses where the model is trained without the rows that are named, and without as many
drawn at random.

Examples:
  $ tammes explain why vectors.parquet --classes topic --row 17
  $ tammes explain why vectors.csv --classes topic --row 17 --class sport --loss logistic --json
  $ tammes explain why --ratings ratings.csv --user 12 --item 'Blade Runner'
`;

/** `tammes explain why`. */
export function configure(command: Command): void {
  command
    .argument('[files...]', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--classes <column>', 'column of the classes')
    .addOption(
      new Option('--row <number>', 'the row to explain, counted from 0').argParser(wholeFrom(0)),
    )
    .option('--class <name>', 'the class whose score is split; else the one that is predicted')
    .addOption(
      new Option('--method <id>', 'a model with all columns, or with few').choices([
        'last-layer',
        'sparse-representers',
      ]),
    )
    .addOption(new Option('--loss <word>', 'of last-layer').choices(['squared', 'logistic']))
    .addOption(
      new Option(
        '--penalty <number>',
        'on the weights, for columns of mean square 1 [0.01]',
      ).argParser(positiveOf),
    )
    .option('--ratings <file>', 'a table of users, items and ratings, in place of vectors')
    .option('--columns <names>', 'its columns: user,item,rating')
    .option('--user <name>', 'whose prediction')
    .option('--item <name>', 'of what')
    .addOption(new Option('--rank <integer>', 'columns of the factors [8]').argParser(wholeFrom(1)))
    .addOption(new Option('--ridge <number>', 'penalty on the factors [2]').argParser(positiveOf))
    .addOption(
      new Option('--top <count>', 'rows to name for and against')
        .argParser(wholeFrom(1))
        .default(10),
    )
    .addOption(
      new Option('--seed <integer>', 'of what is drawn at random')
        .argParser(wholeFrom(0))
        .default(0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) =>
      flags.ratings === undefined ? why(files, flags, signal) : whyRating(files, flags, signal),
    ),
  );
}

/** Refuses flags of the other kind of question. */
function refuse(flags: Flags, names: readonly (keyof Flags)[], instead: string): void {
  const wrong = names.find((name) => flags[name] !== undefined);
  if (wrong) throw new OptionError(WHERE, wrong, instead, flags[wrong]);
}

async function why(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  refuse(flags, ['user', 'item', 'rank', 'ridge', 'columns'], 'given with --ratings');
  const { row, class: wanted, method, loss, penalty, top, seed } = flags;
  if (row === undefined)
    throw new OptionError(WHERE, 'row', 'the number of a row, from 0', 'nothing');
  if (loss === 'logistic' && method === 'sparse-representers')
    throw new OptionError(WHERE, 'loss', 'squared with sparse-representers', loss);
  const {
    points,
    classes = [],
    labels,
  } = await readExamples(WHERE, files, flags, ['points', 'classes']);
  if (!points) throw new InputError(WHERE, 'vectors are needed; name a file of them.');
  const found = await withEngine(flags, (engine) =>
    explainWhy(
      { points, classes },
      { row, class: wanted, method, loss, penalty, top, seed },
      { engine, signal },
    ),
  );
  if (flags.json) return print(JSON.stringify(found));
  if (!flags.quiet) for (const warning of found.warnings) say(warning);
  await print(linesOf(found, labels).join('\n'));
}

function linesOf(found: ExplainedPrediction, labels: readonly string[] | undefined): string[] {
  const { method, row, actual, predicted, score, ownClass, deletion } = found;
  const named = ({ row: at, class: own, value }: Reason) => [
    labels?.[at] ?? `row ${at}`,
    own,
    signed(value),
  ];
  const table = (title: string, reasons: readonly Reason[]) =>
    reasons.length > 0
      ? ['', title, ...aligned(reasons.map(named)).map((line) => `  ${line}`)]
      : [];
  const right = predicted === actual ? 'as it is' : `and it is ${actual}`;
  return [
    `Row ${row} is taken for ${predicted}, ${right}`,
    `${method}: ${found.class} has ${score.toFixed(4)}, the sum over ${counted(found.contributions.length, 'training row')}; ${(100 * ownClass).toFixed(1)} % of what is for it comes from rows of ${found.class}`,
    ...table('Most for it', found.for),
    ...table('Most against it', found.against),
    ...(deletion
      ? [
          '',
          `Deletion: trained without the ${counted(deletion.rows, 'row')} most for it the score loses ${deletion.top.toFixed(4)}, without as many at random ${deletion.random.toFixed(4)}`,
        ]
      : []),
  ];
}

async function whyRating(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  if (files.length > 0)
    throw new OptionError(WHERE, 'ratings', 'given without another file', files.join(' '));
  refuse(
    flags,
    ['classes', 'row', 'class', 'method', 'loss', 'penalty'],
    'left out with --ratings',
  );
  const { user, item, rank, ridge, top, seed, ratings: file = '' } = flags;
  if (user === undefined) throw new OptionError(WHERE, 'user', 'the name of a user', 'nothing');
  if (item === undefined) throw new OptionError(WHERE, 'item', 'the name of an item', 'nothing');
  const ratings = await readRatings(file, flags.columns);
  const found = await explainRating(ratings, { user, item, rank, ridge, top, seed }, { signal });
  if (flags.json) return print(JSON.stringify(found));
  if (!flags.quiet) for (const warning of found.warnings) say(warning);
  await print(ratingLines(found).join('\n'));
}

const USUAL = ['user', 'item', 'rating'] as const;

async function readRatings(file: string, given: string | undefined) {
  const { name, columns } = await readColumns(file);
  const wanted = given?.split(',').map((own) => own.trim()) ?? [...USUAL];
  if (wanted.length !== 3)
    throw new OptionError(WHERE, 'columns', 'three names between commas: user,item,rating', given);
  const [users, items, values] = wanted.map((own) => {
    const column = columns.get(own);
    if (column) return Array.from<string | number, string>(column as ArrayLike<string>, String);
    const known = [...columns.keys()].join(', ');
    throw new InputError(
      name,
      `there is no column "${own}"; the columns are ${known} (--columns).`,
    );
  });
  const numbers = values.map((value) => (value.trim() === '' ? Number.NaN : Number(value)));
  const odd = numbers.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return { users, items, values: numbers };
  throw new InputError(
    name,
    `row ${odd} has no number in the column "${wanted[2]}" but ${JSON.stringify(values[odd])} (counted from 0).`,
  );
}

function ratingLines(found: ExplainedRating): string[] {
  const { user, item, constant, score, representers, lastLayer, random } = found;
  const view = (title: string, { for: best, against, deletion }: RatingView) => [
    '',
    `${title}; trained on without those for it the prediction loses ${deletion.toFixed(4)}, without as many at random ${random.toFixed(4)}`,
    ...aligned(
      [...best, ...against].map((own) => [own.user, own.item, `${own.rating}`, signed(own.value)]),
    ).map((line) => `  ${line}`),
  ];
  return [
    `${user} and ${item}: ${(constant + score).toFixed(4)}, the mean ${constant.toFixed(4)} and ${signed(score)}`,
    ...view('Ratings of everybody (representers)', representers),
    ...(lastLayer ? view('Ratings of the user (last layer)', lastLayer) : []),
  ];
}
