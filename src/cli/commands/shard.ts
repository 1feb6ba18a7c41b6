import { stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { InputError, OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import { listing } from '../../io/files.ts';
import {
  cleanStore,
  type FoundManifest,
  isStoreAddress,
  type ObjectStore,
  openStore,
  SHARD_DTYPES,
  type ShardDType,
  writeShards,
} from '../../io/sharded/index.ts';
import { cleanWork } from '../../jobs/shared-work.ts';
import { addInputFlags, INPUTS, type InputFlags, withInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { byteCount, bytesText } from '../options.ts';
import { ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags {
  readonly output?: string;
  readonly append?: true;
  readonly dtype?: ShardDType;
  readonly shardSize?: number;
  readonly clean?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
STORE is a folder or s3://bucket/prefix. Its keys, region and server come from the environment: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL.

Examples:
  $ tammes shard 'part-*.parquet' -o wiki
  $ tammes shard vectors.npy -o s3://vectors/wiki --dtype f2
  $ tammes shard more.npy -o wiki --append
  $ tammes info wiki --verify
  $ tammes convert wiki vectors.npy

Every command that takes a FILE takes the store. Nobody sees a table before all of it is there; a run that was stopped
is run again and goes on where it was.
`;

export function configure(command: Command): void {
  addInputFlags(
    command
      .argument('[files...]', 'a file of vectors, or several that are one table')
      .option('-o, --output <store>', 'folder or s3://bucket/prefix to write into')
      .option('--append', 'add the rows to the table that is there')
      .addOption(
        new Option(
          '--dtype <type>',
          'element type, f4 unless given; appended rows take what is there',
        ).choices(SHARD_DTYPES),
      )
      .addOption(
        new Option(
          '--shard-size <bytes>',
          'bytes of a shard at most, such as 64MB or 256MiB [64MiB]',
        ).argParser(byteCount),
      )
      .option(
        '--clean <store>',
        'instead: remove what runs stopped more than a day ago left there, and kept work as old',
      )
      .option('--json', 'print one JSON object and nothing else on standard output')
      .option('--quiet', 'no progress and no remarks')
      .addHelpText('after', help),
  ).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) =>
      flags.clean === undefined ? shard(files, flags, signal) : clean(files, flags),
    ),
  );
}

const DAY = 24 * 60 * 60 * 1000;

async function clean(files: readonly string[], { clean: address = '', ...flags }: Flags) {
  const other = files[0] ?? flags.output;
  if (other !== undefined) {
    throw new OptionError('shard', 'clean', 'given alone, without files and --output', other);
  }
  if (!isStoreAddress(address)) await requireStore(address, 'there is no such folder.');
  const store = openStore(address);
  const before = new Date(Date.now() - DAY);
  const outputs = await cleanWork(store, before);
  const { objects, unfinished } = await cleanStore(store, before);
  if (flags.json) return print(JSON.stringify({ objects, outputs, unfinished }));
  const work = counted(outputs, 'output of work', 'outputs of work');
  return print(
    `${address}: ${counted(objects, 'object')} that no manifest names, ${work} and ${counted(unfinished, 'unfinished file')} removed`,
  );
}

async function shard(names: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output, append, dtype, shardSize, json, quiet } = flags;
  if (names.length === 0) throw new OptionError('shard', 'files', 'a file of vectors at least', '');
  if (output === undefined)
    throw new OptionError('shard', 'output', 'a folder or s3://bucket/prefix', '');
  if (!isStoreAddress(output)) await requireStore(output);
  const store = openStore(output, { signal });
  if (/^https?:/i.test(output)) {
    throw new InputError(store.name, 'a web server is read, not written; name a folder or s3://….');
  }
  const bar = new ProgressBar(quiet === true || json === true);
  const began = performance.now();
  try {
    const found = await withInput(names, flags, (file) =>
      writeShards(file, store, {
        append,
        dtype,
        shardBytes: shardSize,
        signal,
        onProgress: bar.update,
      }),
    );
    bar.clear();
    await told(store, found, (performance.now() - began) / 1000, flags);
  } finally {
    bar.clear();
  }
}

async function told(store: ObjectStore, found: FoundManifest, seconds: number, flags: Flags) {
  const { number, sha256, manifest } = found;
  const { rows, cols, dtype, shards } = manifest;
  const bytes = shards.reduce((sum, own) => sum + own.bytes + (own.beside?.bytes ?? 0), 0);
  const table = { store: store.address, rows, cols, dtype, shards: shards.length, bytes };
  if (flags.json) await print(JSON.stringify({ ...table, manifest: number, sha256, seconds }));
  else {
    const size = `${counted(shards.length, 'shard')}, ${bytesText(bytes)}`;
    await print(`${store.name}: ${rows} × ${cols}, ${dtype}, ${size}, manifest ${number}`);
  }
  if (flags.append && !flags.quiet && store.exclusive && !(await store.exclusive())) {
    say(
      `${store.name}: the server takes no notice of If-None-Match; let nobody else append to this table at the same moment.`,
    );
  }
}

/** Refuses a folder that holds something else, and where `missing` says so one that is not there. */
async function requireStore(path: string, missing?: string): Promise<void> {
  const content = await listing(path);
  if (!content) {
    const isThere = await stat(path).catch(() => undefined);
    if (isThere) throw new InputError(path, 'this is a file; a folder is expected.');
    if (missing === undefined) return;
    throw new InputError(path, missing);
  }
  const [file] = content.files;
  const other = file ?? content.folders.find((name) => !FOLDERS.has(name));
  if (other === undefined) return;
  throw new InputError(
    path,
    `the folder holds something else (${other}); name an empty one, or one that is not there.`,
  );
}

/** What a store has in it. */
const FOLDERS = new Set(['manifests', 'shards', 'work']);
