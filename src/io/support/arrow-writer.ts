import {
  type Batch,
  batchType,
  Column,
  columnFromArray,
  type DataType,
  fixedSizeList,
  float16,
  float32,
  float64,
  tableFromColumns,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import { type Output, refuse, type Writer, type WriterOptions } from '../contract.ts';
import type { VectorTable } from '../table.ts';
import { bytesOf, encoded } from './dtype.ts';

const TYPES = { f2: float16(), f4: float32(), f8: float64() };
const VALUES = { f2: Uint16Array, f4: Float32Array, f8: Float64Array };

/** A batch over values that are in memory already. */
function batchOver(type: DataType, length: number, parts: object): Batch<unknown> {
  const Kind = batchType(type) as new (parts: object) => Batch<unknown>;
  return new Kind({ length, nullCount: 0, type, validity: new Uint8Array(0), ...parts });
}

/** Writes an Arrow file, or a stream where the name ends in `.arrows`; waits for all rows. */
export function createArrow(output: Output, name: string, { dtype = 'f4' }: WriterOptions): Writer {
  const batches = new Map<string, { type: DataType; list: Batch<unknown>[] }>();
  const add = (key: string, type: DataType, batch: Batch<unknown>): void => {
    const entry = batches.get(key) ?? { type, list: [] };
    if (entry.type.typeId !== type.typeId) {
      refuse(
        { name },
        `the column ${JSON.stringify(key)} holds numbers in some rows, text in others.`,
      );
    }
    entry.list.push(batch);
    batches.set(key, entry);
  };
  const addTexts = (key: string, texts: readonly string[]): void =>
    add(key, utf8(), columnFromArray([...texts], utf8()).data[0] as Batch<unknown>);
  const kind = dtype as keyof typeof TYPES;
  let rows = 0;
  return {
    async append({ points, labels, columns = {} }: VectorTable) {
      const n = points.rows;
      const taken = Object.keys(columns).find((c) => c === 'vector' || (labels && c === 'label'));
      if (taken !== undefined) {
        refuse({ name }, `a column cannot be called ${JSON.stringify(taken)} in an Arrow file.`);
      }
      if (labels) addTexts('label', labels);
      for (const [key, column] of Object.entries(columns)) {
        if (column instanceof Float64Array) {
          add(key, float64(), batchOver(float64(), n, { values: column }));
        } else addTexts(key, column);
      }
      rows += n;
      if (points.cols === 0) return;
      // A copy: the block's memory is the caller's, and may be shared, which the encoder refuses.
      const bytes = encoded(points.data, dtype, name, points.cols, rows - n).slice();
      const values = new VALUES[kind](bytes.buffer as ArrayBuffer);
      const child = batchOver(TYPES[kind], n * points.cols, { values });
      const type = fixedSizeList(TYPES[kind], points.cols);
      add('vector', type, batchOver(type, n, { children: [child] }));
    },
    async finish() {
      const columns = Array.from(batches, ([key, { type, list }]): [string, Column<unknown>] => [
        key,
        new Column(list, type),
      ]);
      const format = name.toLowerCase().endsWith('.arrows') ? 'stream' : 'file';
      const bytes = tableToIPC(tableFromColumns(columns), { format });
      if (!bytes) refuse({ name }, 'the Arrow data could not be encoded.');
      await output.write(bytesOf(bytes));
    },
  };
}
