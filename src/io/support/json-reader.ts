import { type ByteSource, type Reader, type ReadOptions, refuse } from '../contract.ts';
import type { Column, VectorTable } from '../table.ts';
import type { Candidate } from './candidates.ts';
import { columnOfValues, textOfValue } from './cells.ts';
import { isVectorName } from './column-names.ts';
import { jsonColumns } from './json-columns.ts';
import { relative } from './json-document.ts';
import { fieldOf, type Row, severalOn, without } from './json-paths.ts';
import { type JsonFile, type JsonRow, jsonFile } from './json-rows.ts';
import { floats, grown } from './memory.ts';
import { type Selection, selected } from './select.ts';
import { numberOfItem, usualLength, vectorInto, vectorOf } from './vector-cells.ts';

/** How the rows are to be read. */
interface Layout {
  readonly candidates: readonly Candidate[];
  readonly selection: Selection;
  readonly cols: number;
  readonly base64: ReadOptions['base64'];
  /** Whether the caller named the vector. */
  readonly isNamed: boolean;
}

function layoutOf(source: ByteSource, file: JsonFile, given: ReadOptions): Layout {
  const options = {
    ...given,
    vector: renamed(given.vector, file.path),
    label: typeof given.label === 'string' ? relative(given.label, file.path) : given.label,
  };
  const candidates = jsonColumns(file.sample, options);
  const chosen = selected(source, candidates, options);
  const [first] = chosen.vector;
  const isAround = (i: number): boolean =>
    isVectorName(candidates[i].name) && candidates[first].name.startsWith(`${candidates[i].name}.`);
  // What else a structure of vectors holds stays behind, as lists beside the vector do.
  const label = chosen.label >= 0 && isAround(chosen.label) ? -1 : chosen.label;
  const selection = { ...chosen, label, others: chosen.others.filter((i) => !isAround(i)) };
  const lengths = file.sample.flatMap((row) => {
    const decoded = vectorOf(fieldOf(row, candidates[first].name), options.base64);
    return decoded === null || typeof decoded === 'string' ? [] : [decoded.length];
  });
  const cols = selection.isList ? usualLength(lengths) : selection.vector.length;
  return {
    candidates,
    selection,
    cols,
    base64: options.base64,
    isNamed: options.vector !== undefined,
  };
}

function renamed(vector: ReadOptions['vector'], path: string): ReadOptions['vector'] {
  if (vector === undefined) return undefined;
  return typeof vector === 'string'
    ? relative(vector, path)
    : vector.map((name) => relative(name, path));
}

/** Opens JSON lines, or a document of one value. */
export async function openJson(source: ByteSource, options: ReadOptions): Promise<Reader> {
  const file = await jsonFile(source, options);
  const layout = layoutOf(source, file, options);
  const { candidates, selection, cols } = layout;
  const nameOf = (i: number): string => candidates[i].name;
  const taken = new Set([...selection.vector, selection.label, ...selection.others]);
  return {
    info: async () => ({
      format: 'jsonl',
      rows: await file.count(),
      cols,
      dtype: 'text',
      bytes: source.size,
      vector: selection.isList ? nameOf(selection.vector[0]) : selection.vector.map(nameOf),
      labels: selection.label < 0 ? false : nameOf(selection.label),
      columns: selection.others.map(nameOf),
      others: candidates
        .filter(({ isNested }, i) => !taken.has(i) && !isNested)
        .map(({ name }) => name),
    }),
    blocks: (rowsPerBlock, shared) => jsonBlocks(source, layout, file.rows(), rowsPerBlock, shared),
  };
}

