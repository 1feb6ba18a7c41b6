import { type Command, InvalidArgumentError, Option } from 'commander';
import { indexById, openIndex, queryIndex } from '../../apps/verbs/search.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { print } from '../terminal.ts';
import { addCorpusFlags, type CorpusFlags, readCorpus } from './corpus.ts';

interface Flags extends CorpusFlags, EngineFlags {
  readonly count: number;
  readonly effort?: number;
  readonly json?: true;
  readonly quiet?: true;
}

/** `tammes search query`. */
export function configureQuery(command: Command): void {
  command
    .argument('<index>', 'an index that tammes search build wrote')
    .argument('<files...>', 'the queries: a file of vectors or of texts, or several of vectors')
    .addOption(
      new Option('-k, --count <rows>', 'rows wanted for each query').default(10).argParser(whole),
    )
    .addOption(
      new Option(
        '--effort <number>',
        'work an approximate index may do, in its own unit',
      ).argParser(above0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', INPUTS);
  addEngineFlags(addInputFlags(addCorpusFlags(command))).action(
    (index: string, files: readonly string[], flags: Flags) =>
      interruptible((signal) => ask(index, files, flags, signal)),
  );
}

function whole(given: string): number {
  const count = Number(given);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('Expected an integer, at least 1.');
}

function above0(given: string): number {
  const effort = Number(given);
  if (Number.isFinite(effort) && effort > 0) return effort;
  throw new InvalidArgumentError('Expected a number above 0.');
}

async function ask(
  path: string,
  files: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { count: k, effort } = flags;
  const index = await openIndex(path);
  try {
    const { corpus } = await readCorpus(files, flags, indexById(index.id).asks);
    const results = await withEngine(flags, (engine) =>
      queryIndex(index, corpus, { k, effort }, { engine, signal }),
    );
    if (flags.json) return await print(JSON.stringify({ results }));
    for (const [q, { rows, scores, reason }] of results.entries()) {
      const shown = rows.map((row, i) => `${row} (${scores[i].toFixed(3)})`).join('  ');
      await print(`${q}: ${shown}${reason ? `  ${reason}` : ''}`);
    }
  } finally {
    await index.close();
  }
}
