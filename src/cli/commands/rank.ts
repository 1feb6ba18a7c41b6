import type { Command } from 'commander';
import { type Bounded, type RunRanking, rankRuns } from '../../apps/verbs/rank-runs.ts';
import { OptionError } from '../../core/errors.ts';
import type { VectorTable } from '../../io/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, eachFile, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly center?: true;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes rank lr-0.1.npy lr-0.3.npy lr-1.npy
  $ tammes rank runs/*.npy --json

RankMe compares runs of one method on the same rows: files with equally many rows are taken to hold the same
things in the same order. A number behind the first holds for all files at once, at 95 %.
`;

export function configure(command: Command): void {
  command
    .argument('<files...>', 'one file of vectors for each run, or dataset:NAME')
    .option('--center', 'take the mean row off first; the paper does not')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => rank(files, flags, signal)),
  );
}

async function rank(names: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const files = await eachFile(names);
  if (new Set(files).size < files.length) {
    throw new OptionError('rank', 'files', 'given once each', files.join(' '));
  }
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const runs: Record<string, VectorTable> = {};
    for (const file of files) runs[file] = await readInput(file, flags);
    const ranking = await withEngine(flags, (engine) =>
      rankRuns(runs, { engine, center: flags.center }, { signal, onProgress: bar.update }),
    );
    bar.clear();
    if (flags.json) return await print(JSON.stringify(ranking));
    await print(text(ranking));
    if (!flags.quiet) for (const warning of ranking.warnings) say(warning);
  } finally {
    bar.clear();
  }
}

function text({ runs, settled, sentence }: RunRanking): string {
  const heads = ['run', 'RankMe', '95 %', 'behind', '95 %', 'spread'];
  const lines = runs.map(({ name, rankme, behind, spread, tied }, at) => [
    tied && at > 0 ? `${name} (tied)` : name,
    rankme.value.toFixed(1),
    ends(rankme, (x) => x.toFixed(1)),
    ...(at === 0 ? ['', ''] : [percent(behind.value), ends(behind, percent)]),
    spread.toPrecision(3),
  ]);
  const order = `The rows settle the order of ${percent(settled)} of all pairs.`;
  return [...aligned([heads, ...lines]), '', sentence, order].join('\n');
}

const ends = ({ low, high }: Bounded, shown: (x: number) => string) =>
  `${shown(low)} to ${shown(high)}`;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
