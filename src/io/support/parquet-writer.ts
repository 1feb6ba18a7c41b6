import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { writeColumn } from 'hyparquet-writer/src/column.js';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { type Output, refuse, type Writer, type WriterOptions } from '../contract.ts';
import type { Column, VectorTable } from '../table.ts';
import { BYTES_OF, encoded } from './dtype.ts';

const VECTOR = 'vector';

/** Bytes of a page, about. */
const PAGE = 1 << 20;

const ELEMENTS = {
  f2: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2, logical_type: { type: 'FLOAT16' } },
  f4: { type: 'FLOAT' },
  f8: { type: 'DOUBLE' },
} as const;
type FloatType = keyof typeof ELEMENTS;

const flat = (name: string, isNumber: boolean): SchemaElement =>
  isNumber
    ? { name, type: 'DOUBLE', repetition_type: 'REQUIRED' }
    : { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' };

/** The label, the other columns and the list of numbers, which is never missing where there are any. */
function schemaOf(
  columns: readonly (readonly [string, Column])[],
  dtype: FloatType,
  cols: number,
): SchemaElement[] {
  const flats = columns.map(([name, column]) => flat(name, column instanceof Float64Array));
  if (cols === 0) return [{ name: 'root', num_children: flats.length }, ...flats];
  return [
    { name: 'root', num_children: flats.length + 1 },
    ...flats,
    { name: VECTOR, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...ELEMENTS[dtype] },
  ];
}

function columnsOf({ labels, columns = {} }: VectorTable): (readonly [string, Column])[] {
  return [...(labels ? [['label', labels] as const] : []), ...Object.entries(columns)];
}

/** Writes a Parquet file; each block becomes a row group. */
export function createParquet(
  output: Output,
  name: string,
  { dtype = 'f4' }: WriterOptions,
): Writer {
  const kind = dtype as FloatType;
  const bytes = new ByteWriter(PAGE);
  let file: ParquetWriter | undefined;
  let kinds = '';
  let rows = 0;
  const flush = async (): Promise<void> => {
    await output.write(bytes.getBytes());
    bytes.index = 0;
  };
  return {
    async append(block) {
      const columns = columnsOf(block);
      const seen = JSON.stringify(columns.map(([key, c]) => [key, c instanceof Float64Array]));
      if (!file) {
        const keys = [...columns.map(([key]) => key), VECTOR];
        const twice = keys.find((key, i) => keys.indexOf(key) !== i);
        if (twice !== undefined) {
          refuse({ name }, `a column cannot be called ${JSON.stringify(twice)} in a Parquet file.`);
        }
        file = new ParquetWriter({
          writer: bytes,
          schema: schemaOf(columns, kind, block.points.cols),
          createdBy: 'tammes',
        });
        kinds = seen;
      } else if (seen !== kinds) {
        refuse({ name }, 'the columns of some rows are others, or of another kind, than before.');
      }
      writeGroup(file, bytes, name, columns, block, kind, rows);
      rows += block.points.rows;
      await flush();
    },
    async finish() {
      await file?.finish();
      await flush();
    },
  };
}

function writeGroup(
  file: ParquetWriter,
  writer: ByteWriter,
  name: string,
  columns: readonly (readonly [string, Column])[],
  { points }: VectorTable,
  dtype: FloatType,
  firstRow: number,
): void {
  const start = writer.offset;
  const chunks = columns.map(([key, column]) => {
    const element = flat(key, column instanceof Float64Array);
    const result = writeColumn({
      writer,
      column: {
        columnName: key,
        element,
        schemaPath: [{ name: 'root' }, element],
        codec: 'SNAPPY',
        compressors: { SNAPPY: snappyCompress },
        stats: true,
        pageSize: PAGE,
        columnIndex: false,
        offsetIndex: false,
      },
      pageData: {
        values: column instanceof Float64Array ? column : [...column],
        definitionLevels: [],
        repetitionLevels: [],
        maxDefinitionLevel: 0,
      },
    });
    file.pendingIndexes.push(result);
    return result.chunk;
  });
  const { data, rows, cols } = points;
  if (cols > 0) {
    const values = encoded(data, dtype, name, cols, firstRow);
    const vector = {
      file_offset: BigInt(writer.offset),
      meta_data: writeVectors(writer, values, rows, cols, dtype),
    };
    chunks.push(vector);
    file.pendingIndexes.push({ chunk: vector });
  }
  const size = chunks.reduce((sum, c) => sum + (c.meta_data?.total_uncompressed_size ?? 0n), 0n);
  file.row_groups.push({
    columns: chunks,
    total_byte_size: size,
    num_rows: BigInt(rows),
    total_compressed_size: BigInt(writer.offset - start),
  });
  file.num_rows += BigInt(rows);
}

/**
 * Writes the lists as plain pages. The library's way takes a JavaScript value for each number,
 * about ten times as long.
 */
function writeVectors(
  writer: ByteWriter,
  values: Uint8Array,
  rows: number,
  cols: number,
  dtype: FloatType,
): ColumnMetaData {
  const start = writer.offset;
  const stride = cols * BYTES_OF[dtype];
  const step = Math.max(1, Math.floor(PAGE / stride));
  for (let a = 0; a < rows; a += step) {
    const n = Math.min(step, rows - a);
    const repetition = repetitionLevels(n, cols);
    const definition = run(n * cols, 1);
    const size = repetition.length + definition.length + n * stride;
    writePageHeader(writer, {
      type: 'DATA_PAGE_V2',
      uncompressed_page_size: size,
      compressed_page_size: size,
      data_page_header_v2: {
        num_values: n * cols,
        num_nulls: 0,
        num_rows: n,
        encoding: 'PLAIN',
        definition_levels_byte_length: definition.length,
        repetition_levels_byte_length: repetition.length,
        is_compressed: false,
      },
    });
    writer.appendBytes(repetition);
    writer.appendBytes(definition);
    writer.appendBytes(values.subarray(a * stride, (a + n) * stride));
  }
  const size = BigInt(writer.offset - start);
  return {
    type: ELEMENTS[dtype].type,
    encodings: ['PLAIN', 'RLE'],
    path_in_schema: [VECTOR, 'list', 'element'],
    codec: 'UNCOMPRESSED',
    num_values: BigInt(rows * cols),
    total_compressed_size: size,
    total_uncompressed_size: size,
    data_page_offset: BigInt(start),
  };
}

/** A run of `count` equal levels: the count twice, as a variable-length integer, and the level. */
function run(count: number, level: number): Uint8Array {
  const bytes: number[] = [];
  let rest = count * 2;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest, level);
  return Uint8Array.from(bytes);
}

/** For each row a 0, where it begins, and 1 for its other numbers. */
function repetitionLevels(rows: number, cols: number): Uint8Array {
  if (cols === 1) return run(rows, 0);
  const one = [...run(1, 0), ...run(cols - 1, 1)];
  const bytes = new Uint8Array(rows * one.length);
  for (let i = 0; i < rows; i++) bytes.set(one, i * one.length);
  return bytes;
}
