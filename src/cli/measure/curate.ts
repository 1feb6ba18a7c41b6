import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Curation, type CurationNumber, curate } from '../../apps/verbs/curate.ts';
import { OptionError } from '../../core/errors.ts';
import { rowNames, type VectorTable } from '../../io/index.ts';
import { seedOption } from '../../method/options.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOtherOutputs } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { optionFlag, wholeNumber } from '../options.ts';
import { formatIdOf, type ToFlag, toFlag, writeColumnsWhole } from '../tables.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';
import { namedColumns } from './columns.ts';

interface Flags extends InputFlags, EngineFlags, ToFlag {
  readonly losses?: string;
  readonly sources?: string;
  readonly clusters?: number;
  readonly share?: number;
  readonly output?: string;
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Says which of your embeddings should pick training data: whether documents that lie near one another have near losses
(1: no more than by chance; smaller is better) and come from one source, each beside shuffled rows. --share draws so many
of the rows, as evenly from the clusters as they allow, and -o writes which.

Examples:
  $ tammes measure curate documents.parquet --losses loss --sources source
  $ tammes measure curate documents.npy --metadata facts.csv --losses loss --clusters 100 --json
  $ tammes measure curate documents.parquet --sources source --share 0.2 -o chosen.csv
`;

/** `tammes measure curate`. */
export function configureCurate(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--losses <column>', 'column of numbers: the loss of a model on each row')
    .option('--sources <column>', 'column with the source of each row, or labels')
    .addOption(
      new Option(
        '--clusters <count>',
        'clusters to look into [50, or half as many as rows]',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option('--share <share>', 'select so many of the rows: above 0, 1 at most').argParser(
        share,
      ),
    )
    .option('-o, --output <file>', 'write the rows selected, with their clusters')
    .addOption(toFlag())
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => run(files, flags, signal)),
  );
}

function share(given: string): number {
  const value = Number(given);
  if (given.trim() !== '' && value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a number above 0, 1 at most.');
}

async function run(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output, json, quiet, clusters, seed } = flags;
  await claimOtherOutputs('measure curate', { output }, [...files, flags.metadata], json);
  if (output && flags.share === undefined)
    throw new OptionError('measure curate', 'output', 'given with --share', output);
  const asked = [flags.losses, flags.sources, flags.share].some((given) => given !== undefined);
  if (!asked)
    throw new OptionError('measure curate', 'losses', 'given, or --sources or --share', 'nothing');
  const bar = new ProgressBar(quiet === true);
  try {
    const table = await readInput(files, flags);
    const columns = namedColumns('measure curate', table);
    const losses = columns.numbers('losses', flags.losses);
    const sources = columns.words('sources', flags.sources);
    const options = { losses, sources, clusters, share: flags.share, seed };
    const found = await withEngine(flags, (engine) =>
      curate(table, { ...options, engine }, { signal, onProgress: bar.update }),
    );
    const paths = output ? await save(output, table, found, sources, flags) : [];
    bar.clear();
    await tell(nameOfInput(files), found, paths, flags);
  } finally {
    bar.clear();
  }
}

function save(
  path: string,
  table: VectorTable,
  { selected, of }: Curation,
  sources: readonly string[] | undefined,
  flags: Flags,
): Promise<string[]> {
  const rows = selected ?? new Int32Array(0);
  const columns = {
    row: Float64Array.from(rows),
    cluster: Float64Array.from(rows, (i) => of?.[i] ?? NaN),
    ...(sources ? { source: Array.from(rows, (i) => sources[i]) } : {}),
  };
  const labels = table.labels && Array.from(rows, rowNames(table));
  return writeColumnsWhole(path, { labels, columns }, formatIdOf(flags));
}

async function tell(
  file: string,
  found: Curation,
  output: readonly string[],
  { json, quiet }: Flags,
): Promise<void> {
  const { selected, of: _, ...rest } = found;
  if (json) {
    const rows = selected ? Array.from(selected) : null;
    return print(JSON.stringify({ file, ...rest, selected: rows, output }));
  }
  const numbers = [
    ['loss coherence (smaller is better)', found.lossCoherence],
    ['source purity', found.sourcePurity],
  ] as const;
  const lines = numbers.flatMap(([title, number]) => (number ? [lineOf(title, number)] : []));
  if (lines.length > 0)
    await print(aligned([['', 'value', '95 %', 'shuffled', 'p'], ...lines]).join('\n'));
  if (found.sources.length > 0) await print(`\n${sourceLines(found)}`);
  if (selected && found.sources.length === 0)
    await print(`${selected.length} of ${found.n} rows selected.`);
  if (quiet) return;
  for (const warning of found.warnings) say(warning);
  for (const path of output) say(`Wrote ${path}`);
}

const LISTED = 20;

function sourceLines({ sources, selected, n }: Curation): string {
  const taken = selected?.length ?? 0;
  const percent = (part: number, all: number) =>
    `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
  const head = selected
    ? ['source', 'rows', 'of all', 'selected', 'of those']
    : ['source', 'rows', 'of all'];
  const lines = sources
    .slice(0, LISTED)
    .map(({ source, rows, selected: own }) => [
      source,
      `${rows}`,
      percent(rows, n),
      ...(selected ? [`${own}`, percent(own, taken)] : []),
    ]);
  return aligned([head, ...lines]).join('\n');
}

function lineOf(title: string, { value, low, high, null: law }: CurationNumber): string[] {
  const shown = (x: number | null | undefined) =>
    x === null || x === undefined ? '–' : x.toFixed(3);
  const interval = low === null || high === null ? '–' : `${shown(low)} to ${shown(high)}`;
  const p = law?.pValue === undefined ? '–' : law.pValue < 1e-4 ? '<0.0001' : law.pValue.toFixed(4);
  return [title, shown(value), interval, shown(law?.value), p];
}
