import { counted } from '../core/text.ts';
import { type Reader, type ReadOptions, refuse } from './contract.ts';
import type { Metadata } from './metadata.ts';
import { isLabelName } from './support/column-names.ts';
import { numberOf } from './support/numbers.ts';
import { type Column, mapColumns, type VectorTable } from './table.ts';

/** A table of metadata whose columns have names. */
interface Named {
  readonly name: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** Which row of the metadata each row of a block has; the number of its first row in the file is given. */
type Places = (block: VectorTable, first: number) => readonly number[];

/** A reader whose rows have the columns of the metadata, too. */
export async function withMetadata(
  name: string,
  reader: Reader,
  metadata: Metadata,
  { label, onRemark }: ReadOptions,
): Promise<Reader> {
  const info = await reader.info();
  const sample = await firstBlock(reader);
  const table = named(metadata, info.rows);
  const key = keyOf(table, sample, info.labels);
  const places = key
    ? placesByKey(table, key.column, key.valuesOf)
    : placesInOrder(name, info.rows, table, sample);
  onRemark?.(
    key
      ? `${table.name}: joined by ${JSON.stringify(key.column)}${unused(table, info.rows)}.`
      : `${table.name}: joined by place, row by row.`,
  );
  const labels = labelOf(table, label, info.labels);
  // The key is the label already, unless another column takes its place.
  const known = labels ?? key?.column;
  const added = [...table.columns.keys()].filter((column) => column !== known);
  requireNew(name, table, added, info.columns);
  return {
    info: async () => ({
      ...info,
      labels: labels ?? info.labels,
      columns: [...info.columns, ...added],
    }),
    async *blocks(rowsPerBlock, shared) {
      let row = 0;
      for await (const block of reader.blocks(rowsPerBlock, shared)) {
        yield joined(block, table, places(block, row), added, labels);
        row += block.points.rows;
      }
    },
  };
}

async function firstBlock(reader: Reader): Promise<VectorTable | undefined> {
  for await (const block of reader.blocks(1000, false)) return block;
  return undefined;
}

/** The names of the columns: in a text file the first record, where there is one more than vectors, or it looks so. */
function named({ name, columns, records }: Metadata, vectors: number): Named {
  if (columns) return { name, columns, rows: [...columns.values()][0].length };
  const all = withoutLastBlanks(records ?? [], vectors);
  const width = all[0].length;
  const hasHeader = all.length === vectors + 1 || (all.length !== vectors && width > 1);
  const isShort = all.length === vectors && width > 1 && looksLikeNames(all);
  const rows = hasHeader || isShort ? all.slice(1) : all;
  const names = hasHeader || isShort ? uniqueNames(name, all[0]) : numbered(width);
  return {
    name,
    rows: rows.length,
    columns: new Map(names.map((column, c) => [column, rows.map((record) => record[c])])),
  };
}

/** Without the empty lines at the end that are more than vectors: a label may be empty. */
function withoutLastBlanks(
  records: readonly (readonly string[])[],
  vectors: number,
): readonly (readonly string[])[] {
  let count = records.length;
  while (count > Math.max(1, vectors) && records[count - 1].join('') === '') count--;
  return records.slice(0, count);
}

/** Without names, a single column is the label, and others are numbered. */
const numbered = (width: number): string[] =>
  width === 1 ? ['label'] : Array.from({ length: width }, (_, c) => `column ${c + 1}`);

function uniqueNames(name: string, names: readonly string[]): readonly string[] {
  const twice = names.find((column, i) => names.indexOf(column) !== i);
  if (twice === undefined) return names;
  return refuse({ name }, `two columns have the name ${JSON.stringify(twice)}; names must differ.`);
}

/** Whether the first record names what is below: a usual name, or a word over numbers. */
function looksLikeNames([first, ...rest]: readonly (readonly string[])[]): boolean {
  const isNumber = (text: string): boolean => numberOf(text.trim()) !== undefined;
  return first.some((text, c) => {
    if (isLabelName(text)) return true;
    const below = rest.map((record) => record[c]).filter((value) => value.trim() !== '');
    return below.length > 0 && below.every(isNumber) && !isNumber(text);
  });
}

interface Key {
  readonly column: string;
  readonly valuesOf: (block: VectorTable) => readonly string[];
}

/** Share of the labels that a column must have to be meant as their key. */
const MEANT = 0.5;

/** The column of the metadata that has the labels, or a column that both have and that is named like an id. */
function keyOf(
  table: Named,
  sample: VectorTable | undefined,
  labels: string | boolean,
): Key | undefined {
  if (!sample) return undefined;
  const usual = [...table.columns.keys()].sort(
    (a, b) =>
      Number(b === labels) - Number(a === labels) ||
      Number(isLabelName(b)) - Number(isLabelName(a)),
  );
  const keys: Key[] = [
    ...(sample.labels ? usual.map((column) => ({ column, valuesOf: labelsOf })) : []),
    ...Object.keys(sample.columns ?? {})
      .filter((column) => isLabelName(column) && table.columns.has(column))
      .map((column) => ({ column, valuesOf: (block: VectorTable) => textsOf(block, column) })),
  ];
  let best: Key | undefined;
  let most = MEANT;
  for (const key of keys) {
    const known = new Set(Array.from(table.columns.get(key.column) ?? [], String));
    const values = key.valuesOf(sample);
    const share = values.filter((value) => known.has(value)).length / values.length;
    if (share > most) [best, most] = [key, share];
  }
  return best;
}

const labelsOf = ({ labels = [] }: VectorTable): readonly string[] => labels;

const textsOf = ({ columns = {} }: VectorTable, column: string): readonly string[] =>
  Array.from(columns[column] ?? [], String);

function placesByKey(table: Named, column: string, valuesOf: Key['valuesOf']): Places {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [row, value] of Array.from(table.columns.get(column) ?? [], String).entries()) {
    if (places.has(value)) twice.add(value);
    else places.set(value, row);
  }
  const key = JSON.stringify(column);
  return (block, first) => {
    const values = valuesOf(block);
    const missing = values.filter((value) => !places.has(value));
    if (missing.length > 0) {
      const row = first + values.indexOf(missing[0]);
      refuse(
        table,
        `${missing.length} of ${values.length} rows have no line in the ${table.rows} of the metadata: row ${row} is ${JSON.stringify(missing[0])}, which its column ${key} does not have.`,
      );
    }
    const double = values.find((value) => twice.has(value));
    if (double !== undefined) {
      refuse(table, `its column ${key} has ${JSON.stringify(double)} more than once.`);
    }
    return values.map((value) => places.get(value) ?? 0);
  };
}

