import { InputError } from '../../../core/errors.ts';
import type { Column, TableSource, VectorTable } from '../../../io/table.ts';

/** What a row of a binary COPY holds: a vector, and behind it numbers (float8) and texts. */
export interface RowPlan {
  /** In sentences. */
  readonly name: string;
  readonly cols: number;
  /** Whether the vector is an array of PostgreSQL's own (float4). */
  readonly isArray: boolean;
  readonly fields: readonly { readonly name: string; readonly isNumber: boolean }[];
  /** Which of the fields is the label. */
  readonly label: string | undefined;
  readonly source: TableSource;
}

/** `PGCOPY`, and what no text has. */
const SIGNATURE = 11;
const texts = new TextDecoder();

/** Rows that come as bytes, as blocks of a table. */
export interface RowDecoder {
  /** Takes whole rows; keeps nothing of the chunk. */
  push(chunk: Uint8Array): void;
  /** Blocks that are full, the oldest first. */
  readonly full: VectorTable[];
  /** The rows that fill no block. */
  rest(): VectorTable | undefined;
  /** Rows that came. */
  readonly count: number;
}

/**
 * @param floats memory for so many values
 * @param rowsOf how many rows the next block has, when so many came before
 */
export function rowDecoder(
  plan: RowPlan,
  floats: (count: number) => Float32Array,
  rowsOf: (before: number) => number,
): RowDecoder {
  const full: VectorTable[] = [];
  let isBegun = false;
  let count = 0;
  let at = 0;
  let size = 0;
  let data = floats(0);
  let columns: (string[] | Float64Array)[] = [];
  const begin = (): void => {
    size = Math.max(1, rowsOf(count));
    at = 0;
    data = floats(size * plan.cols);
    columns = plan.fields.map(({ isNumber }) => (isNumber ? new Float64Array(size) : []));
  };
  const block = (rows: number): VectorTable => {
    const points = { data: data.subarray(0, rows * plan.cols), rows, cols: plan.cols };
    const named: Record<string, Column> = {};
    let labels: readonly string[] | undefined;
    for (const [f, { name }] of plan.fields.entries()) {
      const values = columns[f].slice(0, rows);
      if (name !== plan.label) named[name] = values;
      else labels = values instanceof Float64Array ? Array.from(values, String) : values;
    }
    const isNamed = Object.keys(named).length > 0;
    return { points, labels, ...(isNamed && { columns: named }), source: plan.source };
  };
  const row = (view: DataView, bytes: Uint8Array, from: number): number => {
    if (at === size) begin();
    let place = vectorInto(plan, view, from, data, at * plan.cols, count);
    for (const column of columns) {
      const length = view.getInt32(place);
      place += 4;
      if (column instanceof Float64Array)
        column[at] = length < 0 ? Number.NaN : view.getFloat64(place);
      else column.push(length < 0 ? '' : texts.decode(bytes.subarray(place, place + length)));
      place += Math.max(0, length);
    }
    count++;
    if (++at === size) full.push(block(size));
    return place;
  };
  return {
    full,
    push(chunk) {
      const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let place = 0;
      if (!isBegun) {
        place = SIGNATURE + 8 + view.getInt32(SIGNATURE + 4);
        isBegun = true;
      }
      // A count of fields, −1 behind the last row.
      while (place < chunk.length && view.getInt16(place) >= 0) place = row(view, chunk, place + 2);
    },
    rest: () => (at < size && at > 0 ? block(at) : undefined),
    get count() {
      return count;
    },
  };
}

/** Reads a vector; gives the place behind it. */
function vectorInto(
  { name, cols, isArray }: RowPlan,
  view: DataView,
  from: number,
  out: Float32Array,
  to: number,
  row: number,
): number {
  const length = view.getInt32(from);
  const start = from + 4;
  if (length < 0) throw new InputError(name, `row ${row} has no vector (NULL).`);
  const found = isArray ? lengthOfArray(view, start) : view.getUint16(start);
  if (found !== cols)
    throw new InputError(name, `row ${row} has a vector of ${found} numbers; others have ${cols}.`);
  if (!isArray) {
    for (let j = 0; j < cols; j++) out[to + j] = view.getFloat32(start + 4 + 4 * j);
    return start + length;
  }
  if (view.getInt32(start + 4) !== 0)
    throw new InputError(name, `row ${row} has a vector with a gap (NULL).`);
  for (let j = 0; j < cols; j++) out[to + j] = view.getFloat32(start + 24 + 8 * j);
  return start + length;
}

/** How many numbers an array of one dimension has; −1 where it has more dimensions. */
function lengthOfArray(view: DataView, start: number): number {
  const dimensions = view.getInt32(start);
  if (dimensions === 0) return 0;
  return dimensions === 1 ? view.getInt32(start + 12) : -1;
}
