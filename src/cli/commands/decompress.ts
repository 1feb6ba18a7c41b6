import { type Command, Option } from 'commander';
import { DATABASES, type Database, databaseText } from '../../apps/store/exports.ts';
import { decodedStore, type OpenStore, openStore } from '../../apps/verbs/compress.ts';
import { OptionError } from '../../core/errors.ts';
import { createOutput } from '../../io/files.ts';
import { writeFormat } from '../../io/index.ts';
import { claimOutputs, requireOther } from '../files.ts';
import { formatIdOf, type ToFlag, toFlag, writeWhole } from '../tables.ts';
import { print, say } from '../terminal.ts';

interface Flags extends ToFlag {
  readonly output: string;
  readonly for?: Database;
  readonly table?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `
Examples:
  $ tammes compress vectors.npy -o small.tammes --codec int8
  $ tammes decompress small.tammes -o back.npy
  $ tammes decompress small.tammes -o words.sql --for pgvector --table words
  $ tammes decompress small.tammes -o words.arrow     # LanceDB, DuckDB and others read Arrow
`;

export function configure(command: Command): void {
  command
    .argument('<store>', 'a store that tammes compress wrote')
    .requiredOption('-o, --output <file>', 'file to write; its extension names the format')
    .addOption(toFlag())
    .addOption(
      new Option(
        '--for <database>',
        `write what puts the vectors into a database: ${Object.entries(DATABASES)
          .map(([id, what]) => `${id} (${what})`)
          .join('; ')}`,
      ).choices(Object.keys(DATABASES)),
    )
    .option('--table <name>', 'the table or collection there (vectors unless given)')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help)
    .action(run);
}

async function run(path: string, flags: Flags): Promise<void> {
  const { output, json, quiet } = flags;
  if (flags.table !== undefined && !flags.for)
    throw new OptionError('decompress', 'table', 'left out without --for', flags.table);
  if (flags.for && flags.to)
    throw new OptionError('decompress', 'to', 'left out with --for', flags.to);
  if (!flags.for) writeFormat(output, { format: formatIdOf(flags) });
  await claimOutputs('decompress', { output }, json, flags.for ? [] : ['output']);
  await requireOther('decompress', output, [path]);
  const store = await openStore(path);
  try {
    const paths = flags.for
      ? await writeForDatabase(store, flags.for, flags)
      : await writeWhole(output, await decodedStore(store), formatIdOf(flags));
    const { rows: n, cols: d, codec } = store;
    if (json) return await print(JSON.stringify({ codec, n, d, output: paths }));
    if (!quiet) say(`Wrote ${n} × ${d} to ${paths.join(', ')}`);
  } finally {
    await store.close();
  }
}

async function writeForDatabase(
  store: OpenStore,
  database: Database,
  { output: path, table }: Flags,
): Promise<string[]> {
  const text = databaseText(database, await decodedStore(store), { table, codec: store.codec });
  const output = await createOutput(path);
  try {
    const encoder = new TextEncoder();
    for (const piece of text) await output.write(encoder.encode(piece));
    await output.commit();
  } catch (cause) {
    await output.discard();
    throw cause;
  }
  return [path];
}
