import { type Command, Option } from 'commander';
import { databases } from '../../adapters/databases/index.ts';
import type { DType, Written } from '../../io/index.ts';
import { convertOpened } from '../../io/write.ts';
import { claimOutputs } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, withInput } from '../input.ts';
import { formatIdOf, toFlag } from '../tables.ts';
import { print, say } from '../terminal.ts';

interface Flags extends InputFlags {
  readonly to?: string;
  readonly dtype?: string;
  readonly json?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes convert glove.6B.100d.txt glove.parquet
  $ tammes convert vectors.npy small.npy --dtype f2
  $ tammes convert 'part-*.parquet' all.npy
  $ tammes convert tensors.tsv named.parquet --metadata metadata.tsv
  $ tammes convert 'postgres://me@localhost/shop?table=products' products.parquet
  $ zcat vectors.csv.gz | tammes convert - - --to jsonl >> all.jsonl
`;

export function configure(command: Command): void {
  addInputFlags(
    command
      .usage('[options] <from...> <to>')
      .argument('<files...>', 'what to read, several as one table, and last the file to write')
      .addOption(toFlag())
      .addOption(
        new Option('--dtype <type>', 'element type to write, where the format has several'),
      )
      .option('--json', 'print JSON')
      .option('--quiet', 'no remarks')
      .addHelpText('after', help),
  ).action((files: readonly string[], flags: Flags) => {
    const to = files.at(-1) ?? '';
    if (files.length < 2) command.error("error: missing required argument 'to'");
    return run(files.slice(0, -1), to, flags);
  });
}

async function run(from: readonly string[], to: string, flags: Flags): Promise<void> {
  const { json, quiet } = flags;
  await claimOutputs('convert', { to }, json, ['to']);
  const options = {
    format: formatIdOf(flags),
    dtype: flags.dtype as DType | undefined,
    places: databases,
  };
  const done = await withInput(from, flags, (file) => convertOpened(file, to, options));
  if (json) return print(JSON.stringify(done, null, 2));
  if (!quiet) said(done);
}

function said({ path, format, rows, cols, dropped, remarks = [] }: Written): void {
  for (const remark of remarks) say(remark);
  if (dropped.length > 0) say(`${format} has no place for ${dropped.join(', ')}: left out.`);
  say(`${path === '-' ? 'standard output' : path}: ${rows} × ${cols}, ${format}`);
}
