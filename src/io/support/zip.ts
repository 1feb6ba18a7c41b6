import { Inflate, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { type ByteSource, type Output, refuse } from '../contract.ts';
import { partOf } from './dense.ts';
import { bytesSource } from './memory.ts';

/** One file in a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** Deflate makes nothing more than 1032 times smaller. */
const MOST_RATIO = 1032;

/** Whether the bytes begin as a ZIP archive with something in it. */
export function startsAsZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where the list of entries lies: from the end record, or its 64-bit form. */
async function directory(source: ByteSource): Promise<{ offset: number; size: number }> {
  const tail = Math.min(source.size, 65557);
  const start = source.size - tail;
  const view = viewOf(await source.read(start, tail));
  let at = tail - 22;
  while (at >= 0 && view.getUint32(at, true) !== END) at--;
  if (at < 0) refuse(source, 'the end of the ZIP archive is missing; the file is truncated.');
  const size = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  if (offset !== 0xffffffff || at < 20 || view.getUint32(at - 20, true) !== END64_LOCATOR) {
    return { offset, size };
  }
  const place = Number(view.getBigUint64(at - 12, true));
  const end = viewOf(await source.read(place, 56));
  if (end.getUint32(0, true) !== END64) refuse(source, 'the ZIP archive is damaged.');
  return { offset: Number(end.getBigUint64(48, true)), size: Number(end.getBigUint64(40, true)) };
}

/** The entries of an archive. */
export async function zipEntries(source: ByteSource): Promise<ZipEntry[]> {
  if (source.size < 22) refuse(source, 'the file is too short for a ZIP archive.');
  const { offset, size } = await directory(source);
  const bytes = await source.read(offset, size);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= size && view.getUint32(at, true) === CENTRAL; ) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > size) refuse(source, 'the list of files in the ZIP archive is damaged.');
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    if (view.getUint16(at + 8, true) & 1) refuse(source, `${name} in the archive is encrypted.`);
    entries.push({ name, method: view.getUint16(at + 10, true), ...sizesAt(view, at, extra) });
    at = next;
  }
  return entries;
}

/** Sizes and place of an entry; those that do not fit 32 bits are in the extra field of kind 1. */
function sizesAt(
  view: DataView,
  at: number,
  extra: Uint8Array,
): Pick<ZipEntry, 'compressed' | 'size' | 'offset'> {
  const sizes = [24, 20, 42].map((place) => view.getUint32(at + place, true));
  const fields = viewOf(extra);
  for (let i = 0; i + 4 <= extra.length; ) {
    const length = fields.getUint16(i + 2, true);
    if (fields.getUint16(i, true) === 1) {
      let from = i + 4;
      for (const [k, size] of sizes.entries()) {
        if (size !== 0xffffffff || from + 8 > Math.min(extra.length, i + 4 + length)) continue;
        sizes[k] = Number(fields.getBigUint64(from, true));
        from += 8;
      }
    }
    i += 4 + length;
  }
  const [size, compressed, offset] = sizes;
  return { size, compressed, offset };
}

/** The content of an entry: a part of the archive where it is stored, else unpacked in memory. */
export async function openEntry(source: ByteSource, entry: ZipEntry): Promise<ByteSource> {
  const { name, method, compressed, size, offset } = entry;
  const header = viewOf(await source.read(offset, 30));
  if (header.getUint32(0, true) !== LOCAL) refuse(source, `${name} is not where the archive says.`);
  const begin = offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (begin + compressed > source.size || (method === 0 && size !== compressed)) {
    refuse(source, `${name} reaches beyond the end of the archive.`);
  }
  if (method === 0) return partOf(source, begin, size);
  if (method !== 8) refuse(source, `${name} is compressed by method ${method}, not by deflate.`);
  if (size > compressed * MOST_RATIO + 64) {
    refuse(source, `${name} claims ${size} bytes from ${compressed} compressed ones.`);
  }
  const bytes = inflated(await source.read(begin, compressed), size);
  if (!bytes) refuse(source, `the compressed data of ${name} are damaged.`);
  return bytesSource(bytes, source.name);
}

/** The `size` bytes that `packed` stands for, or null. */
function inflated(packed: Uint8Array, size: number): Uint8Array | null {
  const out = new Uint8Array(size);
  let at = 0;
  let fits = true;
  const stream = new Inflate((part) => {
    fits &&= at + part.length <= size;
    if (fits) out.set(part, at);
    at += part.length;
  });
  try {
    const step = 1 << 16;
    for (let i = 0; i < packed.length && fits; i += step) {
      stream.push(packed.subarray(i, i + step), i + step >= packed.length);
    }
  } catch {
    return null;
  }
  return fits && at === size ? out : null;
}

/** Writes an archive entry after entry. */
export interface ZipWriter {
  /** Begins an entry; the bytes until the next entry are its content. */
  entry(name: string, compress: boolean): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

/** Largest archive without 64-bit records, which the library does not write. */
const LARGEST = 0xfffffff0;

/** A ZIP archive on an output, with fflate. */
export function zipWriter(output: Output, name: string): ZipWriter {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) refuse({ name }, 'the archive could not be written.', error);
    ready.push(bytes);
  });
  let file: ZipPassThrough | ZipDeflate | undefined;
  const flush = async (): Promise<void> => {
    for (const bytes of ready.splice(0)) await output.write(bytes);
    if (output.position > LARGEST) {
      refuse({ name }, 'an npz file over 4 GB is not supported; write npy or safetensors.');
    }
  };
  const nothing = new Uint8Array(0);
  return {
    async entry(entryName, compress) {
      file?.push(nothing, true);
      const next = compress
        ? new ZipDeflate(entryName, { level: 6 })
        : new ZipPassThrough(entryName);
      // The same table gives the same bytes at any time.
      next.mtime = new Date(1980, 0, 1);
      zip.add(next);
      file = next;
      await flush();
    },
    async write(bytes) {
      file?.push(bytes, false);
      await flush();
    },
    async finish() {
      file?.push(nothing, true);
      zip.end();
      await flush();
    },
  };
}
