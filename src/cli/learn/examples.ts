import { InputError, OptionError } from '../../core/errors.ts';
import type { Edges, Examples, Need } from '../../families/learners/index.ts';
import { loadCoraCitations } from '../../io/datasets/index.ts';
import { type Column, readColumns, readTexts, type VectorTable } from '../../io/index.ts';
import { wholeOf } from '../../io/open.ts';
import { type InputFlags, nameOfInput, withInput } from '../input.ts';
import { readRowPairs } from '../row-pairs.ts';
import { oneTable } from './one-table.ts';
import { readOthers } from './others.ts';
import { readTeachers } from './teachers.ts';
import { readWords } from './words.ts';

/** The flags that say which column is what. */
export interface ExampleFlags {
  readonly classes?: string;
  readonly text?: string;
  readonly translations?: string;
  readonly scores?: string;
  readonly edges?: string;
  readonly others?: string;
  readonly teacher?: readonly string[];
  readonly fields?: string;
  readonly words?: string;
}

type Columns = Readonly<Record<string, Column>>;

/** `labels` names the rows' labels, a column that readers set apart. */
const LABELS = 'labels';

/** Which flag says where each need is. */
const FLAG_OF = {
  classes: 'classes',
  texts: 'text',
  translations: 'translations',
  scores: 'scores',
  edges: 'edges',
  others: 'others',
  teachers: 'teacher',
  fields: 'fields',
  words: 'words',
} as const;

/** Examples, and what else stands beside their vectors. */
export interface ReadExamples extends Examples {
  readonly labels?: readonly string[] | undefined;
  readonly beside?: Pick<VectorTable, 'columns' | 'source'> | undefined;
}

/** Reads what a learner needs; refuses a flag for what it does not. */
export async function readExamples(
  command: string,
  files: readonly string[],
  flags: InputFlags & ExampleFlags,
  needs: readonly Need[],
  optional: readonly Need[] = [],
): Promise<ReadExamples> {
  requireNeeded(command, flags, needs, optional);
  if (files.length === 0)
    throw new InputError(command, `${wantedOf(needs)} are needed; name a file of them.`);
  if (needs.includes('fields'))
    return categoriesOf(command, oneTable(command, 'examples', files, flags), flags, needs);
  const ofTexts = needs.includes('texts');
  if (ofTexts) oneTable(command, 'texts', files, flags);
  const { columns, ...data } = ofTexts
    ? { ...(await textsOf(files, flags)), beside: undefined }
    : await pointsOf(files, flags);
  const wayOut = ofTexts
    ? ' (a table of texts has some: CSV, JSON lines, Parquet)'
    : ' (--metadata FILE adds some)';
  const wanted = flags.classes ?? (Object.hasOwn(columns, LABELS) ? LABELS : 'class');
  return {
    ...data,
    classes: needs.includes('classes')
      ? classesOf(command, nameOfInput(files), columns, wanted, wayOut)
      : undefined,
    translations: needs.includes('translations')
      ? await translationsOf(command, columns, flags.translations)
      : undefined,
    scores:
      flags.scores === undefined ? undefined : scoresOf(command, files, columns, flags.scores),
    others:
      needs.includes('others') && 'points' in data
        ? await readOthers(command, flags.others, data)
        : undefined,
    teachers: needs.includes('teachers')
      ? await readTeachers(command, flags.teacher, data)
      : undefined,
    words: needs.includes('words') ? await readWords(command, flags.words) : undefined,
    edges: needs.includes('edges') ? await edgesOf(command, flags.edges, data.labels) : undefined,
  };
}

function wantedOf(needs: readonly Need[]): string {
  if (needs.includes('fields')) return 'examples';
  return needs.includes('texts') ? 'texts' : 'vectors';
}

/** Columns of names, and the column of yes and no. */
async function categoriesOf(
  command: string,
  file: string,
  { fields, classes }: ExampleFlags,
  needs: readonly Need[],
) {
  const { columns } = await readColumns(file);
  const table = Object.fromEntries(columns);
  if (fields === undefined)
    throw new InputError(
      command,
      `fields are needed: --fields with some of ${[...columns.keys()].join(', ')}.`,
    );
  const [names, clicked] = [fields.split(',').map((name) => name.trim()), classes ?? 'class'];
  if (needs.includes('classes') && names.includes(clicked))
    throw new OptionError(
      command,
      'fields',
      `without "${clicked}", which is what is to be learned (--classes)`,
      fields,
    );
  return {
    fields: names.map((name) => fieldOf(command, table, name)),
    classes: needs.includes('classes') ? classesOf(command, file, table, clicked, '') : undefined,
  };
}

