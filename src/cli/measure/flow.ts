import { type Command, Option } from 'commander';
import { type Flow, type FlowNumber, flow } from '../../apps/verbs/flow.ts';
import { topicBoundaries } from '../../families/metrics/index.ts';
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
  readonly parts?: string;
  readonly window?: number;
  readonly segments?: number;
  readonly output?: string;
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
The rows are read in their order: sentences of a text, messages, frames. Printed are how alike a row is to the next beside
rows in random order, and where the rows turn to something else; with --parts how well that finds the parts (P_k, 0 to 1,
smaller is better) beside boundaries at random. -o writes the curve and the segments, a line a row.

Examples:
  $ tammes measure flow sentences.parquet --parts chapter
  $ tammes measure flow sentences.npy --metadata book.csv --label text -o flow.csv
  $ tammes measure flow sentences.npy --segments 12 --json
`;

/** `tammes measure flow`. */
export function configureFlow(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--parts <column>', 'column with the part each row belongs to, or labels')
    .addOption(optionFlag('window', topicBoundaries.spec.options.window))
    .addOption(
      new Option(
        '--segments <count>',
        'cut so many; left out: as many as are deeper than chance',
      ).argParser(wholeNumber),
    )
    .option(
      '-o, --output <file>',
      'write the cosine with the row before and the segment of each row',
    )
    .addOption(toFlag())
    .addOption(optionFlag('seed', seedOption()))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => run(files, flags, signal)),
  );
}

async function run(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { output, json, quiet, window, segments, seed } = flags;
  await claimOtherOutputs('measure flow', { output }, [...files, flags.metadata], json);
  const bar = new ProgressBar(quiet === true);
  try {
    const table = await readInput(files, flags);
    const parts = namedColumns('measure flow', table).words('parts', flags.parts);
    const found = await withEngine(flags, (engine) =>
      flow(table, { parts, window, segments, seed, engine }, { signal, onProgress: bar.update }),
    );
    const paths = output ? await save(output, table, found, flags) : [];
    bar.clear();
    await tell(nameOfInput(files), table, found, paths, flags);
  } finally {
    bar.clear();
  }
}

function save(path: string, table: VectorTable, found: Flow, flags: Flags): Promise<string[]> {
  const columns = {
    row: Float64Array.from(found.segments.keys()),
    cosine: found.cosines,
    segment: Float64Array.from(found.segments),
  };
  return writeColumnsWhole(path, { labels: table.labels, columns }, formatIdOf(flags));
}

/** Boundaries that are printed. */
const SHOWN = 30;

async function tell(
  file: string,
  table: VectorTable,
  found: Flow,
  output: readonly string[],
  { json, quiet }: Flags,
): Promise<void> {
  const { cosines: _, segments: __, starts, ...rest } = found;
  if (json) return print(JSON.stringify({ file, ...rest, starts, output }));
  const lines = [
    lineOf('cosine of successive rows', found.successive),
    lineOf('boundaries', found.boundaries),
    ...(found.error ? [lineOf('P_k against the parts (smaller is better)', found.error)] : []),
  ];
  await print(aligned([['', 'value', '95 %', 'at random', 'p'], ...lines]).join('\n'));
  const nameOf = rowNames(table);
  if (starts.length > 0) await print('\nSegments begin at');
  for (const row of starts.slice(0, SHOWN)) {
    const name = nameOf(row);
    await print(`  ${row}${name === `row ${row}` ? '' : `  ${name.slice(0, 100)}`}`);
  }
  if (starts.length > SHOWN) await print(`  … and ${starts.length - SHOWN} more`);
  if (quiet) return;
  for (const warning of found.warnings) say(warning);
  for (const path of output) say(`Wrote ${path}`);
}

function lineOf(title: string, { value, low, high, null: law }: FlowNumber): string[] {
  const shown = (x: number | null | undefined) =>
    x === null || x === undefined ? '–' : Number.isInteger(x) ? `${x}` : x.toFixed(3);
  const interval = low === null || high === null ? '–' : `${shown(low)} to ${shown(high)}`;
  const p = law?.pValue === undefined ? '–' : law.pValue < 1e-4 ? '<0.0001' : law.pValue.toFixed(4);
  return [title, shown(value), interval, shown(law?.value), p];
}
