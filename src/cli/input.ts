import { createHash } from 'node:crypto';
import { type Command, Option } from 'commander';
import { databases } from '../adapters/databases/index.ts';
import { storeFormat } from '../apps/store/store-format.ts';
import { bytesInWords } from '../apps/verbs/disperse-memory.ts';
import { leastMemory, memoryOfMeasure, rowsWithin } from '../apps/verbs/measure-memory.ts';
import { OptionError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { RunControls } from '../core/run.ts';
import { isTableAddress } from '../io/addresses.ts';
import type { Opened } from '../io/contract.ts';
import { datasetByName, datasetNames } from '../io/datasets/index.ts';
import { type ExactTable, readExact } from '../io/exact.ts';
import { isPattern } from '../io/files.ts';
import { ENCODINGS, formats, type ReadOptions, type VectorTable } from '../io/index.ts';
import { naturalOrder } from '../io/natural-order.ts';
import { openTable, openVectors, wholeOf } from '../io/open.ts';
import { sampleOpened } from '../io/sample.ts';
import { filesOfPattern } from '../io/sources.ts';
import { wholeFrom } from './options.ts';
import { say } from './terminal.ts';

/** The flags of every command that reads vectors. */
export interface InputFlags {
  readonly format?: string | undefined;
  readonly vector?: string | undefined;
  readonly label?: string | false | undefined;
  /** Whether files may lack the column of the label; then the usual one is taken. */
  readonly labelMayLack?: true;
  readonly metadata?: string | undefined;
  readonly quiet?: true | undefined;
  readonly base64?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly quotes?: boolean | undefined;
  readonly header?: boolean | undefined;
  readonly encoding?: string | undefined;
}

/** `suffix`: what the flags that name columns end in, where a command has others of their names. */
export function addInputFlags(command: Command, suffix: '' | '-column' = ''): Command {
  return command
    .addOption(
      new Option('--format <id>', 'read the file as this format instead of by its content').choices(
        formats.map(({ id }) => id),
      ),
    )
    .option(`--vector${suffix} <names>`, 'column, field or tensor that holds the vector (or a,b,c)')
    .option(`--label${suffix} <name>`, 'column or field that holds the label')
    .option(`--no-label${suffix}`, 'the file has no labels')
    .option(
      '--metadata <file>',
      'a table with a row for each vector (CSV, TSV, JSON lines, Parquet): its columns join the rows',
    )
    .addOption(
      new Option(
        '--base64 <type>',
        'type of the numbers in vectors that are base64 or binary (f4 unless given)',
      ).choices(['f4', 'f2', 'bf16', 'f8', 'i1', 'u1']),
    )
    .option('--delimiter <character>', 'what separates the fields of a CSV file')
    .option('--no-quotes', 'quotation marks in a CSV file are ordinary characters')
    .option('--header', 'a CSV file begins with a line of names')
    .option('--no-header', 'the file begins with a row, not with names')
    .addOption(
      new Option('--encoding <name>', 'encoding of a text file, where it is not UTF-8').choices(
        ENCODINGS,
      ),
    );
}

export function readOptionsOf(flags: InputFlags): ReadOptions {
  const names = flags.vector?.split(',');
  return {
    format: flags.format as ReadOptions['format'],
    vector: names && names.length > 1 ? names : flags.vector,
    // Commander gives true where `--no-label` exists and neither flag was used.
    label: (flags.label as unknown) === true ? undefined : flags.label,
    metadata: flags.metadata,
    onRemark: flags.quiet ? undefined : say,
    base64: flags.base64 as ReadOptions['base64'],
    delimiter: flags.delimiter === '\\t' ? '\t' : flags.delimiter,
    quotes: flags.quotes,
    header: flags.header,
    encoding: flags.encoding as ReadOptions['encoding'],
    also: [storeFormat],
    places: databases,
  };
}

const PREFIX = 'dataset:';

const known = (): string =>
  datasetNames()
    .map((name) => `${PREFIX}${name}`)
    .join(', ');

/** What stands for a table on the command line, for help. */
export const INPUTS = `
FILE is a file, a folder of files, a quoted pattern ('part-*.parquet', also ** and {a,b}), - for standard input, a
table that tammes shard wrote (a folder, s3://bucket/prefix, https://host/path), or a shipped data set: ${known()}.
It may also be a table of a database: 'postgres://user@host/database?table=T', 'lance://FOLDER/TABLE' or
'qdrant://host:6333/COLLECTION' (with &vector=, &id=, &label= where the columns have other names; Qdrant's key in
QDRANT_API_KEY).
Files packed by gzip or Zstandard are unpacked.
`;

/** Opens what the names stand for together, one table, and closes it again. */
export async function withInput<T>(
  names: string | readonly string[],
  flags: InputFlags,
  use: (file: Opened) => Promise<T>,
): Promise<T> {
  const file = await openInput(typeof names === 'string' ? [names] : names, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function openInput(names: readonly string[], flags: InputFlags): Promise<Opened> {
  const options = readOptionsOf(flags);
  const dataset = names.find((name) => name.startsWith(PREFIX));
  if (dataset === undefined) {
    return openVectors(inNaturalOrder(names, options), options, flags.labelMayLack);
  }
  const load = datasetByName(dataset.slice(PREFIX.length));
  if (!load) throw new OptionError('tammes', 'FILE', `a file or one of ${known()}`, dataset);
  if (names.length > 1) {
    throw new OptionError('tammes', 'FILE', 'one data set alone or files', names.join(' '));
  }
  return openTable(await load(), dataset, options);
}

/** A shell puts `part-10` before `part-2`: names that come in its order are taken for those of one pattern. */
function inNaturalOrder(
  names: readonly string[],
  { onRemark }: ReadOptions,
): string | readonly string[] {
  if (names.length === 1) return names[0];
  const isShells = names.every((name, i) => i === 0 || names[i - 1] < name);
  const natural = [...names].sort(naturalOrder);
  if (!isShells || natural.every((name, i) => name === names[i])) return names;
  onRemark?.(
    `The files are read in the natural order of their names: ${natural[0]}, ${natural[1]}, …`,
  );
  return natural;
}

/** The names that patterns stand for, where each file is a table of its own. */
export async function eachFile(names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names)
    found.push(...(!isTableAddress(name) && isPattern(name) ? await filesOfPattern(name) : [name]));
  return found;
}

/** What several files that are one table are called. */
export function nameOfInput(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`;
}

/** Reads what the names stand for, whole. */
export function readInput(
  names: string | readonly string[],
  flags: InputFlags,
): Promise<VectorTable> {
  return withInput(names, flags, wholeOf);
}

/** The same for points that npy files hold in float64. */
export async function readExactInput(name: string): Promise<ExactTable> {
  return name.startsWith(PREFIX) || isTableAddress(name) || isPattern(name)
    ? readInput(name, {})
    : readExact(name);
}

/** Whether this is the name of a shipped data set. */
export function isDataset(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Values of a file beyond which a sample of its rows is read: 4 GiB of float32, of which two are held. */
const MOST_VALUES = 2 ** 30;
/** Values of the sample then. */
const SAMPLE_VALUES = 2 ** 27;

export interface SampleFlags extends InputFlags {
  /** How many rows to draw; left out, all of a file that memory holds. */
  readonly sample?: number;
  /** Bytes that may be held; left out, a file of 4 GiB of float32 is read whole. */
  readonly maxMemory?: number;
  readonly exact?: true;
  readonly seed?: number;
}

export function sampleFlag(): Option {
  return new Option(
    '--sample <rows>',
    'draw so many rows, reading the file block by block: for files beyond memory, or a quick look',
  ).argParser(wholeFrom(1));
}

/** Reads a table whole, or a sample of its rows: as many as were asked for, or where it is too large. */
export function readInputOrSample(
  names: string | readonly string[],
  flags: SampleFlags,
  run: RunControls,
): Promise<VectorTable> {
  return withInput(names, flags, async (file) => {
    const rows = await rowsToDraw(file, flags);
    if (rows === undefined) return wholeOf(file);
    return sampleOpened(file, rows, { ...run, seed: flags.seed });
  });
}

/** How many rows to draw: as many as are asked for, or as may be held; undefined where all are read. */
async function rowsToDraw(
  { size, reader }: Opened,
  { exact, maxMemory, sample }: SampleFlags,
): Promise<number | undefined> {
  if (maxMemory !== undefined)
    return rowsOfMemory(await reader.info(), maxMemory, { exact, sample });
  if (sample !== undefined || exact) return sample;
  // A value takes a byte at least; looking into a smaller file would be for nothing.
  if (size < MOST_VALUES) return undefined;
  const { rows, cols } = await reader.info();
  return rows * cols > MOST_VALUES ? Math.max(1, Math.floor(SAMPLE_VALUES / cols)) : undefined;
}

/** How many rows to draw, that no more memory is held; undefined where all may be. */
function rowsOfMemory(
  shape: { readonly rows: number; readonly cols: number },
  most: number,
  { exact, sample }: { readonly exact: true | undefined; readonly sample: number | undefined },
): number | undefined {
  const { rows: n, cols } = shape;
  const wished = sample ?? (exact ? n : undefined);
  const needed = memoryOfMeasure({ rows: wished ?? n, cols });
  if (needed <= most) return sample;
  const rows = wished === undefined ? rowsWithin(most, shape) : undefined;
  if (rows !== undefined) return rows;
  const least = bytesInWords(wished === undefined ? leastMemory(shape) : needed);
  const wanted = `at least ${least} for ${wished ?? 'some'} of ${n} × ${cols}`;
  throw new OptionError('measure', 'max-memory', wanted, bytesInWords(most));
}

/** SHA-256 of the values, row by row, little-endian. */
export function hashOfPoints({ data }: Matrix): string {
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}
