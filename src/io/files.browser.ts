import { InputError, UnsupportedError } from '../core/errors.ts';
import type { ByteSource, Output, Source } from './contract.ts';
import { bytesSource, portableSource } from './support/memory.ts';

/** Opens a `File`, a `Blob`, bytes, or a URL to fetch; paths do not exist in a browser. */
export async function openSource(source: Source): Promise<ByteSource> {
  if (typeof source === 'string') {
    throw new UnsupportedError(
      source,
      'a browser cannot open paths; pass a File, a Blob, bytes, or a URL object to fetch.',
    );
  }
  if (!(source instanceof URL)) return portableSource(source);
  const name = source.pathname.split('/').pop() || source.href;
  const response = await fetch(source).catch((cause: unknown) => {
    throw new InputError(source.href, 'the address could not be reached.', { cause });
  });
  if (!response.ok) {
    throw new InputError(source.href, `the server answered ${response.status}.`);
  }
  return bytesSource(new Uint8Array(await response.arrayBuffer()), name);
}

/** A browser cannot write to a path; `encode` gives the bytes of the file instead. */
export async function createOutput(path: string): Promise<Output> {
  throw new UnsupportedError(
    path,
    'a browser cannot write to paths; encode the table and offer the bytes as a download.',
  );
}
