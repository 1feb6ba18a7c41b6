import type { Command } from 'commander';
import { type ExplainedConcepts, explainConcepts } from '../../apps/explain/concepts.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { gathered } from '../../core/matrix.ts';
import type { GivenConcepts } from '../../families/directions/types.ts';
import { type Column, readColumns, readTexts, type VectorTable } from '../../io/index.ts';
import { encodeDirections } from '../../structures/directions/index.ts';
import { addEngineFlags, type EngineFlags, withEngine } from '../engine.ts';
import { claimOtherOutputs, writeBytes } from '../files.ts';
import { addInputFlags, INPUTS, type InputFlags, nameOfInput, readInput } from '../input.ts';
import { interruptible } from '../interrupt.ts';
import { readExamples } from '../learn/examples.ts';
import { wholeOption } from '../options.ts';
import { ProgressBar, print, say } from '../terminal.ts';

interface Flags extends InputFlags, EngineFlags {
  readonly names?: string;
  readonly words?: string;
  readonly classes?: string;
  readonly top: number;
  readonly rows: number;
  readonly count: number;
  readonly lessMean?: true;
  readonly seed: number;
  readonly output?: string;
  readonly json?: true;
  readonly quiet?: true;
}

const help = `${INPUTS}
Coordinates of a row are its cosines to the vectors of names, which the same model must have embedded. A column "parent"
of the names makes them a tree, of which --count opens what the rows are about.

Said is what each row, or the mean of each class, is nearest to; whether of two rows the same one is nearer to a third by
coordinates as by vectors; and how much of the accuracy of a linear probe the coordinates keep.

Examples:
  $ tammes explain concepts texts.npy --names concepts.csv --classes topic --metadata facts.csv
  $ tammes explain concepts dataset:glove --words animals.txt --rows 20 --less-mean
  $ tammes explain concepts texts.npy --names concepts.csv --count 200 -o concepts.safetensors
`;

/** `tammes explain concepts`. */
export function configure(command: Command): void {
  command
    .argument('<files...>', 'a file of vectors, several that are one table, or dataset:NAME')
    .option('--names <file>', 'vectors of the names, with labels, by the same model')
    .option(
      '--words <file>',
      'names that are labels of the rows themselves: one a line, or a column "name", perhaps "parent" besides',
    )
    .option('--classes <column>', 'column of classes: their means are shown, and probed')
    .addOption(wholeOption('--top <count>', 'names shown for each', 5, 1))
    .addOption(wholeOption('--rows <count>', 'rows shown, from the first on', 10, 1))
    .addOption(wholeOption('--count <names>', 'names wanted at most; 0: all', 0, 0))
    .option('--less-mean', 'coordinates less their means over all rows: what tells a row apart')
    .addOption(wholeOption('--seed <number>', 'of what is drawn', 0, 0))
    .option('-o, --output <file>', 'file for the named directions (safetensors)')
    .option('--json', 'print one JSON object and nothing else on standard output')
    .option('--quiet', 'no progress and no remarks')
    .addHelpText('after', help);
  addEngineFlags(addInputFlags(command)).action((files: readonly string[], flags: Flags) =>
    interruptible((signal) => explain(files, flags, signal)),
  );
}

async function explain(files: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const { names, words, top, count, lessMean, seed, output } = flags;
  if ((names === undefined) === (words === undefined))
    throw new OptionError(
      'explain concepts',
      'names',
      'given, or else --words',
      names === undefined ? 'neither' : 'both',
    );
  const inputs = [...files, names, words, flags.metadata];
  await claimOtherOutputs('explain concepts', { output }, inputs, flags.json);
  const bar = new ProgressBar(flags.quiet === true);
  try {
    const { points, labels, classes } = await rowsOf(files, flags);
    const { missing, ...concepts } =
      names === undefined
        ? await wordsOf(files, { points, labels }, words ?? '')
        : { ...(await namesOf(names, flags)), missing: [] };
    const rows = Array.from({ length: Math.min(flags.rows, points.rows) }, (_, i) => i);
    const told = await withEngine(flags, (engine) =>
      explainConcepts(
        points,
        concepts,
        { top, rows, classes, count, lessMean, seed, engine },
        { signal, onProgress: bar.update },
      ),
    );
    if (output !== undefined) await writeBytes(output, encodeDirections(told.directions));
    bar.clear();
    const { directions: _, ...rest } = told;
    const warnings = [...lackOf(missing), ...told.warnings];
    const shown = rest.shown.map((one) => ({
      ...one,
      label: one.row === null ? null : (labels?.[one.row] ?? null),
    }));
    const all = { ...rest, shown, missing, output: output ?? null, warnings };
    if (flags.json) return await print(JSON.stringify(all));
    await print(textOf(told, labels).join('\n'));
    if (flags.quiet) return;
    for (const warning of warnings) say(warning);
    if (output !== undefined) say(`Wrote ${output}`);
  } finally {
    bar.clear();
  }
}

