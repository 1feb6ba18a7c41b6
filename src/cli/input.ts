import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { OptionError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { RunControls } from '../core/run.ts';
import { datasetByName, datasetNames } from '../io/datasets/index.ts';
import {
  ENCODINGS,
  formats,
  info,
  type ReadOptions,
  read,
  readSample,
  sampleRows,
  type VectorTable,
} from '../io/index.ts';

/** The flags of every command that reads vectors. */
export interface InputFlags {
  readonly format?: string;
  readonly vector?: string;
  readonly label?: string | false;
  readonly delimiter?: string;
  readonly quotes?: boolean;
  readonly header?: boolean;
  readonly encoding?: string;
}

export function addInputFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--format <id>', 'read the file as this format instead of by its content').choices(
        formats.map(({ id }) => id),
      ),
    )
    .option('--vector <names>', 'column, field or tensor that holds the vector (or a,b,c)')
    .option('--label <name>', 'column or field that holds the label')
    .option('--no-label', 'the file has no labels')
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
    delimiter: flags.delimiter === '\\t' ? '\t' : flags.delimiter,
    quotes: flags.quotes,
    header: flags.header,
    encoding: flags.encoding as ReadOptions['encoding'],
  };
}

const PREFIX = 'dataset:';

/** Whether this is the name of a shipped data set. */
export function isDataset(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Reads a file, or a shipped data set by `dataset:NAME`. */
export function readInput(name: string, flags: InputFlags): Promise<VectorTable> {
  if (!isDataset(name)) return read(name, readOptionsOf(flags));
  const load = datasetByName(name.slice(PREFIX.length));
  if (load) return load();
  const known = datasetNames().map((known) => `${PREFIX}${known}`);
  throw new OptionError('tammes', 'FILE', `a file or one of ${known.join(', ')}`, name);
}

/** Values of a file beyond which a sample of its rows is read: 4 GiB of float32, of which two are held. */
const MOST_VALUES = 2 ** 30;
/** Values of the sample then. */
const SAMPLE_VALUES = 2 ** 27;

export interface SampleFlags extends InputFlags {
  /** How many rows to draw; left out, all of a file that memory holds. */
  readonly sample?: number;
  readonly exact?: true;
  readonly seed?: number;
}

export function sampleFlag(): Option {
  return new Option(
    '--sample <rows>',
    'draw so many rows, reading the file block by block: for files beyond memory, or a quick look',
  ).argParser((given) => {
    const rows = Number(given);
    if (Number.isSafeInteger(rows) && rows >= 1) return rows;
    throw new InvalidArgumentError('Expected an integer, at least 1.');
  });
}

/** Reads a file whole, or a sample of its rows: as many as were asked for, or where it is too large. */
export async function readInputOrSample(
  name: string,
  flags: SampleFlags,
  run: RunControls,
): Promise<VectorTable> {
  const { seed } = flags;
  const rows = flags.sample ?? (flags.exact ? undefined : await rowsThatFit(name, flags));
  if (rows === undefined) return readInput(name, flags);
  if (isDataset(name)) return sampleRows(await readInput(name, flags), rows, { seed });
  return readSample(name, rows, { ...readOptionsOf(flags), ...run, seed });
}

/** How many rows to draw of a file that is too large to read whole; undefined where it is not. */
async function rowsThatFit(name: string, flags: InputFlags): Promise<number | undefined> {
  const size = isDataset(name)
    ? 0
    : await stat(name).then(
        ({ size }) => size,
        () => 0,
      );
  // A value takes a byte at least; looking into a smaller file would be for nothing.
  if (size < MOST_VALUES) return undefined;
  const { rows, cols } = await info(name, readOptionsOf(flags));
  return rows * cols > MOST_VALUES ? Math.max(1, Math.floor(SAMPLE_VALUES / cols)) : undefined;
}

/** SHA-256 of the values, row by row, little-endian. */
export function hashOfPoints({ data }: Matrix): string {
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}
