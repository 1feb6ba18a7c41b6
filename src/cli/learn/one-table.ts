import { InputError, OptionError } from '../../core/errors.ts';
import type { InputFlags } from '../input.ts';

/** Flags that say how vectors are read; `quiet` says nothing of the file. */
const OF_VECTORS = [
  'format',
  'vector',
  'label',
  'metadata',
  'base64',
  'delimiter',
  'quotes',
  'header',
  'encoding',
] as const satisfies readonly (keyof InputFlags)[];

/** The one file of a table without vectors, whose format is known by its content; refuses more, and flags that would do nothing. */
export function oneTable(
  command: string,
  what: string,
  files: readonly string[],
  flags: InputFlags,
): string {
  if (files.length > 1)
    throw new InputError(
      command,
      `${what} are read from one table; ${files.length} files were named: put their rows into one.`,
    );
  // Commander gives true where there is a `--no-` form and neither was used.
  const given =
    OF_VECTORS.find((flag) => ![undefined, true].includes(flags[flag] as true)) ?? headed(flags);
  if (given === undefined) return files[0];
  const wanted = `left out where ${what} are read: the table is CSV, TSV, JSON lines or Parquet by its content, with names in its first line`;
  throw new OptionError(command, given, wanted, `${flags[given]}`);
}

/** `--header` has no form that is on unasked. */
const headed = ({ header }: InputFlags) => (header ? ('header' as const) : undefined);
