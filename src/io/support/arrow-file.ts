import { type Batch, type DataType, type Table, Type, tableFromIPC } from '@uwdata/flechette';
import { type ByteSource, type Reader, type ReadOptions, refuse } from '../contract.ts';
import type { VectorTable } from '../table.ts';
import { batches, messageBytes, registerCodecs } from './arrow-batches.ts';
import {
  bytesText,
  cellValue,
  dtypeOf,
  isText,
  itemType,
  plainType,
  requireInside,
} from './arrow-cells.ts';
import { type ArrowField, arrowCandidate, arrowFields } from './arrow-columns.ts';
import { type ArrowMessage, arrowMessages } from './arrow-messages.ts';
import { consideredColumns } from './candidates.ts';
import { columnOfValues, textOfValue } from './cells.ts';
import { bytesOf, type DType, decodeInto } from './dtype.ts';
import { guarded } from './guarded.ts';
import { reblocked } from './reblocked.ts';
import { requireDistinct, type Selection, selected } from './select.ts';
import { usualLengthOf, vectorInto, vectorOf } from './vector-cells.ts';

/** How the columns are to be read. */
interface Layout {
  readonly fields: readonly ArrowField[];
  readonly selection: Selection;
  readonly cols: number;
  readonly dtype: DType;
  readonly base64: ReadOptions['base64'];
}

/** Rows that decide what the columns are. */
const SAMPLE = 100;

/** Opens an Arrow file or stream. */
export async function openArrow(source: ByteSource, options: ReadOptions): Promise<Reader> {
  registerCodecs();
  const messages = await arrowMessages(source);
  const head = await messageBytes(source, messages[0]);
  const schema = guarded(source, 'Arrow', () => tableFromIPC([head]).schema);
  const all = arrowFields(schema.fields);
  const first = await firstBatch(source, messages);
  const considered = guarded(source, 'Arrow', () =>
    consideredColumns(
      all.map((field) => {
        const cells = first
          ? fieldCells(source, first.table, field, Math.min(SAMPLE, first.rows))
          : [];
        return { field, candidate: arrowCandidate(field, cells, options) };
      }),
      options,
    ),
  );
  const fields = considered.map(({ field }) => field);
  const selection = selected(
    source,
    considered.map(({ candidate }) => candidate),
    options,
  );
  const nameOf = (i: number): string => fields[i].name;
  requireDistinct(source, [...selection.others, ...selection.vector].map(nameOf));
  const type = plainType(fields[selection.vector[0]].field.type);
  const dtype = dtypeOf(selection.isList ? itemsOf(type) : type) ?? (isText(type) ? 'f4' : 'f8');
  const rows = messages.reduce((sum, message) => sum + message.rows, 0);
  const partial = { fields, selection, dtype, base64: options.base64 };
  const cols = selection.isList
    ? await listLength(source, messages, partial)
    : selection.vector.length;
  const taken = new Set(
    [...selection.vector, selection.label, ...selection.others].map((i) => fields[i]),
  );
  return {
    info: async () => ({
      format: 'arrow',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: selection.isList ? nameOf(selection.vector[0]) : selection.vector.map(nameOf),
      labels: selection.label < 0 ? false : nameOf(selection.label),
      columns: selection.others.map(nameOf),
      others: all
        .filter((field) => field.path.length === 0 && !taken.has(field))
        .map(({ name }) => name),
    }),
    blocks: (rowsPerBlock, shared) =>
      reblocked(parts(source, messages, { ...partial, cols }), rowsPerBlock, source.name, shared),
  };
}

/** The type of the numbers in a list, also in a list of lists. */
function itemsOf(type: DataType): DataType | undefined {
  const item = itemType(type);
  return item && (itemsOf(plainType(item)) ?? plainType(item));
}

async function firstBatch(
  source: ByteSource,
  messages: readonly ArrowMessage[],
): Promise<{ table: Table; rows: number } | undefined> {
  for await (const batch of batches(source, messages)) return batch;
  return undefined;
}

/** Whether the numbers of a column's lists lie one behind the other, to be taken without a look at each list. */
function isDense({ field: { type }, path }: ArrowField): boolean {
  const isPlain = [Type.FixedSizeList, Type.List, Type.LargeList].some((id) => id === type.typeId);
  return path.length === 0 && isPlain && dtypeOf(itemType(type)) !== undefined;
}

/** Numbers in a vector: from the type where it is fixed, else what most of the first rows have. */
async function listLength(
  source: ByteSource,
  messages: readonly ArrowMessage[],
  { fields, selection, base64 }: Omit<Layout, 'cols'>,
): Promise<number> {
  const field = fields[selection.vector[0]];
  const { type } = field.field;
  if (isDense(field) && type.typeId === Type.FixedSizeList && type.stride > 0) return type.stride;
  let rows = 0;
  for await (const { table, rows: count } of batches(source, messages)) {
    rows += count;
    const decoded = guarded(source, 'Arrow', () =>
      fieldCells(source, table, field, Math.min(count, 10 * SAMPLE)).map((cell) =>
        vectorOf(cell, base64),
      ),
    );
    const length = usualLengthOf(decoded);
    if (length > 0) return length;
    const fault = decoded.find((cell) => typeof cell === 'string');
    if (fault !== undefined) refuse(source, `the column ${JSON.stringify(field.name)} ${fault}.`);
  }
  const what = rows > 0 ? 'no row has a vector' : 'there are no rows';
  return refuse(source, `the column ${JSON.stringify(field.name)} is empty: ${what}.`);
}

