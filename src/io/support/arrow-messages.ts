import { type ByteSource, refuse } from '../contract.ts';

/** One message of an Arrow stream: where it lies, and what its header says. */
export interface ArrowMessage {
  readonly kind: 'schema' | 'dictionary' | 'records';
  /** From its length prefix on. */
  readonly offset: number;
  /** Prefix, metadata and body. */
  readonly size: number;
  /** Of a record batch. */
  readonly rows: number;
}

/** Longest metadata of one message; a schema of 100,000 columns has about 20 MB. */
const LONGEST_METADATA = 1 << 27;

/** Rejects what would make a reader run away: every check below is against the metadata's size. */
class Flatbuffer {
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

function checkRecords(buffer: Flatbuffer, batch: number): void {
  buffer.vector(batch, 1, 16);
  buffer.vector(batch, 2, 16);
  const { first, length } = buffer.vector(batch, 4, 8);
  let views = 0;
  for (let i = 0; i < length; i++) views += Number(buffer.view.getBigInt64(first + 8 * i, true));
  if (views > buffer.view.byteLength) throw new RangeError('too many buffers');
}

/** Kind, rows and body length of a message, after checking that its parts lie inside it. */
function parsedMetadata(bytes: Uint8Array): Pick<ArrowMessage, 'kind' | 'rows'> & { body: number } {
  const buffer = new Flatbuffer(bytes);
  const message = buffer.target(0);
  const version = buffer.field(message, 0);
  if (version === 0 || buffer.view.getInt16(version, true) < 3) {
    throw new RangeError('the file is older than Arrow 0.8');
  }
  const kindAt = buffer.field(message, 1);
  const headerAt = buffer.field(message, 2);
  const body = buffer.integer(message, 3);
  if (kindAt === 0 || headerAt === 0 || body < 0) throw new RangeError('a header is missing');
  const header = buffer.target(headerAt);
  switch (buffer.view.getUint8(kindAt)) {
    case 1:
      checkFields(buffer, header, 1, 0);
      buffer.vector(header, 2, 4);
      return { kind: 'schema', rows: 0, body };
    case 2: {
      const data = buffer.field(header, 1);
      if (data === 0) throw new RangeError('a dictionary is empty');
      checkRecords(buffer, buffer.target(data));
      return { kind: 'dictionary', rows: 0, body };
    }
    case 3: {
      checkRecords(buffer, header);
      const rows = buffer.integer(header, 0);
      if (rows < 0 || !Number.isSafeInteger(rows)) throw new RangeError('a length is negative');
      return { kind: 'records', rows, body };
    }
    default:
      throw new RangeError('a message is neither schema, dictionary nor records');
  }
}

/** Where the messages lie: all of a stream; of a file what is between its marks. */
async function extent(source: ByteSource): Promise<{ start: number; end: number }> {
  const head = await source.read(0, Math.min(6, source.size));
  if (new TextDecoder().decode(head) !== 'ARROW1') return { start: 0, end: source.size };
  if (source.size < 22) refuse(source, 'the Arrow file is truncated.');
  const tail = await source.read(source.size - 10, 10);
  if (new TextDecoder().decode(tail.subarray(4)) !== 'ARROW1') {
    refuse(source, 'the Arrow file is truncated: its closing mark is missing.');
  }
  const footer = new DataView(tail.buffer, tail.byteOffset, 4).getInt32(0, true);
  if (footer < 0 || footer > source.size - 18) refuse(source, 'the Arrow footer is damaged.');
  return { start: 8, end: source.size - 10 - footer };
}

/** All messages of an Arrow file or stream; their bodies are not read. */
export async function arrowMessages(source: ByteSource): Promise<ArrowMessage[]> {
  const { start, end } = await extent(source);
  const messages: ArrowMessage[] = [];
  for (let offset = start; offset + 8 <= end; ) {
    const prefix = await source.read(offset, 8);
    const view = new DataView(prefix.buffer, prefix.byteOffset, 8);
    const isMarked = view.getUint32(0, true) === 0xffffffff;
    const length = view.getInt32(isMarked ? 4 : 0, true);
    if (length === 0) break;
    const begin = offset + (isMarked ? 8 : 4);
    if (length < 0 || length > LONGEST_METADATA || begin + length > end) {
      refuse(source, 'the Arrow data are truncated or damaged.');
    }
    try {
      const { kind, rows, body } = parsedMetadata(await source.read(begin, length));
      const size = begin - offset + length + body;
      if (offset + size > end) throw new RangeError('a body reaches beyond the file');
      messages.push({ kind, rows, offset, size });
      offset += size;
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      refuse(source, `the Arrow data are damaged: ${cause.message}.`, cause);
    }
  }
  if (messages[0]?.kind !== 'schema') refuse(source, 'the Arrow data do not begin with a schema.');
  return messages;
}