function placesInOrder(
  name: string,
  rows: number,
  table: Named,
  sample: VectorTable | undefined,
): Places {
  if (rows === table.rows) {
    return ({ points }, first) => Array.from({ length: points.rows }, (_, i) => first + i);
  }
  const labelled = sample?.labels ? 'no column of it has the labels' : 'the vectors have no labels';
  return refuse(
    table,
    `the metadata have ${counted(table.rows, 'row')}, and ${name} has ${counted(rows, 'vector')}; ${labelled} to join them by.`,
  );
}

const unused = (table: Named, rows: number): string =>
  table.rows > rows ? `; at least ${counted(table.rows - rows, 'row')} of it have no vector` : '';

/** The column that names the vectors: what was asked for, or a usual name where they have no labels. */
function labelOf(
  { columns, name }: Named,
  label: ReadOptions['label'],
  own: string | boolean,
): string | undefined {
  if (label === false || own === label) return undefined;
  if (label === undefined) {
    const names = [...columns.keys()];
    return own
      ? undefined
      : (names.find(isLabelName) ?? names.find((only) => tellsAlone(columns, only)));
  }
  if (columns.has(label)) return label;
  if (own) return undefined;
  const known = [...columns.keys()].map((column) => JSON.stringify(column)).join(', ');
  return refuse({ name }, `there is no column ${JSON.stringify(label)}; there are ${known}.`);
}

/** Whether a column is the only one, of texts of which none comes twice. */
function tellsAlone(columns: Named['columns'], name: string): boolean {
  const column = Array.from(columns.get(name) ?? [], String);
  const areNumbers = column.every((text) => numberOf(text) !== undefined);
  return columns.size === 1 && !areNumbers && new Set(column).size === column.length;
}

function requireNew(
  name: string,
  table: Named,
  added: readonly string[],
  there: readonly string[],
): void {
  const twice = added.find((column) => there.includes(column));
  if (twice === undefined) return;
  refuse(table, `it has a column ${JSON.stringify(twice)}, and so has ${name}; rename one.`);
}

function joined(
  block: VectorTable,
  table: Named,
  places: readonly number[],
  added: readonly string[],
  labels: string | undefined,
): VectorTable {
  const own = Object.fromEntries(added.map((name) => [name, table.columns.get(name) ?? []]));
  const columns = mapColumns(own, (column) =>
    column instanceof Float64Array
      ? Float64Array.from(places, (row) => column[row])
      : places.map((row) => column[row]),
  );
  const named = labels === undefined ? undefined : table.columns.get(labels);
  return {
    ...block,
    labels: named ? places.map((row) => String(named[row])) : block.labels,
    columns: { ...block.columns, ...columns },
  };
}
