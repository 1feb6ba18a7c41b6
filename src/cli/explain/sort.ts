import { type Command, Option } from 'commander';
import { directionOf, type SortedRow, sortByAxis } from '../../apps/explain/sort.ts';
import { OptionError } from '../../core/errors.ts';
import { fileStore } from '../../io/byte-store.ts';
import { loadDirections } from '../../structures/directions/index.ts';
import { addInputFlags, INPUTS, type InputFlags, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { wholeFrom } from '../options.ts';
import { aligned, print } from '../terminal.ts';

interface Flags extends InputFlags {
  readonly direction?: string;
  readonly count: number;
  readonly anySpace?: true;
  readonly json?: true;
}

const help = `${INPUTS}
Rows go from the highest projection to the lowest. What follows a projection is the middle 95 of 100 draws of the axis.

Examples:
  $ tammes explain sort price.safetensors products.parquet -k 20
  $ tammes explain sort tone.safetensors reviews.npy --direction angry --json
`;

/** `tammes explain sort`. */
export function configure(command: Command): void {
  command
    .argument('<axis>', 'directions that tammes explain axis wrote')
    .argument('<files...>', 'a file of vectors of the same model, several, or dataset:NAME')
    .option('--direction <name>', 'which direction of the file; the first unless given')
    .addOption(
      new Option('-k, --count <rows>', 'rows printed from each end; 0: all from the top')
        .argParser(wholeFrom(0))
        .default(10),
    )
    .option('--any-space', 'take the rows even if they seem to be of another model')
    .option('--json', 'print one JSON object with all rows and nothing else on standard output')
    .option('--quiet', 'no remarks')
    .addHelpText('after', help);
  addInputFlags(command).action((axis: string, files: readonly string[], flags: Flags) =>
    interruptible(() => sort(axis, files, flags)),
  );
}

async function sort(axis: string, files: readonly string[], flags: Flags): Promise<void> {
  const directions = await loadDirections(fileStore(axis));
  const direction = directionOf(directions, flags.direction);
  if (direction === undefined)
    throw new OptionError(
      'explain sort',
      'direction',
      `one of ${directions.names.join(', ')}`,
      flags.direction,
    );
  const { points, labels } = await readInput(files, flags);
  const rows = sortByAxis(directions, points, { labels, direction, anySpace: flags.anySpace });
  const name = directions.names[direction];
  if (flags.json) return print(JSON.stringify({ axis, direction: name, rows }));
  await print(linesOf(name, rows, flags.count).join('\n'));
}

function linesOf(name: string, rows: readonly SortedRow[], count: number): string[] {
  const isWhole = count === 0 || rows.length <= 2 * count;
  const shown = isWhole ? rows : [...rows.slice(0, count), ...rows.slice(-count)];
  const lines = aligned(shown.map(cellsOf));
  if (isWhole) return [name, ...lines];
  return [name, ...lines.slice(0, count), '  …', ...lines.slice(count)];
}

const cellsOf = ({ row, label, projection, low, high }: SortedRow): string[] => [
  `  ${label ?? `row ${row}`}`,
  projection.toFixed(3),
  ...(low === null || high === null ? [] : [`${low.toFixed(3)} to ${high.toFixed(3)}`]),
];
