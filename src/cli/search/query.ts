import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  indexById,
  openIndex,
  PLANS,
  type Plan,
  queryIndexPlanned,
} from '../../apps/verbs/search.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags, INPUTS } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom } from '../options.ts';
import { print, say } from '../terminal.ts';
import { addCorpusFlags, type CorpusFlags, readCorpus } from './corpus.ts';
import { addPlaceFlags, askElsewhere, type PlaceFlags, requireHere } from './elsewhere.ts';
import { inWords } from './in-words.ts';

interface Flags extends CorpusFlags, EngineFlags, PlaceFlags {
  readonly count: number;
  readonly effort?: number;
  readonly where?: string;
  readonly plan?: Plan;
  readonly recall?: number;
  readonly json?: true;
  readonly quiet?: true;
}

/** `tammes search query`. */
export function configureQuery(command: Command): void {
  command
    .argument('<index>', 'an index that tammes search build wrote; with --in, where the rows are')
    .argument('<files...>', 'the queries: a file of vectors or of texts, or several of vectors')
    .addOption(
      new Option('-k, --count <rows>', 'rows wanted for each query')
        .default(10)
        .argParser(wholeFrom(1)),
    )
    .addOption(
      new Option(
        '--effort <number>',
        'work an approximate index may do, in its own unit',
      ).argParser(above0),
    )
    .option(
      '--where <condition>',
      'only rows that pass: \'year >= 2020 and topic = "physics"\' (also or, not, in (…), between, contains, is missing)',
    )
    .addOption(
      new Option(
        '--plan <how>',
        'answer the filter by scoring all rows that pass, inside the search, or after it; left out, as takes least',
      ).choices(PLANS),
    )
    .addOption(
      new Option(
        '--recall <share>',
        'instead of --effort: the least that found this share when the index was built',
      ).argParser(above0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', INPUTS);
  addEngineFlags(addInputFlags(addCorpusFlags(addPlaceFlags(command)))).action(
    (index: string, files: readonly string[], flags: Flags) =>
      flags.in === undefined
        ? interruptible((signal) => ask(index, files, flags, signal))
        : askElsewhere(flags.in, index, files, flags),
  );
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
  const { count: k, effort, recall, where, plan } = flags;
  requireHere('search query', flags, path);
  const index = await openIndex(path);
  try {
    const queries = await readCorpus(files, flags, indexById(index.id).asks);
    const options = { k, effort, recall, where, plan };
    const { answers: results, filter } = await withEngine(flags, (engine) =>
      queryIndexPlanned(index, queries.corpus, options, { engine, signal }),
    );
    const { bytesRead } = index.arrays;
    if (flags.json) return await print(JSON.stringify({ results, filter, bytesRead }));
    if (filter && !flags.quiet)
      say(
        `${Number((100 * filter.share).toPrecision(3))} % of the rows pass the filter; plan: ${filter.plan}`,
      );
    const [names, asked] = [await index.labels(), queries.labels];
    for (const [q, answer] of results.entries())
      await print(
        `${asked?.[q] ?? q}: ${inWords(
          answer,
          answer.rows.map((row) => names?.[row]),
        )}`,
      );
  } finally {
    await index.close();
  }
}
