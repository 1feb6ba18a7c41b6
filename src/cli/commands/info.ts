import type { Command } from 'commander';
import type { VectorFileInfo } from '../../io/index.ts';
import { addInputFlags, INPUTS, type InputFlags, withInput } from '../input.ts';
import { print } from '../terminal.ts';

const help = `${INPUTS}
Examples:
  $ tammes info vectors.safetensors
  $ tammes info 'train-*-of-*.parquet'
  $ curl -s https://example.org/vectors.csv.gz | tammes info -
`;

export function configure(command: Command): void {
  addInputFlags(
    command
      .argument('<files...>', 'a file of vectors, or several that are one table')
      .option('--json', 'print JSON')
      .option('--quiet', 'no remarks')
      .addHelpText('after', help),
  ).action(async (files: readonly string[], flags: InputFlags & { json?: true }) => {
    const found = await withInput(files, flags, ({ reader }) => reader.info());
    return print(flags.json ? JSON.stringify(found, null, 2) : table(found));
  });
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
  if (files) lines.unshift(['files', namesText(files)]);
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
