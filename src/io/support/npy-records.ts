import { type ByteSource, type Reader, type ReadOptions, refuse } from '../contract.ts';
import type { Column, VectorTable } from '../table.ts';
import { type Candidate, isUnique } from './candidates.ts';
import { columnOfValues, textOfValue } from './cells.ts';
import { BYTES_OF, decodeInto } from './dtype.ts';
import { floats } from './memory.ts';
import type { NpyField } from './npy-fields.ts';
import { type NpyHeader, requireBytes } from './npy-header.ts';
import { dtypeOfDescr, NO_TEXT, npyValue } from './npy-values.ts';
import { requireDistinct, type Selection, selected } from './select.ts';

/** Records that are looked at to find the label. */
const SAMPLE = 100;

/** Bytes of records taken at a time. */
const CHUNK = 1 << 24;

interface Layout {
  readonly fields: readonly NpyField[];
  readonly selection: Selection;
  readonly cols: number;
  readonly stride: number;
  readonly offset: number;
}

/** Numbers of a field in each record, where it holds a vector: at most one axis is longer than 1. */
const lengthOf = ({ shape }: NpyField): number =>
  shape.reduce((product, size) => product * size, 1);

const isVector = ({ shape }: NpyField): boolean =>
  shape.length > 0 && shape.filter((size) => size !== 1).length < 2;

function candidateOf(
  source: ByteSource,
  field: NpyField,
  sample: Uint8Array,
  stride: number,
): Candidate {
  const { name, descr, shape } = field;
  const value = npyValue(descr);
  if (!value) return { name, kind: 'other', fault: `has the type ${descr}, which is not read` };
  if (shape.length === 0) {
    const cells = cellsOf(source, field, sample, stride);
    return { name, kind: value.kind, isUnique: isUnique(cells) };
  }
  if (value.kind === 'number' && isVector(field) && lengthOf(field) > 0)
    return { name, kind: 'vector' };
  return { name, kind: 'other', fault: `holds ${shape.join(' × ')} values of the type ${descr}` };
}

/** Opens an array of records: one field is the vector, or several are its numbers. */
export async function openRecords(
  source: ByteSource,
  header: NpyHeader,
  options: ReadOptions,
): Promise<Reader> {
  const all = header.fields ?? [];
  // Fields without a name are the gaps of an aligned type.
  const fields = all.filter(({ name }) => name !== '');
  const stride = all.reduce((sum, { size }) => sum + size, 0);
  const [rows] = header.shape;
  requireBytes(source, header, rows * stride, `${rows} records of ${stride} bytes`);
  const left = source.size - header.dataOffset - rows * stride;
  if (left > 0) refuse(source, `${left} bytes follow the ${rows} records; none are expected.`);
  const sample = await source.read(header.dataOffset, Math.min(rows, SAMPLE) * stride);
  const candidates = fields.map((field) => candidateOf(source, field, sample, stride));
  const selection = selected(source, candidates, options);
  const nameOf = (i: number): string => fields[i].name;
  requireDistinct(
    source,
    fields.map(({ name }) => name),
  );
  const first = fields[selection.vector[0]];
  const cols = selection.isList ? lengthOf(first) : selection.vector.length;
  const dtype = dtypeOfDescr(first.descr) ?? 'f8';
  const layout = { fields, selection, cols, stride, offset: header.dataOffset };
  const taken = new Set([...selection.vector, selection.label, ...selection.others]);
  return {
    info: async () => ({
      format: 'npy',
      rows,
      cols,
      dtype,
      bytes: source.size,
      vector: selection.isList ? first.name : selection.vector.map(nameOf),
      labels: selection.label < 0 ? false : nameOf(selection.label),
      columns: selection.others.map(nameOf),
      others: fields.filter((_, i) => !taken.has(i)).map(({ name }) => name),
    }),
    async *blocks(rowsPerBlock, shared): AsyncGenerator<VectorTable> {
      for (let a = 0; a < rows; a += rowsPerBlock) {
        const b = Math.min(rows, a + rowsPerBlock);
        const table = await recordRows(source, layout, a, b, shared);
        yield { ...table, source: { name: source.name, format: 'npy', dtype } };
      }
    },
  };
}

async function recordRows(
  source: ByteSource,
  { fields, selection, cols, stride, offset }: Layout,
  a: number,
  b: number,
  shared: boolean,
): Promise<VectorTable> {
  const data = floats((b - a) * cols, source.name, shared);
  const cells = new Map<number, unknown[]>();
  for (const i of [selection.label, ...selection.others]) if (i >= 0) cells.set(i, []);
  const step = Math.max(1, Math.floor(CHUNK / stride));
  for (let row = a; row < b; row += step) {
    const count = Math.min(step, b - row);
    const bytes = await source.read(offset + row * stride, count * stride);
    for (const [c, i] of selection.vector.entries()) {
      numbersInto(fields[i], bytes, stride, data, (row - a) * cols + c, cols);
    }
    for (const [i, list] of cells)
      for (const cell of cellsOf(source, fields[i], bytes, stride)) list.push(cell);
  }
  const column = (i: number): [string, Column] => [
    fields[i].name,
    columnOfValues(cells.get(i) ?? []),
  ];
  return {
    points: { data, rows: b - a, cols },
    labels: selection.label < 0 ? undefined : cells.get(selection.label)?.map(textOfValue),
    columns: Object.fromEntries(selection.others.map(column)),
  };
}

/** The numbers of a field in each record to `out[start + row * cols …]`. */
function numbersInto(
  field: NpyField,
  bytes: Uint8Array,
  stride: number,
  out: Float32Array,
  start: number,
  cols: number,
): void {
  const dtype = dtypeOfDescr(field.descr) ?? 'f8';
  const size = BYTES_OF[dtype] * lengthOf(field);
  for (let at = field.offset, o = start; at < bytes.length; at += stride, o += cols) {
    decodeInto(bytes.subarray(at, at + size), dtype, field.descr.startsWith('>'), out, o);
  }
}

/** The single values of a field. */
function cellsOf(
  source: ByteSource,
  { name, descr, offset }: NpyField,
  bytes: Uint8Array,
  stride: number,
): unknown[] {
  const value = npyValue(descr);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cells: unknown[] = [];
  for (let at = offset; value && at < bytes.length; at += stride) {
    cells.push(
      value.at(view, at) ?? refuse(source, `the field ${JSON.stringify(name)} ${NO_TEXT}`),
    );
  }
  return cells;
}