/** Examples for a model that knows the names of its fields. */
export async function readFields(
  command: string,
  files: readonly string[],
  names: readonly string[],
  flags: InputFlags,
): Promise<Examples> {
  const { name: file, columns } = await readColumns(oneTable(command, 'examples', files, flags));
  const missing = names.find((name) => !columns.has(name));
  if (missing !== undefined)
    throw new InputError(
      file,
      `there is no column "${missing}", a field of the model; the columns are ${[...columns.keys()].join(', ')}.`,
    );
  const table = Object.fromEntries(columns);
  return { fields: names.map((name) => fieldOf(command, table, name)) };
}

/** The values of a field; one that is missing is the empty word, in a column of numbers too. */
function fieldOf(command: string, table: Columns, name: string) {
  const values = words(command, 'fields', table, name);
  const isNumbers = table[name] instanceof Float64Array;
  return { name, values: isNumbers ? values.map((own) => (own === 'NaN' ? '' : own)) : values };
}

function requireNeeded(
  command: string,
  flags: ExampleFlags,
  needs: readonly Need[],
  optional: readonly Need[],
): void {
  for (const [need, flag] of Object.entries(FLAG_OF)) {
    const given = flags[flag];
    if (given === undefined || [...needs, ...optional].includes(need as Need)) continue;
    const read = needs.map((one) => (one === 'points' ? 'vectors' : one)).join(' and ');
    throw new OptionError(command, flag, `left out where ${read} are all that is read`, `${given}`);
  }
}

/** The classes; refuses a row without one, which would make a class of its own. */
export function classesOf(
  command: string,
  file: string,
  columns: Columns,
  name: string,
  wayOut: string,
): readonly string[] {
  const classes = words(command, 'classes', columns, name, wayOut);
  const missing = columns[name] instanceof Float64Array ? 'NaN' : '';
  const row = classes.findIndex((own) => own.trim() === missing);
  if (row < 0) return classes;
  throw new InputError(
    file,
    `row ${row} has no class in the column "${name}" (counted from 0); give it one, or leave the row out.`,
  );
}

/** Numbers, one a text; refuses a row that has none. */
function scoresOf(
  command: string,
  files: readonly string[],
  columns: Columns,
  name: string,
): readonly number[] {
  return words(command, 'scores', columns, name).map((written, row) => {
    const score = written.trim() === '' ? Number.NaN : Number(written);
    if (Number.isFinite(score)) return score;
    throw new InputError(
      nameOfInput(files),
      `row ${row} has no number in the column "${name}" but ${JSON.stringify(written)} (counted from 0); give it one, or leave the row out.`,
    );
  });
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
  const { points, labels, columns, source } = await readTable(files, flags, flags.classes);
  const named = { ...(labels ? { [LABELS]: labels } : {}), ...columns };
  return { points, labels, columns: named, beside: { columns, source } };
}

/** The table; where the column of the classes was taken for the labels, read again with both names for it. */
export async function readTable(
  files: readonly string[],
  flags: InputFlags,
  classes: string | undefined,
): Promise<VectorTable> {
  const { table, hasClasses } = await labeledTable(files, flags, classes);
  // A stream can be read once.
  if (hasClasses || classes === undefined || classes === LABELS || table.columns?.[classes])
    return table;
  return (await labeledTable(files, { ...flags, label: classes, quiet: true }, classes)).table;
}

/** The table; labels that stand in the column of the classes are that column too, others are not. */
async function labeledTable(
  files: readonly string[],
  flags: InputFlags,
  classes: string | undefined,
) {
  const { table, label } = await withInput(files, flags, async (file) => ({
    table: await wholeOf(file),
    label: (await file.reader.info()).labels,
  }));
  if (classes === undefined || label !== classes || !table.labels)
    return { table, hasClasses: false };
  const columns = { ...table.columns, [classes]: table.labels };
  return { table: { ...table, columns }, hasClasses: true };
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

function words(
  command: string,
  option: string,
  columns: Columns,
  name: string,
  wayOut = '',
): readonly string[] {
  if (Object.hasOwn(columns, name)) return Array.from(columns[name] as ArrayLike<unknown>, String);
  const names = Object.keys(columns).join(', ');
  const wanted = names === '' ? `a column; the file has none${wayOut}` : `one of ${names}`;
  throw new OptionError(command, option, wanted, name);
}
