import type { Command } from 'commander';
import { info, type VectorFileInfo } from '../../io/index.ts';
import { addInputFlags, type InputFlags, readOptionsOf } from '../input.ts';
import { print } from '../terminal.ts';

export function configure(command: Command): void {
  addInputFlags(
    command
      .argument('<file>', 'a file of vectors')
      .option('--json', 'print JSON')
      .addHelpText('after', '\nExample:\n  $ tammes info vectors.safetensors\n'),
  ).action(async (file: string, flags: InputFlags & { json?: true }) => {
    const found = await info(file, readOptionsOf(flags));
    return print(flags.json ? JSON.stringify(found, null, 2) : table(found));
  });
}

function table(found: VectorFileInfo): string {
  const labels = found.labels === true ? 'yes' : found.labels || 'none';
  const lines: [string, string][] = [
    ['format', found.format],
    ['shape', `${found.rows} × ${found.cols}`],
    ['type', (found.encoding ?? found.dtype) + (found.bigEndian ? ', big-endian' : '')],
    ['size', `${found.bytes} bytes`],
    ['labels', labels],
  ];
  if (found.vector !== undefined) lines.push(['vector', String(found.vector)]);
  if (found.order === 'F') lines.push(['order', 'column after column']);
  if (found.columns.length > 0) lines.push(['columns', found.columns.join(', ')]);
  if (found.others && found.others.length > 0) lines.push(['also holds', found.others.join('; ')]);
  return lines.map(([name, value]) => `${name.padEnd(10)}  ${value}`).join('\n');
}
