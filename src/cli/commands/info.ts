import type { Command } from 'commander';
import { OptionError } from '../../core/errors.ts';
import { counted, grouped } from '../../core/text.ts';
import type { VectorFileInfo } from '../../io/index.ts';
import { manifestOf, openStore, type Verified, verifyTable } from '../../io/sharded/index.ts';
import { exitCodes } from '../exit.ts';
import { addInputFlags, INPUTS, type InputFlags, withInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { bytesText } from '../options.ts';
import { ProgressBar, print } from '../terminal.ts';

interface Flags extends InputFlags {
  readonly verify?: true;
  readonly json?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes info vectors.safetensors
  $ tammes info 'train-*-of-*.parquet'
  $ tammes info s3://vectors/wiki --verify
  $ curl -s https://example.org/vectors.csv.gz | tammes info -
`;

export function configure(command: Command): void {
  addInputFlags(
    command
      .argument('<files...>', 'a file of vectors, or several that are one table')
      .option('--verify', 'read every shard of a sharded table and hold it to its SHA-256')
      .option('--json', 'print JSON')
      .option('--quiet', 'no remarks')
      .addHelpText('after', help),
  ).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => run(files, flags, signal)),
  );
}

async function run(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const found = await withInput(files, flags, ({ reader }) => reader.info());
  const verified = flags.verify ? await verify(files[0], found, flags, signal) : undefined;
  if (verified && verified.damaged.length > 0) process.exitCode = exitCodes.failed;
  if (flags.json)
    return print(JSON.stringify({ ...found, ...(verified && { verified }) }, null, 2));
  await print([table(found), ...(verified ? verifiedLines(verified) : [])].join('\n'));
}

async function verify(
  address: string,
  { format, manifest }: VectorFileInfo,
  { json, quiet }: Flags,
  signal: AbortSignal,
): Promise<Verified> {
  if (format !== 'shards' || manifest === undefined) {
    throw new OptionError('info', 'verify', 'left out where there is no sharded table', address);
  }
  const store = openStore(address, { signal });
  const bar = new ProgressBar(quiet === true || json === true);
  try {
    const found = await manifestOf(store, manifest);
    return await verifyTable(store, found.manifest, { signal, onProgress: bar.update });
  } finally {
    bar.clear();
  }
}

function verifiedLines({ objects, bytes, damaged }: Verified): string[] {
  const whole = `${counted(objects, 'object')}, ${bytesText(bytes)}: `;
  if (damaged.length === 0) return [`${'verified'.padEnd(10)}  ${whole}all as they were written`];
  return [
    `${'verified'.padEnd(10)}  ${whole}${grouped(damaged.length)} damaged`,
    ...damaged.map(({ key, reason }) => `${''.padEnd(10)}  ${key}: ${reason}`),
  ];
}

/** Names that are shown of a table of many files. */
const SHOWN = 3;

function table(found: VectorFileInfo): string {
  const { files, compression } = found;
  const labels = found.labels === true ? 'yes' : found.labels || 'none';
  const packed = compression ? `, packed by ${compression}` : '';
  const lines: [string, string][] = [
    ['format', found.format],
    ['shape', `${found.rows} × ${found.cols}`],
    ['type', (found.encoding ?? found.dtype) + (found.bigEndian ? ', big-endian' : '')],
    ['size', `${found.bytes} bytes${packed}`],
    ['labels', labels],
  ];
  if (found.manifest !== undefined) {
    lines.splice(4, 0, [
      'manifest',
      `${found.manifest}, of ${counted(files?.length ?? 0, 'shard')}`,
    ]);
  } else if (files) lines.unshift(['files', namesText(files)]);
  if (found.vector !== undefined) lines.push(['vector', String(found.vector)]);
  if (found.order === 'F') lines.push(['order', 'column after column']);
  if (found.columns.length > 0) lines.push(['columns', found.columns.join(', ')]);
  if (found.others && found.others.length > 0) lines.push(['also holds', found.others.join('; ')]);
  return lines.map(([name, value]) => `${name.padEnd(10)}  ${value}`).join('\n');
}

function namesText(files: readonly string[]): string {
  const few = files.length <= SHOWN + 1;
  const shown = few ? files.join(', ') : `${files.slice(0, SHOWN).join(', ')}, … ${files.at(-1)}`;
  return `${files.length}: ${shown}`;
}
