import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AnyOptionSpec, describeRange, type OptionSpecs } from '../method/options.ts';

/** `learningRate` → `--learning-rate`. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Adds one flag per option, with its range and default in the help. */
export function addOptionFlags(
  command: Command,
  specs: OptionSpecs,
  skip: ReadonlySet<string>,
): void {
  for (const [name, spec] of Object.entries(specs)) {
    if (!skip.has(name)) command.addOption(optionFlag(name, spec));
  }
}

export function optionFlag(name: string, spec: AnyOptionSpec): Option {
  const flag = flagName(name);
  const symbol = spec.symbol ? ` (${spec.symbol} in the paper)` : '';
  const fallback = spec.kind === 'boolean' ? '' : ` [${spec.default}]`;
  const text = `${spec.doc}${symbol}${fallback}`;
  switch (spec.kind) {
    case 'boolean':
      return new Option(spec.default ? `--no-${flag}` : `--${flag}`, text);
    case 'choice':
      return new Option(`--${flag} <word>`, text).choices(spec.choices as readonly string[]);
    case 'integer':
    case 'number': {
      const placeholder = spec.kind === 'integer' ? '<integer>' : '<number>';
      return new Option(`--${flag} ${placeholder}`, text).argParser((given: string) => {
        const value = Number(given);
        if (given.trim() === '' || Number.isNaN(value)) {
          throw new InvalidArgumentError(`Expected ${describeRange(spec)}.`);
        }
        return value;
      });
    }
  }
}

/** The values given on the command line for these options; absent ones are left out. */
export function givenOptions(
  values: Readonly<Record<string, unknown>>,
  specs: OptionSpecs,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(specs)) {
    const key = flagName(name).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (values[key] !== undefined) given[name] = values[key];
  }
  return given;
}

/** The word that a flag is given on the command line, where it is one of those; flags may depend on it. */
export function wordAfter(
  argv: readonly string[],
  flag: string,
  words: readonly string[],
): string | undefined {
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const given = at < 0 ? undefined : (argv[at].split('=', 2)[1] ?? argv[at + 1]);
  return words.find((word) => word === given);
}

/** The value of a flag that counts something. */
export function wholeNumber(given: string): number {
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 on.');
}

/** Reads an integer that is not below the least. */
export function wholeFrom(least: number) {
  return (given: string): number => {
    const count = Number(given);
    if (given.trim() !== '' && Number.isSafeInteger(count) && count >= least) return count;
    throw new InvalidArgumentError(`Expected an integer, at least ${least}.`);
  };
}

/** A flag that takes an integer, not below the least. */
export function wholeOption(flag: string, text: string, usual: number, least: number): Option {
  return new Option(flag, text).default(usual).argParser(wholeFrom(least));
}

/** How much memory a command may hold. */
export function memoryFlag(
  text = 'refuse what would hold more memory than this, before it begins: 800MB, 4GB',
): Option {
  return new Option('--max-memory <size>', text).argParser(byteCount);
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  K: 1e3,
  KB: 1e3,
  M: 1e6,
  MB: 1e6,
  G: 1e9,
  GB: 1e9,
  T: 1e12,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
};

/** Reads a number of bytes: 65536, 64MB, 1.5 GiB. */
export function byteCount(given: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([a-z]*)$/i.exec(given.trim()) ?? [];
  const bytes = Number(number) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (number !== '' && bytes >= 1) return Math.floor(bytes);
  throw new InvalidArgumentError('Expected a number of bytes, such as 64MB or 64MiB.');
}

/** A number of bytes for people. */
export function bytesText(bytes: number): string {
  const [size, unit] = [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'KB'],
  ].find(([least]) => bytes >= Number(least)) ?? [1, 'bytes'];
  return size === 1 ? `${bytes} bytes` : `${(bytes / Number(size)).toPrecision(3)} ${unit}`;
}
