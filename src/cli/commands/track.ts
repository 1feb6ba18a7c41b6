import type { Command } from 'commander';
import { fixed, NONE, significant } from '../../apps/report/format.ts';
import { type Tracked, track } from '../../apps/verbs/track.ts';
import { seedOption } from '../../method/options.ts';
import { termsOf } from '../../method/terms.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, eachFile, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag } from '../options.ts';
import { aligned, ProgressBar, print } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly metrics: string;
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes track epoch-*.npy
  $ tammes track before.npy after.npy --metrics local-two-nn,hubness --json
`;

export function configure(command: Command): void {
  command
    .argument('<files...>', 'files of vectors, in their order, or dataset:NAME')
    .option('--metrics <names>', 'groups and ids of metrics, separated by commas', 'local-two-nn')
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => followed(files, flags, signal)),
  );
}

async function followed(
  names: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const files = await eachFile(names);
  const bar = new ProgressBar(flags.quiet === true);
  async function* read() {
    for (const file of files) yield await readInput(file, flags);
  }
  try {
    const metrics = termsOf(flags.metrics);
    const { seed } = flags;
    const found = await withEngine(flags, (engine) =>
      track(read(), { metrics, seed, engine }, { signal, onProgress: bar.update }),
    );
    bar.clear();
    await print(flags.json ? JSON.stringify({ files, metrics: found }) : table(files, found));
  } finally {
    bar.clear();
  }
}

/** A line for each file, two columns for each number: the value and its interval. */
function table(files: readonly string[], found: readonly Tracked[]): string {
  const head = ['file', ...found.flatMap(({ id }) => [id, ''])];
  const lines = files.map((file, i) => [file, ...found.flatMap((number) => cells(number, i))]);
  return aligned([head, ...lines]).join('\n');
}

function cells({ values, low, high, unit }: Tracked, i: number): [string, string] {
  const mark = unit ?? '';
  const [value, from, to] = [values[i], low[i], high[i]];
  if (value === null) return [NONE, ''];
  const text = significant(value, 4);
  if (from === null || to === null) return [text + mark, ''];
  const decimals = text.split('.')[1]?.length ?? 0;
  return [text + mark, `[${fixed(from, decimals)}, ${fixed(to, decimals)}]`];
}
