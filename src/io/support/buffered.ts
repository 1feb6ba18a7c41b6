import type { ByteSource } from '../contract.ts';

/** Bytes read at once where few are asked for. */
const WINDOW = 1 << 20;

/** A source for many small reads that lie near one another: each window of it is read once. */
export function buffered(source: ByteSource): ByteSource {
  let window: Uint8Array = new Uint8Array(0);
  let base = 0;
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    if (length > WINDOW / 4 || offset + length > source.size) return source.read(offset, length);
    if (offset >= base && offset + length <= base + window.length) {
      return window.subarray(offset - base, offset - base + length);
    }
    const bytes = await source.read(offset, Math.min(WINDOW, source.size - offset));
    window = bytes;
    base = offset;
    return bytes.subarray(0, length);
  };
  return {
    name: source.name,
    size: source.size,
    read,
    async readInto(offset, into) {
      if (into.length > WINDOW / 4) await source.readInto(offset, into);
      else into.set(await read(offset, into.length));
    },
    close: () => source.close(),
  };
}
