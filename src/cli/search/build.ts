import { type Command, Option } from 'commander';
import { buildIndex, indexById, indexIds, writeIndex } from '../../apps/verbs/search.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOutputs, requireOther } from '../files.ts';
import { addInputFlags, INPUTS } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { addOptionFlags, givenOptions, wordAfter } from '../options.ts';
import { ProgressBar } from '../terminal.ts';
import { addWorkFlags, type WorkFlags } from '../workers/flags.ts';
import { tellBuilt } from './built.ts';
import { addCorpusFlags, type CorpusFlags, readCorpus } from './corpus.ts';
import { addPlaceFlags, buildElsewhere, type PlaceFlags, requireHere } from './elsewhere.ts';
import { buildOfStore, tableToIndex } from './stored.ts';

interface Flags extends CorpusFlags, EngineFlags, PlaceFlags, WorkFlags {
  readonly output: string;
  readonly index: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** `tammes search build`. */
export function configureBuild(command: Command, argv: readonly string[]): void {
  const ids = indexIds();
  const named = indexById(wordAfter(argv, '--index', ids) ?? 'exact');
  command
    .argument(
      '<files...>',
      'a file of vectors, several that are one table, or dataset:NAME; a file of texts, or a folder with corpus.jsonl',
    )
    .requiredOption('-o, --output <file>', 'index to write; with --in, where the rows go')
    .addOption(
      new Option('--index <id>', 'which; its own options: --index ID --help')
        .choices(ids)
        .default('exact'),
    );
  addOptionFlags(command, named.spec.options, new Set());
  command
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', INPUTS);
  addWorkFlags(addEngineFlags(addInputFlags(addCorpusFlags(addPlaceFlags(command))))).action(
    (files: readonly string[], flags: Flags) => {
      if (flags.in === undefined)
        return interruptible((signal) => buildFiles(files, flags, signal));
      const isNamed = command.getOptionValueSource('index') === 'cli';
      return buildElsewhere(
        flags.in,
        files,
        flags,
        isNamed ? flags.index : undefined,
        optionsIn(flags),
      );
    },
  );
}

function optionsIn(flags: Flags): Record<string, unknown> {
  const { options } = indexById(flags.index).spec;
  return givenOptions(flags as unknown as Record<string, unknown>, options);
}

async function buildFiles(
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { output, index: id } = flags;
  requireHere('search build', flags, output);
  await claimOutputs('search build', { output }, flags.json);
  await requireOther('search build', output, files);
  const options = optionsIn(flags);
  const stored = await tableToIndex(files, flags);
  if (stored) return buildOfStore(stored, flags, options, signal);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const { corpus, ...named } = await readCorpus(files, flags, indexById(id).takes);
    const began = performance.now();
    const built = await withEngine(flags, (engine) =>
      buildIndex(corpus, id, options, { engine, signal, onProgress: bar.update }),
    );
    const seconds = (performance.now() - began) / 1000;
    await writeIndex(output, id, built.index, named);
    bar.clear();
    await tellBuilt(built, seconds, flags);
  } finally {
    bar.clear();
  }
}