function batchOf(source: ByteSource, table: Table, name: string, at: number): Batch<unknown> {
  const batch = table.getChildAt(at)?.data[0] as Batch<unknown> | undefined;
  return batch ?? refuse(source, `the column ${JSON.stringify(name)} has no data.`);
}

async function* parts(
  source: ByteSource,
  messages: readonly ArrowMessage[],
  layout: Layout,
): AsyncGenerator<VectorTable> {
  const { fields, selection, cols, dtype } = layout;
  let row = 0;
  for await (const { table, rows } of batches(source, messages)) {
    const values = (i: number): unknown[] => fieldCells(source, table, fields[i], rows);
    const texts = (i: number): unknown[] => values(i).map(bytesText(fields[i].field));
    yield guarded(source, 'Arrow', () => ({
      points: {
        data: selection.isList
          ? vectors(source, table, rows, layout, row)
          : numberValues(selection.vector.map(values), rows),
        rows,
        cols,
      },
      labels: selection.label < 0 ? undefined : texts(selection.label).map(textOfValue),
      columns: Object.fromEntries(
        selection.others.map((i) => [fields[i].name, columnOfValues(texts(i))]),
      ),
      source: { name: source.name, format: 'arrow', dtype } as const,
    }));
    row += rows;
  }
}

/** The first `count` cells of a column, or of a field in its structures. */
function fieldCells(
  source: ByteSource,
  table: Table,
  { name, field, at, path }: ArrowField,
  count: number,
): unknown[] {
  const batch = batchOf(source, table, name, at);
  requireInside(batch);
  if (batch.length < count) refuse(source, `the column ${JSON.stringify(name)} is cut off.`);
  return Array.from({ length: count }, (_, i) => {
    const inside = path.reduce<unknown>(
      (value, key) => (value === null ? null : (value as Record<string, unknown>)[key]),
      batch.at(i),
    );
    return cellValue(field.type, inside);
  });
}

function numberValues(columns: readonly (readonly unknown[])[], rows: number): Float32Array {
  const d = columns.length;
  const data = new Float32Array(rows * d);
  for (const [c, values] of columns.entries()) {
    for (let i = 0; i < rows; i++) data[i * d + c] = values[i] === null ? NaN : Number(values[i]);
  }
  return data;
}

/** The vectors of a batch: at once where its numbers lie in place, else row after row. */
function vectors(
  source: ByteSource,
  table: Table,
  rows: number,
  layout: Layout,
  firstRow: number,
): Float32Array {
  const { fields, selection, cols, base64 } = layout;
  const field = fields[selection.vector[0]];
  if (isDense(field)) {
    return listValues(source, batchOf(source, table, field.name, field.at), rows, layout, firstRow);
  }
  const data = new Float32Array(rows * cols);
  for (const [i, cell] of fieldCells(source, table, field, rows).entries()) {
    const fault = vectorInto(cell, cols, data, i * cols, base64);
    if (fault) refuse(source, `row ${firstRow + i + 1} ${fault}.`);
  }
  return data;
}

/** The numbers of `rows` lists: a view where they are float32 already. */
function listValues(
  source: ByteSource,
  batch: Batch<unknown>,
  rows: number,
  { cols, dtype }: Layout,
  firstRow: number,
): Float32Array {
  const [child] = batch.children;
  const { values } = child as { values: ArrayBufferView & { length: number } };
  const start = listStart(source, batch, rows, cols, firstRow);
  const end = start + rows * cols;
  if (batch.length !== rows || !(start >= 0 && end <= values.length)) {
    refuse(source, `the lists of rows ${firstRow + 1} to ${firstRow + rows} are cut off.`);
  }
  for (let i = 0; batch.nullCount > 0 && i < rows; i++) {
    if (!batch.isValid(i)) refuse(source, `row ${firstRow + i + 1} has no vector.`);
  }
  if (values instanceof Float32Array && child.nullCount === 0) return values.subarray(start, end);
  const size = values.byteLength / values.length;
  const data = new Float32Array(rows * cols);
  decodeInto(bytesOf(values).subarray(start * size, end * size), dtype, false, data);
  let missing = 0;
  for (let i = 0; child.nullCount > 0 && i < data.length; i++) {
    if (i % cols === 0) missing = 0;
    if (child.isValid(start + i)) continue;
    data[i] = NaN;
    if (++missing === cols) {
      refuse(source, `row ${firstRow + Math.floor(i / cols) + 1} has no vector.`);
    }
  }
  return data;
}

/** Where the numbers of the first row begin; refuses lists of different lengths. */
function listStart(
  source: ByteSource,
  { offsets, validity, nullCount, type }: Batch<unknown>,
  rows: number,
  cols: number,
  firstRow: number,
): number {
  if (type.typeId === Type.FixedSizeList) return 0;
  if (!(offsets.length > rows)) refuse(source, 'the lists of the vector column are cut off.');
  for (let i = 0; i < rows; i++) {
    const length = Number(offsets[i + 1]) - Number(offsets[i]);
    if (length === cols) continue;
    const isNull = nullCount > 0 && ((validity[i >> 3] >> (i & 7)) & 1) === 0;
    refuse(
      source,
      isNull
        ? `row ${firstRow + i + 1} has no vector.`
        : `row ${firstRow + i + 1} has ${length} numbers; ${cols} are expected.`,
    );
  }
  return Number(offsets[0]);
}
