import { type ByteSource, refuse } from '../contract.ts';
import { BIG_ENDIAN, checkSchema, Flatbuffer } from './arrow-flatbuffer.ts';
import { schemaMessage } from './arrow-footer.ts';

/** One message of an Arrow stream: where it lies, and what its header says. */
export interface ArrowMessage {
  readonly kind: 'schema' | 'dictionary' | 'records';
  /** From its length prefix on. */
  readonly offset: number;
  /** Prefix, metadata and body. */
  readonly size: number;
  /** Of a record batch. */
  readonly rows: number;
  /** Where it does not lie in the file as a message. */
  readonly bytes?: Uint8Array | undefined;
}

/** Longest metadata of one message; a schema of 100,000 columns has about 20 MB. */
const LONGEST_METADATA = 1 << 27;

/** Values that a byte of a body can stand for, and what compression can make of one. */
const VALUES_OF_A_BYTE = 8;
const UNPACKED = 1100;

/** Checks that no column claims more values than the batch has rows or its body could hold. */
function checkLengths(buffer: Flatbuffer, batch: number, body: number): void {
  const rows = buffer.integer(batch, 0);
  const isPacked = buffer.field(batch, 3) !== 0;
  const most = Math.max(rows, body * VALUES_OF_A_BYTE * (isPacked ? UNPACKED : 1));
  const { first, length } = buffer.vector(batch, 1, 16);
  for (let i = 0; i < length; i++) {
    const values = Number(buffer.view.getBigInt64(first + 16 * i, true));
    const missing = Number(buffer.view.getBigInt64(first + 16 * i + 8, true));
    if (values < 0 || missing < 0 || values > most || missing > values) {
      throw new RangeError('a column is longer than its bytes');
    }
  }
}

function checkRecords(buffer: Flatbuffer, batch: number, body: number): void {
  checkLengths(buffer, batch, body);
  buffer.vector(batch, 2, 16);
  const { first, length } = buffer.vector(batch, 4, 8);
  let views = 0;
  for (let i = 0; i < length; i++) {
    const count = Number(buffer.view.getBigInt64(first + 8 * i, true));
    if (count < 0) throw new RangeError('a number of buffers is negative');
    views += count;
  }
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
      checkSchema(buffer, header);
      return { kind: 'schema', rows: 0, body };
    case 2: {
      const data = buffer.field(header, 1);
      if (data === 0) throw new RangeError('a dictionary is empty');
      checkRecords(buffer, buffer.target(data), body);
      return { kind: 'dictionary', rows: 0, body };
    }
    case 3: {
      checkRecords(buffer, header, body);
      const rows = buffer.integer(header, 0);
      if (rows < 0 || !Number.isSafeInteger(rows)) throw new RangeError('a length is negative');
      return { kind: 'records', rows, body };
    }
    default:
      throw new RangeError('a message is neither schema, dictionary nor records');
  }
}

interface Extent {
  readonly start: number;
  readonly end: number;
  /** Bytes of the footer, of a file. */
  readonly footer: number;
}

/** Where the messages lie: all of a stream; of a file what is between its marks. */
async function extent(source: ByteSource): Promise<Extent> {
  const head = await source.read(0, Math.min(6, source.size));
  if (new TextDecoder().decode(head) !== 'ARROW1') return { start: 0, end: source.size, footer: 0 };
  if (source.size < 22) refuse(source, 'the Arrow file is truncated.');
  const tail = await source.read(source.size - 10, 10);
  if (new TextDecoder().decode(tail.subarray(4)) !== 'ARROW1') {
    refuse(source, 'the Arrow file is truncated: its closing mark is missing.');
  }
  const footer = new DataView(tail.buffer, tail.byteOffset, 4).getInt32(0, true);
  if (footer < 0 || footer > source.size - 18) refuse(source, 'the Arrow footer is damaged.');
  return { start: 8, end: source.size - 10 - footer, footer };
}

/** The schema as a message, and all messages of an Arrow file or stream; their bodies are not read. */
export async function arrowMessages(source: ByteSource): Promise<ArrowMessage[]> {
  const { start, end, footer } = await extent(source);
  const messages: ArrowMessage[] = [];
  let offset = start;
  while (offset + 8 <= end) {
    const message = await messageAt(source, offset, end);
    offset += message?.size ?? 8;
    if (!message) break;
    if (message.kind === 'schema' && messages.length > 0) {
      refuse(
        source,
        `a second schema begins at byte ${message.offset}: these are several streams, one behind the other.`,
      );
    }
    messages.push(message);
  }
  if (footer === 0 && offset < end) await requireBlank(source, offset, end);
  if (messages[0]?.kind === 'schema') return messages;
  if (footer === 0) refuse(source, 'the Arrow data do not begin with a schema.');
  const schema = await guardedRange(source, async () =>
    schemaMessage(await source.read(end, footer)),
  );
  return [{ kind: 'schema', rows: 0, offset: end, size: 0, bytes: schema }, ...messages];
}

/** Refuses anything but zeros behind the end of a stream. */
async function requireBlank(source: ByteSource, offset: number, end: number): Promise<void> {
  const rest = await source.read(offset, Math.min(1024, end - offset));
  if (rest.every((byte) => byte === 0)) return;
  refuse(source, `${end - offset} bytes follow the end of the Arrow stream; none are expected.`);
}

/** The message at a place; undefined where the end is marked. */
async function messageAt(
  source: ByteSource,
  offset: number,
  end: number,
): Promise<ArrowMessage | undefined> {
  const prefix = await source.read(offset, 8);
  const view = new DataView(prefix.buffer, prefix.byteOffset, 8);
  const isMarked = view.getUint32(0, true) === 0xffffffff;
  const length = view.getInt32(isMarked ? 4 : 0, true);
  if (length === 0) return undefined;
  const begin = offset + (isMarked ? 8 : 4);
  if (length < 0 || length > LONGEST_METADATA || begin + length > end) {
    refuse(source, 'the Arrow data are truncated or damaged.');
  }
  return guardedRange(source, async () => {
    const { kind, rows, body } = parsedMetadata(await source.read(begin, length));
    const size = begin - offset + length + body;
    if (offset + size > end) throw new RangeError('a body reaches beyond the file');
    return { kind, rows, offset, size };
  });
}

async function guardedRange<T>(source: ByteSource, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const what = cause.message === BIG_ENDIAN ? 'cannot be read' : 'are damaged';
    return refuse(source, `the Arrow data ${what}: ${cause.message}.`, cause);
  }
}
