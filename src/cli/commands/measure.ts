import type { Command } from 'commander';
import { seedOption } from '../../method/options.ts';
import { reportHtml } from '../../report/index.ts';
import { measureInDetail } from '../../verbs/measure.ts';
import { reportData } from '../../verbs/report.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { requireWritable, writeBytes } from '../files.ts';
import { addInputFlags, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag } from '../options.ts';
import { ProgressBar, print, say, tableText } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly report?: string;
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
}

export function register(program: Command): void {
  const command = program
    .command('measure')
    .description('Measure the geometry of vectors, beside uniform random points of the same shape.')
    .argument('<file>', 'a file of vectors, or dataset:NAME')
    .option('--report <file>', 'also write the HTML report')
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tammes measure vectors.npy\n  $ tammes measure dataset:glove --json' +
        '\n  $ tammes measure glove.6B.100d.txt --report glove.html\n',
    );
  addEngineFlags(addInputFlags(command)).action((file: string, flags: Flags) =>
    interruptible((signal) => measure(file, flags, signal)),
  );
}

async function measure(file: string, flags: Flags, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  if (flags.report) await requireWritable(flags.report);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const table = await readInput(file, flags);
    const before = await withEngine(flags, (engine) =>
      measureInDetail(table, { engine, seed: flags.seed }, { signal, onProgress: bar.update }),
    );
    if (flags.report) {
      const seconds = (performance.now() - began) / 1000;
      const data = reportData({ source: file, labels: table.labels, before, seconds });
      await writeBytes(flags.report, reportHtml(data));
    }
    bar.clear();
    const { measurement } = before;
    if (flags.json) return await print(JSON.stringify(measurement));
    await print(tableText({ before: measurement }, measurement.null));
    if (!flags.quiet) for (const warning of measurement.warnings) say(warning);
    if (flags.report && !flags.quiet) say(`Wrote ${flags.report}`);
  } finally {
    bar.clear();
  }
}
