import { type Command, Option } from 'commander';
import {
  type ExplainedFactors,
  explainFactors,
  factorDirections,
} from '../../apps/explain/factor.ts';
import { gridOfLabels } from '../../apps/explain/grid-of-labels.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { readColumns, type VectorTable } from '../../io/index.ts';
import { encodeDirections } from '../../structures/directions/index.ts';
import type { ValueWeights } from '../../structures/factor-grid/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOtherOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeOption } from '../options.ts';
import { aligned, ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly factors?: string;
  readonly grid?: string;
  readonly weights: ValueWeights;
  readonly unit: boolean;
  readonly asked: number;
  readonly output?: string;
  readonly seed: number;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
The rows of a grid, such as countries by capital, language and currency, are taken for sums: one vector that all have, and
one for the value of each factor (ideal words). Said is how much of their variance such sums explain, beside grids whose
cells have changed places, and how often a cell is found again by what all others say of it, beside one analogy
(3CosAdd) and the nearest row.

Not all combinations need be there. Several rows of one cell are taken together.

Examples:
  $ tammes explain factor vectors.csv --factors country,form
  $ tammes explain factor vectors.npy --metadata facts.csv --factors color,kind --weights counts
  $ tammes explain factor dataset:glove --grid capitals.csv -o words.safetensors   # capitals.csv: capital,country / paris,france / …
`;

/** `tammes explain factor`. */
export function configure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--factors <columns>', 'columns of the rows, one for each factor, between commas')
    .option(
      '--grid <file>',
      'a table of labels: a line for each thing, a column for each form, with names in the first line',
    )
    .addOption(
      new Option('--weights <how>', 'how the values of a factor weigh: alike, or by their rows')
        .choices(['uniform', 'counts'])
        .default('uniform'),
    )
    .option(
      '-o, --output <file>',
      'file for the vectors of all values (safetensors), as directions',
    )
    .option('--no-unit', 'take rows as they are, not at length 1')
    .addOption(wholeOption('--asked <cells>', 'cells left out and asked for, at most', 500, 1))
    .addOption(wholeOption('--seed <number>', 'of what is drawn', 0, 0))
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => explain(files, flags, signal)),
  );
}

async function explain(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { factors, grid, weights, unit, asked, seed } = flags;
  if ((factors === undefined) === (grid === undefined))
    throw new OptionError(
      'explain factor',
      'factors',
      'given, or else --grid',
      factors === undefined ? 'neither' : 'both',
    );
  const { output } = flags;
  const inputs = [...files, grid, flags.metadata];
  await claimOtherOutputs('explain factor', { output }, inputs, flags.json);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const table = await readInput(files, flags);
    const { columns, rows, missing } =
      grid === undefined
        ? { columns: columnsOf(files, table, factors ?? ''), rows: undefined, missing: [] }
        : await gridOf(files, table, grid);
    const told = await withEngine(flags, async (engine) => {
      const options = { weights, unit, asked, seed, rows, engine };
      const run = { signal, onProgress: bar.update };
      if (output !== undefined) {
        const source = nameOfInput(files);
        const words = await factorDirections(table.points, columns, options, run, source);
        await writeBytes(output, encodeDirections(words));
      }
      return explainFactors(table.points, columns, options, run);
    });
    bar.clear();
    const warnings = [...lackOf(missing), ...told.warnings];
    if (flags.json)
      return await print(JSON.stringify({ ...told, output: output ?? null, missing, warnings }));
    await print(textOf(told).join('\n'));
    if (flags.quiet) return;
    for (const warning of warnings) say(warning);
    if (output !== undefined) say(`Wrote ${output}`);
  } finally {
    bar.clear();
  }
}

/** The columns that are factors; numbers count as names. */
function columnsOf(files: readonly string[], { columns = {}, labels }: VectorTable, given: string) {
  const all: Readonly<Record<string, ArrayLike<string | number | null | undefined>>> = {
    ...(labels ? { labels } : {}),
    ...(columns as Readonly<Record<string, ArrayLike<string | number | null>>>),
  };
  return given.split(',').map((name) => {
    const own = name.trim();
    if (!Object.hasOwn(all, own)) {
      const names = Object.keys(all).join(', ');
      throw new OptionError(
        'explain factor',
        'factors',
        names === ''
          ? `columns; ${nameOfInput(files)} has none (--metadata FILE adds some)`
          : `some of ${names}${labels ? ' (labels: the column that --label names, or the first of words; --no-label leaves it a column)' : ''}`,
        own,
      );
    }
    const values = Array.from(all[own], (value) =>
      value === null || value === undefined || Number.isNaN(value) ? '' : `${value}`.trim(),
    );
    return { name: own, values };
  });
}

async function gridOf(files: readonly string[], { labels }: VectorTable, file: string) {
  if (!labels)
    throw new InputError(
      nameOfInput(files),
      'there are no labels by which --grid could name rows (--label NAME).',
    );
  const { name, columns } = await readColumns(file);
  return gridOfLabels(name, columns, labels);
}

function lackOf(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  const some = missing.slice(0, 3).join(', ');
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return [`No rows, left out of the grid: ${some}${more}.`];
}

function textOf(told: ExplainedFactors): string[] {
  const { cells, complete, factors, varianceExplained, shuffled, spanBound, leaveOneOut } = told;
  const all = factors.reduce((product, { values }) => product * values, 1);
  const sizes = factors.map(({ name, values }) => `${name} (${values})`).join(' × ');
  const table = aligned([
    ['of the variance of the cells', 'explained'],
    ...factors.map(({ name, varianceExplained: share }) => [`  by ${name}`, percent(share)]),
    ['  by their sum', percent(varianceExplained)],
    ['  by their sum, cells shuffled', percent(shuffled)],
  ]);
  return [
    `${sizes}: ${complete ? `all ${cells} cells` : `${cells} of ${all} cells`}; sums span ${spanBound} dimensions at most`,
    ...table,
    ...foundOf(leaveOneOut),
    'Fitted worst (share of the distance that is left):',
    ...told.worst.map(({ values, left }) => `  ${values.join(' · ')}  ${percent(left)}`),
  ];
}

function foundOf(found: ExplainedFactors['leaveOneOut']): string[] {
  if (!found) return [];
  const { top1, interval, baselines, asked, candidates } = found;
  return [
    `A cell left out is the nearest of ${candidates} to what the others say of it, asked of ${asked} cells:`,
    ...aligned([
      ['  ideal words', percent(top1)],
      ['  one analogy (3CosAdd)', percent(baselines.threeCosAdd)],
      ['  the nearest row', percent(baselines.nearest)],
    ]).map((line, at) =>
      at > 0 ? line : `${line}   (${percent(interval.low)} to ${percent(interval.high)})`,
    ),
  ];
}

const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`);
