import { type Command, InvalidArgumentError, Option } from 'commander';
import { benchIds, benchIndexes, type SearchBench } from '../../apps/verbs/search-bench.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom } from '../options.ts';
import { ProgressBar, print } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly count: number;
  readonly queries?: string;
  readonly indexes?: readonly string[];
  readonly json?: true;
  readonly quiet?: true;
}

/** `tammes search bench`. */
export function configureBench(command: Command): void {
  const ids = benchIds();
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option(
      '--queries <file>',
      'what is asked; left out, 1,000 rows (a tenth at most) are held out',
    )
    .addOption(
      new Option('--indexes <ids>', `which, with commas between; all: ${ids.join()}`).argParser(
        (given: string) => named(given.split(','), ids),
      ),
    )
    .addOption(
      new Option('-k, --count <rows>', 'rows wanted for each query')
        .default(10)
        .argParser(wholeFrom(1)),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress')
    .addHelpText('after', INPUTS);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => bench(files, flags, signal)),
  );
}

function named(given: readonly string[], ids: readonly string[]): readonly string[] {
  const unknown = given.find((id) => !ids.includes(id));
  if (unknown === undefined) return given;
  throw new InvalidArgumentError(`There is no ${unknown}; there are ${ids.join(', ')}.`);
}

async function bench(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { points } = await readInput(files, flags);
  const queries = flags.queries ? (await readInput([flags.queries], flags)).points : undefined;
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const options = { queries, indexes: flags.indexes, k: flags.count };
    const result = await withEngine(flags, (engine) =>
      benchIndexes(points, options, { engine, signal, onProgress: bar.update }),
    );
    bar.clear();
    if (flags.json) return await print(JSON.stringify(result));
    for (const line of tableOf(result)) await print(line);
  } finally {
    bar.clear();
  }
}

function* tableOf({ n, d, k, queries, heldOut, engine, threads, indexes }: SearchBench) {
  const asked = `${queries} ${heldOut ? 'held-out rows' : 'queries'}`;
  yield `${n} × ${d}, ${asked}, k = ${k}, ${engine} × ${threads}`;
  for (const { index, buildSeconds, bytes, curve } of indexes) {
    yield '';
    yield `${index}: built in ${buildSeconds.toFixed(2)} s, ${(bytes / 2 ** 20).toFixed(1)} MiB`;
    yield `  effort  recall@${k} (95 % interval)     queries/s    scanned`;
    for (const { effort, recall, queriesPerSecond, scanned } of curve) {
      const interval = `${recall.value.toFixed(4)} (${recall.low.toFixed(4)} to ${recall.high.toFixed(4)})`;
      const numbers = [queriesPerSecond, scanned].map((x) => x.toFixed(0).padStart(11));
      yield `  ${String(effort ?? '–').padStart(6)}  ${interval}  ${numbers.join('')}`;
    }
  }
}
