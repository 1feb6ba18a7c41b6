import { type Command, Option } from 'commander';
import { type ExplainedMatch, explainMatch } from '../../apps/explain/match.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { type Matrix, matrix, rows } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { fileStore } from '../../io/byte-store.ts';
import type { VectorTable } from '../../io/index.ts';
import { storedModel } from '../../learning/index.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { INPUTS, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom } from '../options.ts';
import { addStoreFlags, type StoreFlags, withStores } from '../search/stores.ts';
import { aligned, print } from '../terminal.ts';
import { signed } from './lines.ts';
import { wordRows } from './word-rows.ts';

const WHERE = 'explain match';

interface Flags extends StoreFlags, EngineFlags {
  readonly a: string;
  readonly b: string;
  readonly words?: string;
  readonly top: number;
  readonly json?: true;
}

const help = `${INPUTS}
MODEL is what tammes learn named-dimensions wrote: each of its coordinates is a concept, and none is below 0. The score
of two rows is the sum of what the concepts add.

--a and --b name a row by its label or, where no label is the same, by its number, counted from 0; with two files --b is
a row of the second. With --words they are texts, and the row of a text is the mean of the vectors of its words at
length 1: for models that learned from such rows.

Examples:
  $ tammes explain match model.safetensors profiles.parquet jobs.parquet --a ada --b 'night nurse'
  $ tammes explain match model.safetensors requests.csv --a 3 --b 17 --json
  $ tammes explain match model.safetensors --words dataset:glove --a 'book a flight' --b 'a ticket to rome'
`;

/** `tammes explain match`. */
export function configure(command: Command): void {
  command
    .argument('<model>', 'a model of named dimensions')
    .argument('[files...]', 'a file with both rows, or one for each')
    .requiredOption('--a <name>', 'the first row, or text')
    .requiredOption('--b <name>', 'the second')
    .option('--words <file>', 'vectors of words, for two texts')
    .addOption(new Option('--top <count>', 'concepts to print').argParser(wholeFrom(0)).default(10))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addStoreFlags(command)).action(
    (model: string, files: readonly string[], flags: Flags) =>
      interruptible(() => match(model, files, flags)),
  );
}

async function match(path: string, files: readonly string[], flags: Flags): Promise<void> {
  const model = await storedModel(fileStore(path));
  const [a, b] = await rowsOf(files, flags);
  const found = await withEngine(flags, (engine) => explainMatch(model, a, b, { engine }));
  if (flags.json) return print(JSON.stringify({ a: flags.a, b: flags.b, ...found }));
  await print(linesOf(found, flags).join('\n'));
}

async function rowsOf(files: readonly string[], flags: Flags): Promise<readonly Matrix[]> {
  if (flags.words !== undefined) {
    if (files.length > 0)
      throw new OptionError(WHERE, 'words', 'without another file', files.join(' '));
    return ofTexts(flags.words, flags);
  }
  if (files.length < 1 || files.length > 2)
    throw new OptionError(WHERE, 'FILE', 'one, two, or --words', files.length);
  const { vectorColumn, labelColumn, ...rest } = flags;
  const read = (file: string) =>
    readInput(file, { ...rest, vector: vectorColumn, label: labelColumn });
  const first = await read(files[0]);
  const second = files.length === 2 ? await read(files[1]) : first;
  return [rowNamed(files[0], first, flags.a), rowNamed(files[files.length - 1], second, flags.b)];
}

/** The mean rows of two texts. */
function ofTexts(words: string, flags: Flags): Promise<readonly Matrix[]> {
  return withStores([words], flags, async (store) => {
    const found: Matrix[] = [];
    for (const text of [flags.a, flags.b]) {
      const { points } = await wordRows(WHERE, store, text, flags);
      found.push(matrix(Float32Array.from(meanRow(points)), 1, points.cols));
    }
    return found;
  });
}

/** The row with this label, or of this number where no label is so. */
function rowNamed(file: string, { points, labels }: VectorTable, name: string): Matrix {
  const own = labels ? Array.from(labels.keys()).filter((row) => labels[row] === name) : [];
  if (own.length > 1)
    throw new InputError(
      file,
      `${own.length} rows have the label ${JSON.stringify(name)}, the first of them row ${own[0]}; give a number (and --no-label-column where the labels are numbers).`,
    );
  const number = own[0] ?? (/^\d+$/.test(name) ? Number(name) : Number.NaN);
  if (number < points.rows) return rows(points, number, number + 1);
  throw new InputError(
    file,
    `there is no row ${JSON.stringify(name)}: ${labels ? 'a label, or ' : ''}a number from 0 to ${points.rows - 1} is expected.`,
  );
}

function linesOf({ score, contributions }: ExplainedMatch, { a, b, top }: Flags): string[] {
  const shown = contributions.slice(0, top);
  const rest = contributions.slice(top);
  const share = (value: number) => `${((100 * value) / score).toFixed(1)} %`;
  const left = rest.reduce((sum, { value }) => sum + value, 0);
  const table = [
    ...shown.map(({ concept, value }) => [concept, signed(value), share(value)]),
    ...(rest.length > 0 ? [[counted(rest.length, 'other'), signed(left), share(left)]] : []),
  ];
  return [
    `${a} and ${b}: ${score.toFixed(4)}, the sum over ${counted(contributions.length, 'concept')} that both have`,
    ...(table.length > 0 ? ['', ...aligned(table).map((line) => `  ${line}`)] : []),
  ];
}
