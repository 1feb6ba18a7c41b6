import { type Command, Option } from 'commander';
import {
  type ExplainedPair,
  explainPair,
  type PartSet,
  pairMethodById,
  pairMethodIds,
} from '../../apps/explain/pair.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { gathered } from '../../core/matrix.ts';
import type { VectorTable } from '../../io/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { INPUTS, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wholeFrom, wordAfter } from '../options.ts';
import { addStoreFlags, type StoreFlags, withStores } from '../search/stores.ts';
import { aligned, print, say } from '../terminal.ts';
import { readDocuments } from './documents.ts';
import { readHead } from './head.ts';
import { deletionLine, signed } from './lines.ts';
import { wordRows } from './word-rows.ts';

const WHERE = 'explain pair';

interface Flags extends StoreFlags, EngineFlags {
  readonly a?: string;
  readonly b?: string;
  readonly document?: string;
  readonly words?: string;
  readonly head?: string;
  readonly bias?: string;
  readonly method: string;
  readonly top: number;
  readonly seed: number;
  readonly json?: true;
}

const help = `${INPUTS}
Two files: the rows of each are the parts of one thing. One file: rows of one document are its parts; --a and --b
name the documents. With --words, --a and --b are texts, and the vectors of their words at length 1 the parts.

Contributions sum to the score. Below stands what the score loses without a fifth of the parts, those that contribute
most, and without as many drawn at random: an explanation that says nothing loses no more than these.

Examples:
  $ tammes explain pair --words dataset:glove --a 'the king of france' --b 'a queen in paris'
  $ tammes explain pair tokens.csv --document page --a 12 --b 40
  $ tammes explain pair patches-a.npy patches-b.npy --pool max --head layer.npy
  $ tammes explain pair query.npy document.npy --method late-interaction --json
`;

/** `tammes explain pair`. */
export function configure(command: Command, argv: readonly string[]): void {
  const ids = pairMethodIds();
  const named = pairMethodById(wordAfter(argv, '--method', ids) ?? 'pooled-similarity');
  command
    .argument('[files...]', 'two files of parts, or one with the parts of several documents')
    .option('--a <name>', 'the first document, or text')
    .option('--b <name>', 'the second')
    .option('--document <column>', 'column that names the document of a row; else the labels do')
    .option('--words <file>', 'vectors of words, for two texts')
    .option('--head <file>', 'weights of a linear layer behind the pooling: a row for each output')
    .option('--bias <file>', 'its biases: one row, or a number a row')
    .addOption(
      new Option('--method <id>', 'how; its own options: --method ID --help')
        .choices(ids)
        .default('pooled-similarity'),
    );
  addOptionFlags(command, named.spec.options, new Set());
  command
    .addOption(new Option('--top <count>', 'pairs to print').argParser(wholeFrom(0)).default(10))
    .addOption(
      new Option('--seed <integer>', 'of the parts drawn at random')
        .argParser(wholeFrom(0))
        .default(0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addStoreFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => pair(files, flags, signal)),
  );
}

async function pair(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { method, seed, top } = flags;
  const [a, b] = await partsOf(files, flags);
  const head = await readHead(WHERE, flags.head, flags.bias, a.points.cols);
  const options = givenOptions(
    flags as unknown as Record<string, unknown>,
    pairMethodById(method).spec.options,
  );
  const explained = await withEngine(flags, (engine) =>
    explainPair(a, b, { method, options, head, seed }, { engine, signal }),
  );
  if (flags.json) return print(JSON.stringify(explained));
  if (!flags.quiet) for (const warning of explained.warnings) say(warning);
  await print(linesOf(explained, top).join('\n'));
}

type Parts = PartSet & Pick<VectorTable, 'points'>;

function partsOf(files: readonly string[], flags: Flags): Promise<readonly Parts[]> {
  if (flags.words !== undefined) {
    if (files.length > 0)
      throw new OptionError(WHERE, 'words', 'without another file', files.join(' '));
    return ofTexts(flags.words, flags);
  }
  if (files.length === 2) return ofFiles(files, flags);
  if (files.length === 1) return ofDocuments(files[0], flags);
  throw new OptionError(WHERE, 'FILE', 'two files, one with --a and --b, or --words', files.length);
}

function bothOf(flags: Flags, what: string): readonly string[] {
  for (const side of ['a', 'b'] as const)
    if (flags[side] === undefined) throw new OptionError(WHERE, side, what, 'nothing');
  return [flags.a ?? '', flags.b ?? ''];
}

/** The words of two texts. */
function ofTexts(words: string, flags: Flags): Promise<readonly Parts[]> {
  const texts = bothOf(flags, 'a text, with --words');
  return withStores([words], flags, async (store) => {
    const found: Parts[] = [];
    for (const text of texts) found.push(await wordRows(WHERE, store, text, flags));
    return found;
  });
}

/** All rows of two files. */
async function ofFiles(files: readonly string[], flags: Flags): Promise<readonly Parts[]> {
  const wrong = (['a', 'b', 'document'] as const).find((flag) => flags[flag] !== undefined);
  if (wrong)
    throw new OptionError(WHERE, wrong, 'left out where each file is one thing', flags[wrong]);
  const found: Parts[] = [];
  for (const file of files) {
    const { points, labels } = await readTable(file, flags);
    found.push({ points, names: labels ?? rowNames(points.rows) });
  }
  return found;
}

const readTable = (file: string, { vectorColumn, labelColumn, ...flags }: Flags) =>
  readInput(file, { ...flags, vector: vectorColumn, label: labelColumn });

const rowNames = (count: number, rows?: Int32Array) =>
  Array.from({ length: count }, (_, i) => `row ${rows ? rows[i] : i}`);

/** The rows of two documents of a file. */
async function ofDocuments(file: string, flags: Flags): Promise<readonly Parts[]> {
  const asked = bothOf(flags, 'the name of a document, with one file');
  const { table, documents, names: labels } = await readDocuments([file], flags, flags.document);
  if (!documents)
    throw new InputError(
      file,
      `nothing says to which document a row belongs: labels, or a column by --document (${Object.keys(table.columns ?? {}).join(', ') || 'none'}).`,
    );
  return asked.map((document) => {
    const rows = Int32Array.from(documents.keys()).filter((row) => documents[row] === document);
    const known = [...new Set(documents)];
    const some = known.length > 5 ? `${known.slice(0, 5).join(', ')}, …` : known.join(', ');
    if (rows.length === 0)
      throw new InputError(
        file,
        `there is no document ${JSON.stringify(document)}; there are ${some}.`,
      );
    return {
      points: gathered(table.points, rows),
      names: labels ? Array.from(rows, (row) => labels[row]) : rowNames(rows.length, rows),
    };
  });
}

function linesOf(explained: ExplainedPair, top: number): string[] {
  const { method, score, contributions, parts, faithfulness } = explained;
  const count = `${parts.a.length} × ${parts.b.length}`;
  const shown = contributions.filter(({ value }) => value > 0).slice(0, top);
  const against = contributions.filter(({ value }) => value < 0).slice(-Math.min(3, top));
  const row = ({ a, b, value }: (typeof contributions)[number]) => [
    parts.a[a],
    parts.b[b],
    signed(value),
  ];
  const table = (title: string, rows: typeof contributions) =>
    rows.length > 0 ? ['', title, ...aligned(rows.map(row)).map((line) => `  ${line}`)] : [];
  return [
    `${method}: ${score.toFixed(4)}, the sum over ${count} pairs of parts`,
    ...table('Most for it', shown),
    ...table('Most against it', against.toReversed()),
    '',
    deletionLine(faithfulness, 'part'),
  ];
}
