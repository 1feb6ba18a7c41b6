import { InputError, OptionError } from '../../core/errors.ts';
import type { Edges, Examples, Need } from '../../families/learners/index.ts';
import { loadCoraCitations } from '../../io/datasets/index.ts';
import { type Column, readTexts } from '../../io/index.ts';
import { type InputFlags, nameOfInput, readInput } from '../input.ts';
import { readRowPairs } from '../row-pairs.ts';

/** The flags that say which column is what. */
export interface ExampleFlags {
  readonly classes?: string;
  readonly text?: string;
  readonly translations?: string;
  readonly edges?: string;
}

type Columns = Readonly<Record<string, Column>>;

/** `labels` names the rows' labels, a column that readers set apart. */
const LABELS = 'labels';

/** Reads what a learner needs. */
export async function readExamples(
  command: string,
  files: readonly string[],
  flags: InputFlags & ExampleFlags,
  needs: readonly Need[],
): Promise<Examples & { readonly labels?: readonly string[] | undefined }> {
  const ofTexts = needs.includes('texts');
  const { columns, ...data } = ofTexts ? await textsOf(files, flags) : await pointsOf(files, flags);
  const wanted = flags.classes ?? (Object.hasOwn(columns, LABELS) ? LABELS : 'class');
  return {
    ...data,
    classes: needs.includes('classes') ? words(command, 'classes', columns, wanted) : undefined,
    translations: needs.includes('translations')
      ? await translationsOf(command, columns, flags.translations)
      : undefined,
    edges: needs.includes('edges') ? await edgesOf(command, flags.edges, data.labels) : undefined,
  };
}

/** Pairs of rows, by number from 0 or by label. */
async function edgesOf(
  command: string,
  file: string | undefined,
  labels: readonly string[] | undefined,
): Promise<Edges> {
  if (file === undefined) throw new InputError(command, 'edges are needed: --edges FILE.');
  if (file === 'dataset:cora') return loadCoraCitations();
  const { a, b } = await readRowPairs(file, labels, labels, 'edge');
  return { from: a, to: b };
}

async function pointsOf(files: readonly string[], flags: InputFlags & ExampleFlags) {
  const { points, labels, columns } = await readTable(files, flags);
  return { points, labels, columns: { ...(labels ? { [LABELS]: labels } : {}), ...columns } };
}

/** The table; where the column of the classes was taken for the labels, read again with both names for it. */
async function readTable(files: readonly string[], flags: InputFlags & ExampleFlags) {
  const table = await readInput(files, flags);
  const { classes } = flags;
  if (classes === undefined || classes === LABELS || table.columns?.[classes]) return table;
  const again = await readInput(files, { ...flags, label: classes, quiet: true });
  return { ...again, columns: { ...again.columns, [classes]: again.labels ?? [] } };
}

async function textsOf(files: readonly string[], { text }: ExampleFlags) {
  const { texts, columns } = await readTexts(nameOfInput(files), { column: text });
  return { texts, labels: undefined, columns };
}

/** A column of the table of texts, or a file of lines. */
async function translationsOf(
  command: string,
  columns: Columns,
  given: string | undefined,
): Promise<readonly string[]> {
  if (given === undefined)
    throw new InputError(command, 'translations are needed: --translations COLUMN or FILE.');
  if (Object.hasOwn(columns, given)) return words(command, 'translations', columns, given);
  return (await readTexts(given)).texts;
}

function words(command: string, option: string, columns: Columns, name: string): readonly string[] {
  if (Object.hasOwn(columns, name)) return Array.from(columns[name] as ArrayLike<unknown>, String);
  const known = Object.keys(columns).join(', ');
  const wanted = known === '' ? 'a column; the file has none' : `one of ${known}`;
  throw new OptionError(command, option, wanted, name);
}