interface Rows extends Pick<VectorTable, 'points' | 'labels'> {
  readonly classes?: readonly string[] | undefined;
}

async function rowsOf(files: readonly string[], flags: Flags): Promise<Rows> {
  if (flags.classes === undefined) return readInput(files, flags);
  const { names: _, words: __, rows: ___, ...own } = flags;
  const examples = await readExamples('explain concepts', files, own, ['points', 'classes']);
  const { points, labels, classes } = examples as Rows;
  return { points, labels, classes };
}

/** Vectors with labels; a column `parent` makes a tree of them. */
async function namesOf(file: string, { quiet }: Flags): Promise<GivenConcepts> {
  const { points, labels, columns = {} } = await readInput(file, { quiet });
  if (!labels) throw new InputError(file, 'its vectors have no labels, which are the names.');
  return { names: labels, points, parents: parentsOf(columns['parent']) };
}

const parentsOf = (column: Column | undefined) =>
  column && Array.from(column as ArrayLike<string | number | null>, (own) => `${own ?? ''}`.trim());

/** Names that are labels of the rows: those that are not are left out, with what lies below them. */
async function wordsOf(
  files: readonly string[],
  { points, labels }: Pick<VectorTable, 'points' | 'labels'>,
  file: string,
): Promise<GivenConcepts & { readonly missing: readonly string[] }> {
  if (!labels)
    throw new InputError(
      nameOfInput(files),
      'there are no labels among which --words could be (--label NAME).',
    );
  const { names, parents } = await listOf(file);
  const rowOf = new Map<string, number>();
  for (const [row, label] of labels.entries()) if (!rowOf.has(label)) rowOf.set(label, row);
  const known = Array.from(names.keys()).filter((at) => rowOf.has(names[at]));
  const missing = names.filter((name) => !rowOf.has(name));
  if (known.length === 0)
    throw new InputError(file, `none of its ${names.length} names is a label of the rows.`);
  return {
    names: known.map((at) => names[at]),
    points: gathered(
      points,
      known.map((at) => rowOf.get(names[at]) ?? 0),
    ),
    // A parent that is no row makes its children roots.
    parents: parents && known.map((at) => (rowOf.has(parents[at]) ? parents[at] : '')),
    missing,
  };
}

async function listOf(file: string) {
  if (/\.(txt|text)$/.test(file)) {
    const { texts } = await readTexts(file);
    return { names: texts.map((text) => text.trim()).filter((text) => text !== '') };
  }
  const { name, columns } = await readColumns(file);
  const names = columns.get('name');
  if (!names)
    throw new InputError(
      name,
      `there is no column "name"; the columns are ${[...columns.keys()].join(', ')}.`,
    );
  return {
    names: Array.from(names as ArrayLike<string | number>, (own) => `${own}`.trim()),
    parents: parentsOf(columns.get('parent')),
  };
}

function lackOf(missing: readonly string[]): string[] {
  if (missing.length === 0) return [];
  const some = missing.slice(0, 3).join(', ');
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return [`No labels, left out of the names: ${some}${more}.`];
}

function textOf(
  { concepts, shown, triplets, probe }: ExplainedConcepts,
  labels: readonly string[] | undefined,
): string[] {
  const lines = [`${concepts} names`];
  for (const one of shown) {
    const title = one.class ?? labels?.[one.row ?? 0] ?? `row ${one.row}`;
    const names = one.concepts.map(({ name, value }) => `${name} ${value.toFixed(3)}`);
    lines.push(`  ${title}: ${names.join(', ')}`);
  }
  if (triplets)
    lines.push(
      `Of two rows the same is nearer to a third as by the vectors: ${percent(triplets.value)} (${percent(triplets.low)} to ${percent(triplets.high)}; by chance 50 %)`,
    );
  if (probe)
    lines.push(
      `A linear probe of the classes: ${percent(probe.coordinates)} on the coordinates, ${percent(probe.vectors)} on the vectors: ${percent(probe.kept)} kept`,
    );
  return lines;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
