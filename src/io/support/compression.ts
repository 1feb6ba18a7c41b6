import { type ByteSource, type Compression, refuse } from '../contract.ts';

/** Bytes from the beginning that tell how a file is packed. */
export const COMPRESSION_HEAD = 10;

/** How many times its size a packed file may become; more is taken for a bomb. */
const MOST_TIMES = 100;
/** What any packed file may become. */
const ALWAYS = 1 << 26;

/** Ways of packing that are known by name alone, with what unpacks them. */
const OTHERS: readonly (readonly [name: string, program: string, magic: readonly number[]])[] = [
  ['bzip2', 'bunzip2', [0x42, 0x5a, 0x68, -1, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59]],
  ['xz', 'unxz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['LZ4', 'unlz4', [0x04, 0x22, 0x4d, 0x18]],
];

const begins = (head: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => head[i] === byte || (byte < 0 && i < head.length));

/** How a file is packed, by its first bytes. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  // The length of a safetensors header can look like the mark of gzip; then its JSON follows.
  if (begins(head, [0x1f, 0x8b, 8]) && head[8] !== 0x7b) return 'gzip';
  if (begins(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  // A frame to skip, with which parallel compressors begin.
  const skips = head.length > 4 && (head[0] & 0xf0) === 0x50;
  return skips && begins(head.subarray(1), [0x2a, 0x4d, 0x18]) ? 'zstd' : undefined;
}

/** Refuses what only another program unpacks, by its name. */
export function requireUnpackable(source: ByteSource, head: Uint8Array): void {
  const other = OTHERS.find(([, , magic]) => begins(head, magic));
  if (!other) return;
  const [name, program] = other;
  refuse(
    source,
    `the file is compressed with ${name}, which is not read here; unpack it (${program}) or pack it with gzip.`,
  );
}

/** Refuses a stream that is cut off or damaged. */
export function refuseDamaged(source: ByteSource, by: Compression, cause: unknown): never {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const isCut = code === 'Z_BUF_ERROR' || /unexpected EOF|end of file/i.test(String(message));
  const sentence = isCut ? 'end too early; the file is truncated.' : 'are damaged.';
  return refuse(source, `the ${by} data ${sentence}`, cause);
}

/** The chunks, as long as they are not far more than the packed file can have held. */
export async function* withinBounds(
  source: ByteSource,
  by: Compression,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const most = Math.max(ALWAYS, source.size * MOST_TIMES);
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) {
      refuse(
        source,
        `the ${source.size} bytes of ${by} unpack to more than ${most}, over ${MOST_TIMES} times as many; if that is right, unpack the file first.`,
      );
    }
    yield chunk;
  }
}

/** The bytes of a source, piece by piece. */
export async function* piecesOf(source: ByteSource, length = 1 << 20): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += length) {
    yield await source.read(at, Math.min(length, source.size - at));
  }
}

/** The unpacked bytes under the name of the packed file, which is closed with them. */
export function unpackedSource(
  packed: ByteSource,
  by: Compression,
  unpacked: ByteSource,
): ByteSource {
  return {
    ...unpacked,
    packed: { by, bytes: packed.size },
    async close() {
      await unpacked.close();
      await packed.close();
    },
  };
}
