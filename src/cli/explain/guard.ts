import type { Command } from 'commander';
import { type Guarded, guardRows } from '../../apps/explain/guard.ts';
import type { WordStore } from '../../apps/verbs/search.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { gathered, type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { counted } from '../../core/text.ts';
import { safree } from '../../families/erasure/index.ts';
import { isPattern, openSource } from '../../io/files.ts';
import { type VectorTable, writeFormat } from '../../io/index.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { wordTokens } from '../../numerics/text/words.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther } from '../files.ts';
import { INPUTS, isDataset, nameOfInput, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions } from '../options.ts';
import { addStoreFlags, type StoreFlags, sayUnknown, withStores } from '../search/stores.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { aligned, print, say } from '../terminal.ts';
import { readDocuments } from './documents.ts';

const WHERE = 'explain guard';

interface Flags extends StoreFlags, EngineFlags, ToFlag {
  readonly concepts: string;
  readonly document?: string;
  readonly neutral?: string;
  readonly words?: string;
  readonly text?: string;
  readonly output?: string;
  readonly json?: true;
}

const help = `${INPUTS}
The rows of FILE are tokens of a prompt, chunks of a document, items of a basket; --document names the column that says of
which. Left out, all rows are one set. A row without which the mean of its set lies farther from the concept is flagged, and
what of it lies in the span of the concept's phrases is taken out; all other rows stay as they are.

Neutral rows are those whose column --neutral is neither empty, 0, no nor false; without it, the nine tenths of the rows with
the least of the concept.

Examples:
  $ tammes explain guard tokens.csv --document prompt --concepts phrases.npy -o guarded.csv
  $ tammes explain guard --words dataset:glove --text 'the old man bought a missile' --concepts 'war, military, weapons'
`;

/** `tammes explain guard`. */
export function configure(command: Command): void {
  command
    .argument('[files...]', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption(
      '--concepts <words>',
      'what is unwanted: labels of rows between commas (words, with --words), or a file of vectors',
    )
    .option('--document <column>', 'column that names the set of a row')
    .option('--neutral <column>', 'column that says which rows have nothing of the concept')
    .option('--words <file>', 'vectors of words, for a text')
    .option('--text <text>', 'a prompt, whose words are the rows')
    .option(
      '-o, --output <file>',
      'file for the rows that come out; its extension names the format',
    )
    .addOption(toFlag());
  addOptionFlags(command, safree.spec.options, new Set());
  command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addEngineFlags(addStoreFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => guard(files, flags, signal)),
  );
}

/** What is guarded. */
interface Guarding {
  readonly table: VectorTable;
  readonly concepts: Matrix;
  readonly documents?: readonly string[] | undefined;
  /** What the rows are called, where that is not what their documents are. */
  readonly names?: readonly string[] | undefined;
  readonly neutral?: readonly boolean[];
}

async function guard(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output } = flags;
  if (output) {
    writeFormat(output, { format: formatIdOf(flags) });
    await claimOutputs(WHERE, { output }, flags.json, ['output']);
    await requireOther(WHERE, output, [...files, flags.words ?? '', flags.concepts], 'output');
  }
  const { table, names, ...given } = await guarding(files, flags);
  const options = givenOptions(
    flags as unknown as Record<string, unknown>,
    safree.spec.options,
  ) as { alpha?: number };
  const found = await withEngine(flags, (engine) =>
    guardRows({ points: table.points, ...given }, options, { engine, signal }),
  );
  const { points, model: _, ...told } = found;
  const written = output
    ? await writeWhole(output, { ...table, points: toFloat32(points) }, formatIdOf(flags))
    : null;
  if (flags.json) return print(JSON.stringify({ ...told, output: written }));
  await print(
    linesOf(found, table.points.rows, given.documents ? names : table.labels, given.documents).join(
      '\n',
    ),
  );
  for (const path of written ?? []) if (!flags.quiet) say(`Wrote ${path}`);
}

function guarding(files: readonly string[], flags: Flags): Promise<Guarding> {
  const { words, text, document } = flags;
  if (words === undefined && text === undefined) return ofFile(files, flags);
  if (words === undefined || text === undefined)
    throw new OptionError(WHERE, words ? 'text' : 'words', 'given with the other', 'nothing');
  if (files.length > 0) throw new OptionError(WHERE, 'words', 'without a file', files.join(' '));
  if (document) throw new OptionError(WHERE, 'document', 'left out with a text', document);
  return withStores([words], flags, async (store) => ({
    table: { points: await vectorsOf(store, text, flags), labels: wordTokens(text) },
    concepts: (await isFile(flags.concepts))
      ? (await readInput(flags.concepts, {})).points
      : await vectorsOf(store, flags.concepts, flags),
  }));
}

