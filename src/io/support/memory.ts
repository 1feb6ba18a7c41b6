import { InputError, UnsupportedError } from '../../core/errors.ts';
import type { ByteSource, Output } from '../contract.ts';

function zeroBytes(bytes: number, where: string, shared: boolean): ArrayBufferLike {
  const canShare =
    shared &&
    typeof SharedArrayBuffer === 'function' &&
    (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false;
  try {
    return canShare ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  } catch (cause) {
    const gigabytes = (bytes / 1e9).toFixed(1);
    throw new InputError(where, `there is no memory for ${gigabytes} GB in one piece.`, { cause });
  }
}

/** Zeros, if `shared` in memory that threads can share where the platform has it. */
export function floats(count: number, where: string, shared: boolean): Float32Array {
  return new Float32Array(zeroBytes(count * 4, where, shared));
}

/** The values with room for `count`, where more come than the size of a file made expect. */
export function grown(
  values: Float32Array,
  count: number,
  where: string,
  shared: boolean,
): Float32Array {
  const larger = floats(count, where, shared);
  larger.set(values);
  return larger;
}

/** Refuses a range that reaches past the end. */
export function requireRange(name: string, size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) return;
  throw new InputError(
    name,
    `the file is truncated: ${length} bytes are expected from byte ${offset} on, and it has ${size}.`,
  );
}

/** Bytes in memory as a source. */
export function bytesSource(given: Uint8Array, name = 'bytes'): ByteSource {
  // A slice of Node's Buffer is no copy.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.length);
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    requireRange(name, bytes.length, offset, length);
    return bytes.subarray(offset, offset + length);
  };
  return {
    name,
    size: bytes.length,
    read,
    async readInto(offset, into) {
      into.set(await read(offset, into.length));
    },
    async close() {},
  };
}

/** A `File` or `Blob` as a source, read in slices. */
export function blobSource(blob: Blob): ByteSource {
  const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : 'bytes';
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    requireRange(name, blob.size, offset, length);
    try {
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    } catch (cause) {
      throw new InputError(name, 'the file could not be read; it may have changed.', { cause });
    }
  };
  return {
    name,
    size: blob.size,
    read,
    async readInto(offset, into) {
      into.set(await read(offset, into.length));
    },
    async close() {},
  };
}

/** The sources that exist on every platform. */
export function portableSource(source: Uint8Array | ArrayBuffer | Blob): ByteSource {
  if (source instanceof Uint8Array) return bytesSource(source);
  if (source instanceof ArrayBuffer) return bytesSource(new Uint8Array(source));
  if (typeof Blob === 'function' && source instanceof Blob) return blobSource(source);
  throw new UnsupportedError(
    'read',
    'the source must be a path, a URL, a File or Blob, a Uint8Array or an ArrayBuffer.',
  );
}

/** An output that gathers its bytes in memory; `bytes()` gives them. */
export function memoryOutput(): Output & { bytes(): Uint8Array } {
  let buffer = new Uint8Array(1024);
  let position = 0;
  return {
    get position() {
      return position;
    },
    async write(bytes) {
      if (position + bytes.length > buffer.length) {
        const grown = new Uint8Array(Math.max(position + bytes.length, buffer.length * 2));
        grown.set(buffer.subarray(0, position));
        buffer = grown;
      }
      buffer.set(bytes, position);
      position += bytes.length;
    },
    async commit() {},
    async discard() {
      buffer = new Uint8Array(0);
      position = 0;
    },
    bytes: () => buffer.subarray(0, position),
  };
}
