/** Bytes of a Flatbuffer. Rejects what would make a reader run away: every check below is against the metadata's size. */
export class Flatbuffer {
  readonly view: DataView;
  #budget: number;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#budget = bytes.byteLength;
  }

  /** Where the thing is that the offset at `at` points to. */
  target(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  /** Where field k of the table at `table` is, or 0 if it is absent. */
  field(table: number, k: number): number {
    const vtable = table - this.view.getInt32(table, true);
    const slot = 4 + 2 * k;
    if (slot + 2 > this.view.getUint16(vtable, true)) return 0;
    const offset = this.view.getUint16(vtable + slot, true);
    return offset === 0 ? 0 : table + offset;
  }

  /** First element and length of the vector in field k; its elements lie inside the metadata. */
  vector(table: number, k: number, stride: number): { first: number; length: number } {
    const at = this.field(table, k);
    if (at === 0) return { first: 0, length: 0 };
    const base = this.target(at);
    const length = this.view.getUint32(base, true);
    this.#budget -= length;
    if (base + 4 + length * stride > this.view.byteLength || this.#budget < 0) {
      throw new RangeError('a vector reaches beyond the metadata');
    }
    return { first: base + 4, length };
  }

  integer(table: number, k: number): number {
    const at = this.field(table, k);
    return at === 0 ? 0 : Number(this.view.getBigInt64(at, true));
  }
}

const UNION = 14;

export const BIG_ENDIAN = 'its numbers are big-endian; little-endian ones are read';

function checkFields(buffer: Flatbuffer, table: number, k: number, depth: number): void {
  const { first, length } = buffer.vector(table, k, 4);
  if (depth > 64) throw new RangeError('types are nested too deep');
  for (let i = 0; i < length; i++) {
    const field = buffer.target(first + 4 * i);
    buffer.vector(field, 6, 4);
    const kind = buffer.field(field, 2);
    const type = buffer.field(field, 3);
    if (kind && type && buffer.view.getUint8(kind) === UNION) {
      buffer.vector(buffer.target(type), 1, 4);
    }
    checkFields(buffer, field, 5, depth + 1);
  }
}

/** Checks the parts of a schema; numbers must be little-endian. */
export function checkSchema(buffer: Flatbuffer, schema: number): void {
  const order = buffer.field(schema, 0);
  if (order !== 0 && buffer.view.getInt16(order, true) !== 0) throw new RangeError(BIG_ENDIAN);
  checkFields(buffer, schema, 1, 0);
  buffer.vector(schema, 2, 4);
}
