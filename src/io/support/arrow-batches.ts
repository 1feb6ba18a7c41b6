import {
  CompressionType,
  getCompressionCodec,
  setCompressionCodec,
  type Table,
  tableFromIPC,
} from '@uwdata/flechette';
import type { ByteSource } from '../contract.ts';
import type { ArrowMessage } from './arrow-messages.ts';
import { guarded } from './guarded.ts';
import { isPlausible, lz4Frame, zstd } from './inflated.ts';

/** Buffers may be packed; the codecs are registered once, when a file is opened. */
export function registerCodecs(): void {
  if (getCompressionCodec(CompressionType.ZSTD)) return;
  const encode = (): never => {
    throw new RangeError('Arrow data are written uncompressed');
  };
  const checked =
    (unpack: (bytes: Uint8Array, size: number) => Uint8Array) =>
    (bytes: Uint8Array, size: number): Uint8Array => {
      if (!isPlausible(size, bytes.length)) throw new RangeError('a buffer claims too much');
      const out = unpack(bytes, size);
      if (out.length !== size) throw new RangeError('a buffer has another length than it says');
      return out;
    };
  setCompressionCodec(CompressionType.ZSTD, { encode, decode: checked(zstd) });
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode, decode: checked(lz4Frame) });
}

/** The bytes of a message where numbers of 8 bytes may lie in place. */
export async function messageBytes(
  source: ByteSource,
  { offset, size, bytes: own }: ArrowMessage,
): Promise<Uint8Array> {
  const bytes = own ?? (await source.read(offset, size));
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

/** Values as they are in the file: nothing is rounded to a number that stands for it. */
const EXACT = { useBigInt: true, useBigIntTimestamp: true, useDate: true, useDecimalInt: true };

/** Each batch of rows as a table of its own, with the dictionaries that came before it. */
export async function* batches(
  source: ByteSource,
  messages: readonly ArrowMessage[],
): AsyncGenerator<{ table: Table; rows: number }> {
  const before: Uint8Array[] = [];
  for (const message of messages) {
    if (message.kind === 'records' && message.rows === 0) continue;
    const bytes = await messageBytes(source, message);
    if (message.kind !== 'records') {
      before.push(bytes);
      continue;
    }
    const table = guarded(source, 'Arrow', () => tableFromIPC([...before, bytes], EXACT));
    yield { table, rows: message.rows };
  }
}
