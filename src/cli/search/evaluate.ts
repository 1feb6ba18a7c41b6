import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  evaluateSearch,
  judgementsFor,
  type SearchEvaluation,
} from '../../apps/verbs/evaluate-search.ts';
import { indexById, openIndex } from '../../apps/verbs/search.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { type RetrievalTask, readRetrievalTask } from '../../io/beir.ts';
import type { RetrievalNumber } from '../../structures/retrieval/rankings.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { addInputFlags } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { aligned, print, remarksOnce, say } from '../terminal.ts';
import { type CorpusFlags, type NamedCorpus, readCorpus } from './corpus.ts';

interface Flags extends CorpusFlags, EngineFlags {
  readonly queries?: string;
  readonly split?: string;
  readonly at: readonly number[];
  readonly effort?: number;
  readonly json?: true;
}

const HELP = `
FOLDER has corpus.jsonl, queries.jsonl and qrels/test.tsv, as BEIR's do. Documents of an index are known by its
labels, which are the _id of corpus.jsonl, or stand in its order. Intervals (95 %) are for other queries of the kind.
`;

/** `tammes search evaluate`. */
export function configureEvaluate(command: Command): void {
  command
    .argument('<indexes-and-folder...>', 'indexes that tammes search build wrote, then the FOLDER')
    .option('--queries <file>', 'vectors of the queries, for indexes of vectors or sets')
    .option('--split <name>', 'which judgements: qrels/NAME.tsv', 'test')
    .option('--document <column>', 'column of --queries that says to which query a vector belongs')
    .addOption(
      new Option('--at <ranks>', 'ranks at which recall is counted')
        .default([10, 100])
        .argParser(ranks),
    )
    .addOption(
      new Option(
        '--effort <number>',
        'work an approximate index may do, in its own unit',
      ).argParser(above0),
    )
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', HELP);
  addEngineFlags(addInputFlags(command)).action((given: readonly string[], flags: Flags) =>
    interruptible((signal) => evaluateAll(given, flags, signal)),
  );
}

function ranks(given: string): readonly number[] {
  const found = given.split(',').map(Number);
  if (found.every((k) => Number.isSafeInteger(k) && k >= 1)) return found;
  throw new InvalidArgumentError('Expected integers of 1 and more, with commas between.');
}

function above0(given: string): number {
  const effort = Number(given);
  if (Number.isFinite(effort) && effort > 0) return effort;
  throw new InvalidArgumentError('Expected a number above 0.');
}

async function evaluateAll(
  given: readonly string[],
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const [folder, ...files] = given.toReversed();
  if (files.length === 0)
    throw new OptionError('search evaluate', 'FOLDER', 'given after the indexes', folder);
  const task = await readRetrievalTask(folder, { split: flags.split });
  const rows: (SearchEvaluation & { readonly file: string })[] = [];
  for (const file of files.toReversed())
    rows.push({ file, ...(await evaluateFile(file, task, flags, signal)) });
  if (flags.json) {
    const size = { documents: task.documents.ids.length, queries: task.queries.ids.length };
    return print(JSON.stringify({ folder: task.name, ...size, evaluations: rows }));
  }
  for (const line of aligned(table(rows))) await print(line);
  if (flags.quiet) return;
  for (const remark of remarksOnce(rows.flatMap(({ warnings }) => warnings))) say(remark);
}

async function evaluateFile(
  file: string,
  task: RetrievalTask,
  flags: Flags,
  signal: AbortSignal,
): Promise<SearchEvaluation> {
  const index = await openIndex(file);
  try {
    const judgements = await judgementsFor(index, task);
    const { corpus } = await queriesFor(index, task, flags);
    const { at: cutoffs, effort } = flags;
    return await withEngine(flags, (engine) =>
      evaluateSearch(index, corpus, judgements, { cutoffs, effort }, { engine, signal }),
    );
  } finally {
    await index.close();
  }
}

/** The texts of the queries, or their vectors from a file of their own. */
async function queriesFor(
  { id, name }: { readonly id: string; readonly name: string },
  { queries }: RetrievalTask,
  flags: Flags,
): Promise<NamedCorpus> {
  const { asks } = indexById(id);
  if (asks === 'texts') return { corpus: { texts: queries.texts } };
  if (flags.queries === undefined)
    throw new InputError(
      name,
      `it is asked by ${asks}: give those of the queries with --queries FILE.`,
    );
  const read = await readCorpus([flags.queries], flags, asks);
  const { points, offsets } = read.corpus;
  const vectors = (points as { readonly rows: number } | undefined)?.rows ?? 0;
  const count = offsets ? offsets.length - 1 : vectors;
  if (count !== queries.ids.length)
    throw new InputError(
      flags.queries,
      `it has ${count} queries; the task has ${queries.ids.length}, and each needs its own, in their order.`,
    );
  requireOrder(flags.queries, read.labels, queries.ids);
  return read;
}

/** Where the file names its queries by those of the task, they stand in its order. */
function requireOrder(file: string, labels: readonly string[] | undefined, ids: readonly string[]) {
  if (!labels) return;
  const known = new Set(ids);
  if (!labels.every((label) => known.has(label))) return;
  const odd = labels.findIndex((label, q) => label !== ids[q]);
  if (odd < 0) return;
  const [got, wanted] = [labels[odd], ids[odd]].map((label) => JSON.stringify(label));
  throw new InputError(file, `query ${odd} is ${got}; the task has ${wanted} there.`);
}

function table(rows: readonly (SearchEvaluation & { readonly file: string })[]): string[][] {
  const cutoffs = Object.keys(rows[0].recallAt);
  const names = ['nDCG@10', ...cutoffs.map((k) => `recall@${k}`), 'MRR', 'MAP', 'scanned'];
  return [
    ['index', ...names],
    ...rows.map(({ file, index, ...own }) => [
      `${file} (${index})`,
      shown(own.ndcgAt10),
      ...cutoffs.map((k) => shown(own.recallAt[Number(k)])),
      shown(own.reciprocalRank),
      shown(own.averagePrecision),
      own.scanned.toFixed(0),
    ]),
  ];
}

const shown = ({ value, low, high }: RetrievalNumber) =>
  `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