/** The numbers of one row into `out[at…]`. */
function rowInto(
  source: ByteSource,
  layout: Layout,
  { row, where }: JsonRow,
  out: Float32Array,
  at: number,
): void {
  const { candidates, selection, cols, base64, isNamed } = layout;
  const named = (): string => where + nameIn(row, layout);
  if (!selection.isList) {
    for (const [c, i] of selection.vector.entries()) {
      const { name } = candidates[i];
      const value = numberOfItem(fieldOf(row, name));
      if (value === undefined) {
        const shown = (JSON.stringify(textOfValue(fieldOf(row, name))) ?? '').slice(0, 40);
        refuse(
          source,
          `${named()}: number ${c + 1} of ${cols}, ${JSON.stringify(name)}, is ${shown}.`,
        );
      }
      out[at + c] = value;
    }
    return;
  }
  const { name, isNested } = candidates[selection.vector[0]];
  const several = isNested && !isNamed ? severalOn(row, name) : undefined;
  if (several) {
    refuse(
      source,
      `${named()} holds ${several.count} vectors (${several.at}); --vector ${name} reads the first of each.`,
    );
  }
  const fault = vectorInto(fieldOf(row, name), cols, out, at, base64);
  if (fault === 'has no vector') refuse(source, `${named()} has no vector${reason(row)}.`);
  if (fault) refuse(source, `${named()}: field ${JSON.stringify(name)} ${fault}.`);
}

/** What the row is called, where its label is known: ` (custom_id "row-3")`. */
function nameIn(row: Row, { candidates, selection }: Layout): string {
  if (selection.label < 0) return '';
  const { name } = candidates[selection.label];
  const text = textOfValue(fieldOf(row, name));
  return text === '' ? '' : ` (${name} ${JSON.stringify(text.slice(0, 80))})`;
}

/** What an answer without a vector says of itself. */
function reason(row: Row): string {
  const errors = ['error', 'response.body.error', 'error.message', 'response.body.error.message'];
  const messages = errors.map((path) => fieldOf(row, path)).filter((e) => typeof e === 'string');
  return messages.length > 0 ? `: ${String(messages[0]).slice(0, 120).replace(/\.$/, '')}` : '';
}

/** The values of one field over a block: numbers if all are, else texts. */
function columnOf(rows: readonly Row[], name: string): Column {
  const values = rows.map((row) => fieldOf(row, name));
  const numbers = values.map((value) =>
    typeof value === 'bigint' ? undefined : numberOfItem(value ?? null),
  );
  return columnOfValues(numbers.every((x) => x !== undefined) ? nulled(values, numbers) : values);
}

const nulled = (values: readonly unknown[], numbers: readonly unknown[]): unknown[] =>
  values.map((value, i) => (value === null || value === undefined ? null : numbers[i]));

async function* jsonBlocks(
  source: ByteSource,
  layout: Layout,
  rows: AsyncIterable<JsonRow>,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { candidates, selection, cols } = layout;
  const nameOf = (i: number): string => candidates[i].name;
  let data: Float32Array = new Float32Array(0);
  let rest: Row[] = [];
  let n = 0;
  const block = (): VectorTable => ({
    points: { data: data.subarray(0, n * cols), rows: n, cols },
    labels:
      selection.label < 0
        ? undefined
        : rest.map((row) => textOfValue(fieldOf(row, nameOf(selection.label)))),
    columns: Object.fromEntries(
      selection.others.map((i) => [nameOf(i), columnOf(rest, nameOf(i))]),
    ),
    source: { name: source.name, format: 'jsonl', dtype: 'text' },
  });
  const keeps = selection.label >= 0 || selection.others.length > 0;
  for await (const item of rows) {
    if (n === 0) {
      data = floats(Math.min(rowsPerBlock, mostRows(source, layout)) * cols, source.name, shared);
      rest = [];
    }
    if ((n + 1) * cols > data.length)
      data = grown(data, Math.min(rowsPerBlock, 2 * n) * cols, source.name, shared);
    rowInto(source, layout, item, data, n * cols);
    if (keeps) rest.push(kept(item.row, layout));
    if (++n === rowsPerBlock) {
      yield block();
      n = 0;
    }
  }
  if (n > 0) yield block();
}

/** Rows that the file is expected to hold at most: a number takes a character and more. */
function mostRows({ size }: ByteSource, { cols }: Layout): number {
  return Math.ceil(size / cols) + 1;
}

/** The label and the other fields, so that the vectors need not stay in memory. */
function kept(row: Row, { candidates, selection }: Layout): Row {
  const path = candidates[selection.vector[0]].name;
  const isNested = candidates[selection.vector[0]].isNested && !Object.hasOwn(row, path);
  const held = isNested ? (without(row, path.split('.')) as Row) : row;
  const taken = selection.label < 0 ? selection.others : [selection.label, ...selection.others];
  return Object.fromEntries(
    taken.map((i) => [candidates[i].name, fieldOf(held, candidates[i].name)]),
  );
}