async function vectorsOf(
  store: WordStore,
  text: string,
  { quiet }: Flags,
): Promise<Matrix<Float32Array>> {
  const tokens = wordTokens(text.replaceAll(',', ' '));
  if (tokens.length === 0) throw new InputError(WHERE, `${JSON.stringify(text)} has no words.`);
  const words = await store.words(tokens, { ignoreCase: true });
  const unknown = words.filter(({ row }) => row === null).map(({ word, from }) => ({ word, from }));
  if (!quiet) sayUnknown(unknown);
  const data = Float32Array.from(words.flatMap(({ vector }) => [...vector]));
  return toFloat32(unitOrZeroRows(matrix(data, words.length, store.cols)).points);
}

async function ofFile(files: readonly string[], flags: Flags): Promise<Guarding> {
  if (files.length === 0)
    throw new InputError(WHERE, 'vectors are needed: name a file, or --words FILE with --text.');
  const { document, neutral } = flags;
  const { table, documents, names } = await readDocuments(files, flags, document);
  const name = nameOfInput(files);
  return {
    table,
    concepts: await conceptsOf(name, table, flags.concepts),
    ...(document === undefined ? {} : { documents, names }),
    ...(neutral === undefined ? {} : { neutral: neutralOf(table, neutral) }),
  };
}

async function conceptsOf(name: string, { points, labels }: VectorTable, given: string) {
  if (await isFile(given)) return (await readInput(given, {})).points;
  const asked = given.split(',').map((word) => word.trim());
  const places = new Map(labels?.map((label, row) => [label, row]));
  const missing = asked.filter((word) => !places.has(word));
  if (missing.length === 0)
    return gathered(
      points,
      asked.map((word) => places.get(word) ?? 0),
    );
  const what = labels
    ? `there is no row with the label ${missing.map((word) => JSON.stringify(word)).join(', ')}`
    : 'the rows have no labels';
  throw new InputError(
    name,
    `${what}, and no file ${JSON.stringify(given)}, so that the concept (--concepts) is not known.`,
  );
}

async function isFile(name: string): Promise<boolean> {
  if (isDataset(name) || isPattern(name)) return true;
  const source = await openSource(name).catch(() => undefined);
  await source?.close();
  return source !== undefined;
}

const NO = new Set(['', '0', 'no', 'false', 'nan']);

function neutralOf({ columns = {} }: VectorTable, name: string): readonly boolean[] {
  if (!Object.hasOwn(columns, name)) {
    const known = Object.keys(columns).join(', ') || 'none';
    throw new OptionError(WHERE, 'neutral', `a column (${known})`, name);
  }
  const told = Array.from<string | number, boolean>(
    columns[name] as ArrayLike<string>,
    (value) => !NO.has(String(value).trim().toLowerCase()),
  );
  if (told.some(Boolean)) return told;
  throw new OptionError(WHERE, 'neutral', 'a column that says yes of a row', name);
}

/** Sets that are printed. */
const MOST_SETS = 10;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function linesOf(
  found: Guarded,
  count: number,
  labels: readonly string[] | undefined,
  documents?: readonly string[],
): string[] {
  const { sets, flagged } = found;
  const touched = sets.filter((set) => set.flagged.length > 0);
  const named = (row: number) => labels?.[row] ?? `row ${row}`;
  const rows = touched
    .slice(0, MOST_SETS)
    .map((set) => [
      documents ? documents[set.first] : 'all rows',
      set.flagged.map(named).join(', '),
      `${percent(set.massBefore)} → ${percent(set.massAfter)}`,
      `${set.steps} of 10`,
    ]);
  const more = touched.length > MOST_SETS ? [`and ${touched.length - MOST_SETS} sets more`] : [];
  return [
    `${flagged} of ${counted(count, 'row')} flagged, in ${touched.length} of ${counted(sets.length, 'set')}`,
    `Share of the concept in the mean of a set: ${percent(found.conceptMassBefore)} before, ${percent(found.conceptMassAfter)} after`,
    `Neutral rows keep a cosine of ${found.neutralCosine.toFixed(3)} to what they were; the concept projected out of every row would leave ${found.projectedCosine.toFixed(3)}`,
    ...(rows.length > 0
      ? ['', ...aligned([['set', 'flagged', 'share of the concept', 'steps guarded'], ...rows])]
      : []),
    ...more,
  ];
}
