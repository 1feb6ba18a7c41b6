import {
  binary,
  type Column,
  columnFromArray,
  type DataType,
  decimal,
  dictionary,
  field,
  fixedSizeBinary,
  fixedSizeList,
  float16,
  float32,
  float64,
  int8,
  int64,
  largeList,
  list,
  struct,
  tableFromColumns,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import type { Choice } from './choice.ts';
import { damaged, damagedRow, type Form, TEXT_FORMS } from './forms.ts';
import { joinedBytes, numberBytes, type StructuredCase, table, VECTOR_NAMES } from './table.ts';

interface Holder extends Form {
  readonly type: (cols: number) => DataType;
}

const HOLDERS: readonly Holder[] = [
  { name: 'list', of: (v) => v, type: () => list(float32()) },
  { name: 'list of doubles', of: (v) => v, type: () => list(float64()) },
  { name: 'list of halves', of: (v) => v, type: () => list(float16()) },
  { name: 'large list', of: (v) => v, type: () => largeList(float32()) },
  { name: 'fixed list', of: (v) => v, type: (cols) => fixedSizeList(float32(), cols) },
  { name: 'list of decimals', of: (v) => v, type: () => list(decimal(18, 3, 128)) },
  { name: 'list of a list', of: (v) => [v], type: () => list(list(float32())) },
  {
    name: 'Spark vector',
    of: (v) => ({ type: 1, values: v }),
    type: () => struct([field('type', int8()), field('values', list(float64()))]),
  },
  { name: 'bytes', of: (v) => numberBytes(v, 'f4'), type: () => binary() },
  { name: 'two lists', of: (v) => [v, v], isLost: true, type: () => list(list(float32())) },
  { name: 'list of texts', of: (v) => v.map(String), isLost: true, type: () => list(utf8()) },
  ...TEXT_FORMS.map((form) => ({ ...form, type: () => utf8() })),
];

const ID_BYTES = 16;

function idColumn(choice: Choice, ids: readonly (string | bigint)[]) {
  const labels = ids.map(String);
  if (typeof ids[0] === 'bigint') return { column: columnFromArray([...ids], int64()), labels };
  if (choice.once(3)) {
    const bytes = ids.map((_, i) =>
      Uint8Array.from({ length: ID_BYTES }, (__, k) => (i * 31 + k) % 256),
    );
    const hex = bytes.map((id) => Array.from(id, (b) => b.toString(16).padStart(2, '0')).join(''));
    return { column: columnFromArray(bytes, fixedSizeBinary(ID_BYTES)), labels: hex };
  }
  const type = choice.once(2) ? utf8() : dictionary(utf8());
  return { column: columnFromArray([...ids], type), labels };
}

/** The file as npm's apache-arrow writes it: the schema stands in the footer alone. */
function withoutSchema(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const metadata = view.getInt32(12, true);
  return joinedBytes([file.subarray(0, 8), file.subarray(16 + metadata)]);
}

export function arrowCase(choice: Choice): StructuredCase {
  const { points, ids, categories, counts } = table(choice);
  const holder = choice.of(HOLDERS);
  const name = choice.of(VECTOR_NAMES);
  const isFixed = holder.name === 'fixed list';
  const damage = isFixed ? choice.of(['none', 'null'] as const) : damagedRow(choice);
  const at = choice.whole(0, points.length - 1);
  const id = idColumn(choice, ids);
  const vectors = points.map((row, i) => {
    const vector = damage !== 'none' && i === at ? damaged(row, damage) : row;
    return vector === null ? null : holder.of(vector);
  });
  const type = holder.type(points[0].length);
  const isNested = choice.once(4);
  const inside = struct([field('note', utf8()), field(name, type)]);
  const vector = isNested
    ? columnFromArray(
        vectors.map((v) => ({ note: 'a', [name]: v })),
        inside,
      )
    : columnFromArray(vectors, type);
  const columns: [string, Column<unknown>][] = [
    ['lang', columnFromArray([...categories], choice.once(2) ? utf8() : dictionary(utf8()))],
    ['id', id.column as Column<unknown>],
    ['n_tokens', columnFromArray([...counts], int8())],
    [isNested ? 'payload' : name, vector as Column<unknown>],
  ];
  const layout = choice.of([
    'file',
    'file',
    'stream',
    'file of apache-arrow',
    'two streams',
    'padded stream',
  ]);
  const format = layout.endsWith('stream') || layout === 'two streams' ? 'stream' : 'file';
  const whole = tableToIPC(tableFromColumns(columns), { format }) ?? new Uint8Array(0);
  const bytes = {
    file: whole,
    stream: whole,
    'file of apache-arrow': format === 'file' ? withoutSchema(whole) : whole,
    'two streams': joinedBytes([whole, whole]),
    'padded stream': joinedBytes([whole, new Uint8Array(24)]),
  }[layout];
  const isLost = holder.isLost || damage !== 'none' || layout === 'two streams';
  return {
    what: `Arrow ${layout}, ${holder.name}, ${name}, damage ${damage}, ${isNested ? 'in a structure' : 'flat'}`,
    bytes: bytes ?? whole,
    options: {},
    expected: isLost ? null : { points, labels: id.labels },
    isRead: true,
  };
}
