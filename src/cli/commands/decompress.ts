import type { Command } from 'commander';
import { decodedStore, openStore } from '../../apps/verbs/compress.ts';
import { writeFormat } from '../../io/index.ts';
import { claimOutputs } from '../files.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { print, say } from '../terminal.ts';

interface Flags extends ToFlag {
  readonly output: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
Examples:
  $ tammes compress vectors.npy -o small.tammes --codec int8
  $ tammes decompress small.tammes -o back.npy
`;

export function configure(command: Command): void {
  command
    .argument('<store>', 'a store that tammes compress wrote')
    .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
    .addOption(toFlag())
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help)
    .action(run);
}

async function run(path: string, flags: Flags): Promise<void> {
  const { output } = flags;
  writeFormat(output, { format: formatIdOf(flags) });
  await claimOutputs('decompress', { output }, flags.json);
  const store = await openStore(path);
  try {
    const table = await decodedStore(store);
    const paths = await writeWhole(output, table, formatIdOf(flags));
    const { rows: n, cols: d, codec } = store;
    if (flags.json) return print(JSON.stringify({ codec, n, d, output: paths }));
    if (!flags.quiet) say(`Wrote ${n} × ${d} to ${paths.join(', ')}`);
  } finally {
    await store.close();
  }
}
