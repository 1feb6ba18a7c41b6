import type { Column } from '../../../io/table.ts';
import type { CheckedRows } from '../types.ts';

/** What is used of the package `apache-arrow`: types and data that are only handed on. */
export interface Arrow {
  readonly Utf8: new () => object;
  readonly Float32: new () => object;
  readonly Float64: new () => object;
  readonly Field: new (name: string, type: object, isNullable: boolean) => object;
  readonly FixedSizeList: new (size: number, field: object) => object;
  readonly Schema: new (fields: readonly object[], metadata: ReadonlyMap<string, string>) => object;
  readonly RecordBatch: new (schema: object, data: object) => object;
  readonly Table: {
    new (vectors: Readonly<Record<string, object>>): ArrowTable;
    new (schema: object, batches: readonly object[]): ArrowTable;
  };
  makeData(of: Readonly<Record<string, unknown>>): object;
  makeVector(data: object): object;
  vectorFromArray(values: readonly unknown[], type: object): object;
}

export interface ArrowTable {
  readonly schema: { readonly fields: readonly object[] };
  readonly batches: readonly { readonly data: object }[];
}

/** Rows as a table of Apache Arrow: `id`, `vector`, perhaps `label`, and columns whose missing values are null. */
export function arrowTable(
  arrow: Arrow,
  { points, labels, columns }: CheckedRows,
  stored: Readonly<Record<string, string>>,
  about: string,
): ArrowTable {
  const { data, rows: length, cols: d } = points;
  const child = arrow.makeData({ type: new arrow.Float32(), length: data.length, data });
  const type = new arrow.FixedSizeList(d, new arrow.Field('item', new arrow.Float32(), true));
  const vectors: [string, object][] = [
    ['id', arrow.makeVector(BigInt64Array.from({ length }, (_, i) => BigInt(i)))],
    ['vector', arrow.makeVector(arrow.makeData({ type, length, nullCount: 0, child }))],
  ];
  if (labels) vectors.push(['label', arrow.vectorFromArray(labels, new arrow.Utf8())]);
  for (const [name, column] of Object.entries(columns))
    vectors.push([stored[name], columnVector(arrow, column)]);
  const plain = new arrow.Table(Object.fromEntries(vectors));
  const schema = new arrow.Schema(plain.schema.fields, new Map([['tammes', about]]));
  return new arrow.Table(
    schema,
    plain.batches.map((batch) => new arrow.RecordBatch(schema, batch.data)),
  );
}

function columnVector(arrow: Arrow, column: Column): object {
  if (column instanceof Float64Array)
    return arrow.vectorFromArray(
      Array.from(column, (x) => (Number.isNaN(x) ? null : x)),
      new arrow.Float64(),
    );
  return arrow.vectorFromArray(
    column.map((text) => (text === '' ? null : text)),
    new arrow.Utf8(),
  );
}
