import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { TammesError } from '../../core/errors.ts';
import { type ByteSource, type Compression, refuse } from '../contract.ts';
import {
  COMPRESSION_HEAD,
  compressionOf,
  piecesOf,
  refuseDamaged,
  requireUnpackable,
  unpackedSource,
  withinBounds,
} from '../support/compression.ts';
import { systemCode } from './errors.ts';
import { spooled } from './spool.ts';

/** The source as it is, or unpacked where it is packed whole. */
export async function unpacked(source: ByteSource): Promise<ByteSource> {
  try {
    const head = await source.read(0, Math.min(COMPRESSION_HEAD, source.size));
    requireUnpackable(source, head);
    const by = compressionOf(head);
    if (!by) return source;
    const chunks = withinBounds(source, by, chunksOf(source, by));
    return unpackedSource(source, by, await spooled(chunks, source.name));
  } catch (cause) {
    await source.close();
    throw cause;
  }
}

async function* chunksOf(source: ByteSource, by: Compression): AsyncGenerator<Uint8Array> {
  const unpacker = unpackerOf(source, by);
  // Errors come out of the unpacker, too.
  pipeline(Readable.from(piecesOf(source)), unpacker, () => {});
  try {
    for await (const chunk of unpacker) yield chunk as Uint8Array;
  } catch (cause) {
    const code = systemCode(cause) ?? '';
    if (cause instanceof TammesError || !/^(Z_|ZSTD|ERR_)/.test(code)) throw cause;
    refuseDamaged(source, by, cause);
  }
}

/** Unpacked bytes that come at once. */
const CHUNK = 1 << 18;

/** Node has Zstandard from 22.15 on; the types of Node 20 do not know it. */
type WithZstd = { readonly createZstdDecompress?: () => Transform };

function unpackerOf(source: ByteSource, by: Compression): Transform {
  if (by === 'gzip') return zlib.createGunzip({ chunkSize: CHUNK });
  const make = (zlib as WithZstd).createZstdDecompress;
  return (
    make?.() ??
    refuse(
      source,
      'the file is compressed with Zstandard, which Node 22.15 and later read; unpack it (unzstd) or pack it with gzip.',
    )
  );
}
