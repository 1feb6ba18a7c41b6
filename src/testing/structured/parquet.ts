import type { SchemaElement } from 'hyparquet';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import type { Choice } from './choice.ts';
import { damaged, damagedRow, type Form, TEXT_FORMS } from './forms.ts';
import { numberBytes, type StructuredCase, table, VECTOR_NAMES } from './table.ts';

const OPTIONAL = { repetition_type: 'OPTIONAL' } as const;

/** A list in a list … of float32. */
function listSchema(name: string, depth: number): SchemaElement[] {
  const inner: SchemaElement[] =
    depth === 1
      ? [{ name: 'element', type: 'FLOAT', ...OPTIONAL }]
      : listSchema('element', depth - 1);
  return [
    { name, ...OPTIONAL, converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...inner,
  ];
}

const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  ...OPTIONAL,
});

interface Holder extends Form {
  readonly schema: (name: string) => SchemaElement[];
}

const HOLDERS: readonly Holder[] = [
  { name: 'list', of: (v) => v, schema: (name) => listSchema(name, 1) },
  { name: 'list of a list', of: (v) => [v], schema: (name) => listSchema(name, 2) },
  { name: 'list of a list of a list', of: (v) => [[v]], schema: (name) => listSchema(name, 3) },
  {
    name: 'Spark vector',
    of: (v) => ({ type: 1, values: v }),
    schema: (name) => [
      { name, ...OPTIONAL, num_children: 2 },
      { name: 'type', type: 'INT32', ...OPTIONAL },
      ...listSchema('values', 1),
    ],
  },
  {
    name: 'bytes',
    of: (v) => numberBytes(v, 'f4'),
    schema: (name) => [{ name, type: 'BYTE_ARRAY', ...OPTIONAL }],
  },
  {
    name: 'two lists',
    of: (v) => [v, v],
    isLost: true,
    schema: (name) => listSchema(name, 2),
  },
  ...TEXT_FORMS.map((form) => ({ ...form, schema: (name: string) => [text(name)] })),
];

/** The id as text, as whole numbers of 64 bits, or as a UUID of 16 bytes. */
function idColumn(choice: Choice, ids: readonly (string | bigint)[]) {
  if (typeof ids[0] === 'bigint') {
    const schema: SchemaElement = { name: 'id', type: 'INT64', ...OPTIONAL };
    return { schema, data: ids, labels: ids.map(String) };
  }
  if (choice.once(2)) return { schema: text('id'), data: ids, labels: ids.map(String) };
  const bytes = ids.map((_, i) =>
    Uint8Array.from({ length: 16 }, (__, k) => (i * 31 + k * 7) % 256),
  );
  const hex = bytes.map((id) =>
    Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  );
  const isUuid = choice.once(2);
  const schema: SchemaElement = {
    name: 'id',
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: 16,
    ...OPTIONAL,
    ...(isUuid ? { logical_type: { type: 'UUID' } } : {}),
  };
  const uuid = hex.map((id) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
  return { schema, data: bytes, labels: isUuid ? uuid : hex };
}

export function parquetCase(choice: Choice): StructuredCase {
  const { points, ids, categories, counts } = table(choice);
  const holder = choice.of(HOLDERS);
  const name = choice.of(VECTOR_NAMES);
  const damage = damagedRow(choice);
  const at = choice.whole(0, points.length - 1);
  const isNested = choice.once(4);
  const id = idColumn(choice, ids);
  const vectors = points.map((row, i) => {
    const vector = damage !== 'none' && i === at ? damaged(row, damage) : row;
    return vector === null ? null : holder.of(vector);
  });
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 4 },
    text('lang'),
    id.schema,
    { name: 'n_tokens', type: 'INT32', ...OPTIONAL },
    ...(isNested ? [{ name: 'payload', ...OPTIONAL, num_children: 2 }, text('note')] : []),
    ...holder.schema(name),
  ];
  const writer = new ByteWriter();
  void parquetWrite({
    writer,
    schema,
    rowGroupSize: choice.once(3) ? 2 : 1000,
    columnData: [
      { name: 'lang', data: [...categories] },
      { name: 'id', data: [...id.data] },
      { name: 'n_tokens', data: [...counts] },
      isNested
        ? { name: 'payload', data: vectors.map((vector) => ({ note: 'a', [name]: vector })) }
        : { name, data: vectors },
    ],
  });
  const isLost = holder.isLost || damage !== 'none';
  return {
    what: `Parquet, ${holder.name}, ${name}, damage ${damage}, ${isNested ? 'in a structure' : 'flat'}`,
    bytes: new Uint8Array(writer.getBuffer()),
    options: {},
    expected: isLost ? null : { points, labels: id.labels },
    isRead: true,
  };
}
