import { float16Bits } from '../../../core/float16.ts';
import type { Column, VectorTable } from '../../../io/table.ts';
import { storedNames } from '../../support/stored-names.ts';
import type {
  Arrow,
  ArrowBatch,
  ArrowData,
  ArrowField,
  ArrowSchema,
  ArrowTable,
  ArrowType,
} from './lance-packages.ts';

/** Columns of LanceDB's own, and what it cannot have in the name of a column. */
const OWN = ['_distance', '_rowid', '_rowaddr', '_rowoffset'];
const STRANGE = /[.`]/g;
const KEPT = /^(?:Utf8|Bool|Int8|Int16|Int32|Int64|Uint8|Uint16|Uint32|Float32|Float64)$/;

/** Vectors as a column of that type. */
export function vectorData(arrow: Arrow, type: ArrowType, values: Float32Array): ArrowData {
  const item = type.children?.[0]?.type ?? new arrow.Float32();
  const kind = String(item);
  const size = type.listSize ?? 1;
  const own =
    kind === 'Float16'
      ? Uint16Array.from(values, float16Bits)
      : kind === 'Float64'
        ? Float64Array.from(values)
        : values;
  const child = arrow.makeData({ type: item, length: own.length, nullCount: 0, data: own });
  return arrow.makeData({ type, length: values.length / size, nullCount: 0, child });
}

/** The batch with other vectors in the place of its own. */
export function batchWith(
  arrow: Arrow,
  schema: ArrowSchema,
  batch: ArrowBatch,
  field: ArrowField,
  values: Float32Array,
): ArrowBatch {
  const at = schema.fields.findIndex((own) => own.name === field.name);
  const children = batch.data.children.map((own, i) =>
    i === at ? vectorData(arrow, field.type, values) : own,
  );
  return batchOf(arrow, schema, children, batch.numRows);
}

function batchOf(
  arrow: Arrow,
  schema: ArrowSchema,
  children: readonly ArrowData[],
  length: number,
): ArrowBatch {
  const type = new arrow.Struct(schema.fields);
  const data = arrow.makeData({ type, length, nullCount: 0, children });
  return new arrow.RecordBatch(schema, data);
}

interface NewColumns {
  readonly id: string;
  readonly vector: string;
  readonly label: string;
  readonly isHalf: boolean;
}

/** Blocks of rows as a new table: an id, the vector, perhaps the label, and columns whose missing values are null. */
export function newArrowTable(
  arrow: Arrow,
  blocks: readonly VectorTable[],
  { id, vector, label, isHalf }: NewColumns,
): ArrowTable {
  const [{ points, labels, columns = {}, source }] = blocks;
  const others = Object.keys(columns).filter((name) => name !== id);
  const own = [id, vector, ...(labels ? [label] : [])];
  const stored = storedNames(others, [...OWN, ...own], STRANGE);
  const types = source?.format === 'lance' ? (source.types ?? {}) : {};
  const item = new arrow.Field('item', isHalf ? new arrow.Float16() : new arrow.Float32(), true);
  const list = new arrow.FixedSizeList(points.cols, item);
  const typeOf = (name: string): ArrowType => typeFor(arrow, columns[name], types[name]);
  const ids = Object.hasOwn(columns, id) ? columns[id] : undefined;
  const isWhole = ids instanceof Float64Array && ids.every(Number.isSafeInteger);
  const fields = [
    new arrow.Field(id, ids && !isWhole ? typeOf(id) : new arrow.Int64(), true),
    new arrow.Field(vector, list, true),
    ...(labels ? [new arrow.Field(label, new arrow.Utf8(), true)] : []),
    ...others.map((name) => new arrow.Field(stored[name], typeOf(name), true)),
  ];
  const schema = new arrow.Schema(fields);
  let row = 0;
  const batches = blocks.map((block) => {
    const { rows } = block.points;
    const values = [
      block.columns?.[id] ?? Float64Array.from({ length: rows }, (_, i) => row + i),
      undefined,
      ...(labels ? [block.labels ?? []] : []),
      ...others.map((name) => block.columns?.[name] ?? []),
    ];
    row += rows;
    const children = fields.map((field, f) =>
      f === 1
        ? vectorData(arrow, list, block.points.data)
        : arrow.vectorFromArray(cellsOf(values[f] ?? [], field.type), field.type).data[0],
    );
    return batchOf(arrow, schema, children, rows);
  });
  return new arrow.Table(schema, batches);
}

/** The type that a column had in another table of LanceDB, else that of its values. */
function typeFor(arrow: Arrow, values: Column, known = ''): ArrowType {
  const isNumber = values instanceof Float64Array;
  const fits = KEPT.test(known) && (isNumber ? /\d/.test(known) && known !== 'Utf8' : true);
  if (fits) return new arrow[known as 'Int8']();
  return isNumber ? new arrow.Float64() : new arrow.Utf8();
}

/** Cells as Apache Arrow takes them for a type. */
function cellsOf(values: Column, type: ArrowType): unknown[] {
  const kind = String(type);
  return Array.from(values as ArrayLike<string | number>, (value) => {
    if (value === '' || Number.isNaN(value)) return null;
    if (kind === 'Bool') return String(value) === 'true';
    if (kind === 'Int64') return BigInt(value);
    return kind === 'Utf8' ? value : Number(value);
  });
}
