import { createHash } from 'node:crypto';
import { type Command, Option } from 'commander';
import { OptionError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { datasetByName, datasetNames } from '../datasets/index.ts';
import { formats, type ReadOptions, read, type VectorTable } from '../io/index.ts';

/** The flags of every command that reads vectors. */
export interface InputFlags {
  readonly format?: string;
  readonly vector?: string;
  readonly label?: string | false;
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
    .option('--no-label', 'the file has no labels');
}

export function readOptionsOf(flags: InputFlags): ReadOptions {
  const names = flags.vector?.split(',');
  return {
    format: flags.format as ReadOptions['format'],
    vector: names && names.length > 1 ? names : flags.vector,
    // Commander gives true where `--no-label` exists and neither flag was used.
    label: (flags.label as unknown) === true ? undefined : flags.label,
  };
}

const PREFIX = 'dataset:';

/** Reads a file, or a shipped data set by `dataset:NAME`. */
export function readInput(name: string, flags: InputFlags): Promise<VectorTable> {
  if (!name.startsWith(PREFIX)) return read(name, readOptionsOf(flags));
  const load = datasetByName(name.slice(PREFIX.length));
  if (load) return load();
  const known = datasetNames().map((known) => `${PREFIX}${known}`);
  throw new OptionError('tammes', 'FILE', `a file or one of ${known.join(', ')}`, name);
}

/** SHA-256 of the values, row by row, little-endian. */
export function hashOfPoints({ data }: Matrix): string {
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}
