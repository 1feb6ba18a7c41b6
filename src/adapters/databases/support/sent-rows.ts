import { InputError } from '../../../core/errors.ts';
import type { Column } from '../../../io/table.ts';

/** How values of a column go over: whole numbers, numbers, texts. */
export type Sent = 'bigint' | 'double precision' | 'text';

/** A column on its way into a table; what is missing becomes NULL. */
export interface SentColumn {
  readonly name: string;
  readonly sent: Sent;
  readonly values: Column | undefined;
}

/** Vectors of pgvector, or arrays of PostgreSQL's own (`real[]`). */
export type SentVector = 'vector' | 'real[]';

const HEADER = Uint8Array.of(...'PGCOPY\n'.split('').map((c) => c.charCodeAt(0)), 255, 13, 10, 0);
const FLOAT4 = 700;
/** Bytes that are sent at a time. */
const CHUNK = 1 << 18;

/** Rows as a binary COPY takes them. */
export interface RowEncoder {
  /** Adds a row; gives bytes to send when there are enough. */
  row(columns: readonly SentColumn[], at: number, vector: Float32Array): Uint8Array | undefined;
  /** The last bytes. */
  end(): Uint8Array;
}

/** @param name of the table, for sentences */
export function rowEncoder(name: string, type: SentVector): RowEncoder {
  let bytes = new Uint8Array(2 * CHUNK);
  let view = new DataView(bytes.buffer);
  let place = 0;
  const texts = new TextEncoder();
  const room = (more: number): void => {
    if (place + more <= bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * bytes.length, place + more));
    grown.set(bytes.subarray(0, place));
    bytes = grown;
    view = new DataView(bytes.buffer);
  };
  const int32 = (value: number): void => {
    view.setInt32(place, value);
    place += 4;
  };
  const vectorOf = (values: Float32Array): void => {
    const d = values.length;
    room(24 + 8 * d);
    if (type === 'vector') {
      int32(4 + 4 * d);
      view.setUint16(place, d);
      view.setUint16(place + 2, 0);
      place += 4;
      for (let j = 0; j < d; j++) view.setFloat32(place + 4 * j, values[j]);
      place += 4 * d;
      return;
    }
    int32(20 + 8 * d);
    for (const word of [1, 0, FLOAT4, d, 1]) int32(word);
    for (let j = 0; j < d; j++) {
      view.setInt32(place + 8 * j, 4);
      view.setFloat32(place + 8 * j + 4, values[j]);
    }
    place += 8 * d;
  };
  const cell = ({ name: column, sent, values }: SentColumn, at: number): void => {
    const value = values?.[at] ?? '';
    room(16);
    if (value === '' || Number.isNaN(value)) {
      int32(-1);
      return;
    }
    if (sent === 'text') {
      const text = String(value);
      room(4 + 3 * text.length);
      const { written } = texts.encodeInto(text, bytes.subarray(place + 4));
      view.setInt32(place, written);
      place += 4 + written;
      return;
    }
    int32(8);
    if (sent === 'bigint') view.setBigInt64(place, whole(name, column, value));
    else view.setFloat64(place, Number(value));
    place += 8;
  };
  const taken = (): Uint8Array => {
    const out = bytes.slice(0, place);
    place = 0;
    return out;
  };
  bytes.set(HEADER);
  place = HEADER.length;
  int32(0);
  int32(0);
  return {
    row(columns, at, vector) {
      room(2);
      view.setInt16(place, columns.length + 1);
      place += 2;
      for (const column of columns) cell(column, at);
      vectorOf(vector);
      return place >= CHUNK ? taken() : undefined;
    },
    end() {
      room(2);
      view.setInt16(place, -1);
      place += 2;
      return taken();
    },
  };
}

function whole(name: string, column: string, value: string | number): bigint {
  const text = String(value);
  if (typeof value === 'number' ? Number.isSafeInteger(value) : /^-?\d{1,19}$/.test(text))
    return BigInt.asIntN(64, BigInt(value));
  throw new InputError(name, `the column "${column}" has ${text}, which is no whole number.`);
}
