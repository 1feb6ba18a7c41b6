import { type Command, Option } from 'commander';
import {
  codecById,
  codecIds,
  codeRecall,
  compress,
  writeStore,
} from '../../apps/verbs/compress.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { ProgressBar, print, remarksOnce, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly output: string;
  readonly codec: string;
  readonly grams: boolean;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Examples:
  $ tammes compress vectors.npy -o small.tammes --codec int8
  $ tammes compress vectors.npy -o small.tammes --codec int8 --dims 128
  $ tammes decompress small.tammes -o back.npy

What is lost is printed: which share of a row's ten nearest rows is still among its ten nearest.
`;

export function configure(command: Command, argv: readonly string[]): void {
  const ids = codecIds();
  const named = codecById(wordAfter(argv, '--codec', ids) ?? 'int8');
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .requiredOption('-o, --output <file>', 'store to write: usually .tammes')
    .addOption(
      new Option('--codec <id>', 'how; its own options: --codec ID --help')
        .choices(ids)
        .default('int8'),
    );
  addOptionFlags(command, named.spec.options, new Set());
  command
    .option('--no-grams', 'leave out the index of n-grams, by which unknown words find like ones')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => compressFiles(files, flags, signal)),
  );
}

async function compressFiles(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { output, codec } = flags;
  await claimOutputs('compress', { output }, flags.json);
  const options = givenOptions(
    flags as unknown as Record<string, unknown>,
    codecById(codec).spec.options,
  );
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const table = await readInput(files, flags);
    const { encoded, recall } = await withEngine(flags, async (engine) => {
      const watch = { engine, signal, onProgress: bar.update };
      const made = await compress(table.points, codec, options, watch);
      const ready = await codecById(codec).ready(made.model);
      const kept = await codeRecall(table.points, ready, made.codes, { engine, signal });
      return { encoded: made, recall: kept };
    });
    await writeStore(output, encoded, table, { grams: flags.grams });
    bar.clear();
    const { bytesPerVector, facts, warnings, engine } = encoded;
    const { rows: n, cols: d } = table.points;
    const recallAt10 = recall ?? null;
    if (flags.json)
      return print(
        JSON.stringify({ codec, bytesPerVector, recallAt10, n, d, engine, facts, warnings }),
      );
    const times = (4 * d) / bytesPerVector;
    await print(
      `${bytesPerVector} bytes a vector, ${Number(times.toPrecision(3))} times less than float32`,
    );
    if (recall)
      await print(
        `recall of 10 neighbours ${recall.value.toFixed(3)} (${recall.low.toFixed(3)} to ${recall.high.toFixed(3)})`,
      );
    for (const [name, value] of Object.entries(facts))
      await print(`${name} ${Number(value.toPrecision(4))}`);
    if (flags.quiet) return;
    for (const remark of remarksOnce(warnings)) say(remark);
    say(`Wrote ${n} × ${d} to ${output}`);
  } finally {
    bar.clear();
  }
}
