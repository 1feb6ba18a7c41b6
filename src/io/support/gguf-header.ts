import { type ByteSource, refuse } from '../contract.ts';
import { shown } from './shown.ts';
import { textOf } from './text.ts';

/** A tensor of the file. */
export interface GgufTensor {
  readonly name: string;
  /** The fastest first: columns, then rows. */
  readonly sizes: readonly number[];
  /** Its number in `ggml.h`. */
  readonly type: number;
  /** Behind the header. */
  readonly offset: number;
}

export interface GgufHeader {
  /** Single values of the metadata; arrays are not among them. */
  readonly values: ReadonlyMap<string, string | number | boolean>;
  /** The texts of `tokenizer.ggml.tokens`. */
  readonly tokens: readonly string[] | undefined;
  readonly tensors: readonly GgufTensor[];
  /** Where the tensors begin. */
  readonly data: number;
}

const FIRST_PIECE = 1 << 22;
/** Vocabularies take some megabytes. */
const LONGEST_HEADER = 1 << 28;
const MOST_DIMENSIONS = 4;
const DEEPEST = 4;

const TOKENS = 'tokenizer.ggml.tokens';

/** Bytes of each kind of value; 8 is a text, 9 an array. */
const WIDTHS = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const TEXT = 8;
const ARRAY = 9;

/** The bytes at hand end before the header does. */
class Short extends Error {}

/** Reads the header from its first `bytes`. */
class Cursor {
  readonly source: ByteSource;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 4;

  constructor(source: ByteSource, bytes: Uint8Array) {
    this.source = source;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next `length` bytes begin. */
  take(length: number): number {
    const { at, source } = this;
    if (!(length <= source.size - at)) {
      refuse(
        source,
        `the GGUF header claims ${length} bytes from byte ${at} on; the file has ${source.size}.`,
      );
    }
    if (at + length > this.bytes.length) throw new Short();
    this.at += length;
    return at;
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  u64(): number {
    return Number(this.view.getBigUint64(this.take(8), true));
  }

  text(): string {
    const length = this.u64();
    const at = this.take(length);
    return textOf(this.bytes, at, at + length);
  }

  width(kind: number): number {
    const width = WIDTHS[kind];
    if (width !== undefined) return width;
    return refuse(this.source, `the GGUF header has a value of the unknown kind ${kind}.`);
  }

  skip(kind: number, count: number, depth = 0): void {
    if (kind !== TEXT && kind !== ARRAY) this.take(count * this.width(kind));
    else if (depth > DEEPEST) refuse(this.source, 'the GGUF header nests arrays too deep.');
    // A text takes 8 bytes at least, an array 12.
    else if (count * 8 > this.source.size) this.take(count * 8);
    else
      for (let i = 0; i < count; i++) {
        if (kind === TEXT) this.take(this.u64());
        else this.skip(this.u32(), this.u64(), depth + 1);
      }
  }

  /** A single value; numbers that decide something are small and whole. */
  value(kind: number): string | number | boolean {
    if (kind === TEXT) return this.text();
    const at = this.take(this.width(kind));
    const { view } = this;
    if (kind === 0) return view.getUint8(at);
    if (kind === 1) return view.getInt8(at);
    if (kind === 2) return view.getUint16(at, true);
    if (kind === 3) return view.getInt16(at, true);
    if (kind === 4) return view.getUint32(at, true);
    if (kind === 5) return view.getInt32(at, true);
    if (kind === 6) return view.getFloat32(at, true);
    if (kind === 7) return view.getUint8(at) !== 0;
    if (kind === 10) return Number(view.getBigUint64(at, true));
    if (kind === 11) return Number(view.getBigInt64(at, true));
    return view.getFloat64(at, true);
  }

  tokens(count: number): string[] {
    if (count * 8 > this.source.size) this.take(count * 8);
    const texts: string[] = [];
    for (let i = 0; i < count; i++) texts.push(this.text());
    return texts;
  }
}

function requireVersion(source: ByteSource, version: number): void {
  if (version === 2 || version === 3) return;
  if (version > 0 && (version & 0xffff) === 0) {
    refuse(source, 'the file is big-endian GGUF; convert it with gguf_convert_endian.py.');
  }
  refuse(source, `GGUF version ${version} is not read; versions 2 and 3 are.`);
}

/** Whether the bytes begin as GGUF. */
export function startsAsGguf(head: Uint8Array): boolean {
  return [0x47, 0x47, 0x55, 0x46].every((byte, i) => head[i] === byte);
}

export async function readGgufHeader(source: ByteSource): Promise<GgufHeader> {
  if (source.size < 24) refuse(source, 'the file is too short for a GGUF header.');
  for (let length = FIRST_PIECE; ; length *= 4) {
    const most = Math.min(length, source.size, LONGEST_HEADER);
    const bytes = await source.read(0, most);
    if (!startsAsGguf(bytes)) refuse(source, 'a GGUF file begins with the letters GGUF.');
    try {
      return parsedHeader(new Cursor(source, bytes));
    } catch (cause) {
      if (!(cause instanceof Short)) throw cause;
      if (most === LONGEST_HEADER) refuse(source, `the GGUF header has more than ${most} bytes.`);
    }
  }
}

function parsedHeader(cursor: Cursor): GgufHeader {
  const { source } = cursor;
  requireVersion(source, cursor.u32());
  const tensorCount = cursor.u64();
  const valueCount = cursor.u64();
  const values = new Map<string, string | number | boolean>();
  let tokens: string[] | undefined;
  for (let i = 0; i < valueCount; i++) {
    const key = cursor.text();
    const kind = cursor.u32();
    if (kind !== ARRAY) {
      values.set(key, cursor.value(kind));
      continue;
    }
    const inner = cursor.u32();
    const count = cursor.u64();
    if (key === TOKENS && inner === TEXT) tokens = cursor.tokens(count);
    else cursor.skip(inner, count);
  }
  const tensors: GgufTensor[] = [];
  for (let i = 0; i < tensorCount; i++) tensors.push(tensorAt(cursor));
  const alignment = Number(values.get('general.alignment') ?? 32);
  if (!Number.isSafeInteger(alignment) || alignment < 1 || alignment > 1 << 20) {
    refuse(source, `the GGUF header says that data are aligned to ${alignment} bytes.`);
  }
  return { values, tokens, tensors, data: Math.ceil(cursor.at / alignment) * alignment };
}

function tensorAt(cursor: Cursor): GgufTensor {
  const name = cursor.text();
  const dimensions = cursor.u32();
  if (dimensions > MOST_DIMENSIONS) {
    refuse(
      cursor.source,
      `the tensor ${shown(name)} has ${dimensions} dimensions; at most ${MOST_DIMENSIONS} are expected.`,
    );
  }
  const sizes = Array.from({ length: dimensions }, () => cursor.u64());
  return { name, sizes, type: cursor.u32(), offset: cursor.u64() };
}
