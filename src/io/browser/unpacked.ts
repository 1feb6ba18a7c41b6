import { Gunzip } from 'fflate';
import { type ByteSource, refuse } from '../contract.ts';
import {
  COMPRESSION_HEAD,
  compressionOf,
  piecesOf,
  refuseDamaged,
  requireUnpackable,
  unpackedSource,
  withinBounds,
} from '../support/compression.ts';
import { crc32 } from '../support/crc32.ts';
import { blobSource } from '../support/memory.ts';

/** Bytes of the packed file that are unpacked at once: at most a thousand times as many come out. */
const PIECE = 1 << 15;

/** Bytes at the end of a member: its checksum and its size. */
const TRAILER = 8;

/** The source as it is, or unpacked where it is packed whole. */
export async function unpacked(source: ByteSource): Promise<ByteSource> {
  const head = await source.read(0, Math.min(COMPRESSION_HEAD, source.size));
  requireUnpackable(source, head);
  const by = compressionOf(head);
  if (!by) return source;
  if (by === 'zstd') {
    refuse(source, 'the file is compressed with Zstandard, which no browser unpacks; take gzip.');
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  // A blob may lie outside the memory of the page.
  for await (const chunk of withinBounds(source, by, gunzipped(source))) parts.push(chunk.slice());
  const file = blobSource(new Blob(parts));
  return unpackedSource(source, by, { ...file, name: source.name });
}

/**
 * The bytes of all members. A browser's own `DecompressionStream` refuses a second member, which parallel compressors
 * write; fflate takes them and leaves the checksums to us.
 */
export async function* gunzipped(source: ByteSource): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let [crc, size] = [0, 0];
  const members: { readonly end: number; readonly crc: number; readonly size: number }[] = [];
  const gunzip = new Gunzip((chunk) => {
    crc = crc32(chunk, crc);
    size += chunk.length;
    ready.push(chunk);
  });
  gunzip.onmember = (offset) => {
    members.push({ end: offset, crc, size });
    [crc, size] = [0, 0];
  };
  let at = 0;
  for await (const piece of piecesOf(source, PIECE)) {
    at += piece.length;
    try {
      gunzip.push(piece, at === source.size);
    } catch (cause) {
      refuseDamaged(source, 'gzip', cause);
    }
    yield* ready;
    ready = [];
  }
  members.push({ end: source.size, crc, size });
  for (const member of members) await requireTrailer(source, member);
}

async function requireTrailer(
  source: ByteSource,
  { end, crc, size }: { readonly end: number; readonly crc: number; readonly size: number },
): Promise<void> {
  const bytes = await source.read(Math.max(0, end - TRAILER), TRAILER);
  const view = new DataView(bytes.buffer, bytes.byteOffset, TRAILER);
  if (view.getUint32(0, true) === crc && view.getUint32(4, true) === size % 2 ** 32) return;
  refuse(source, 'the gzip data are damaged: their checksum is another.');
}
