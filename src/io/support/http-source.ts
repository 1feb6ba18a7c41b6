import { type ByteSource, refuse } from '../contract.ts';
import { bytesSource, requireRange } from './memory.ts';

/** Bytes of a block that is kept; what is asked for is read in whole blocks. */
const BLOCK = 1 << 16;
/** Blocks that are kept, the last used ones: 32 MiB. */
const MOST_KEPT = 512;
/** Reads of more blocks than this are not kept: they are scans. */
const SCAN = 16;
/** What is loaded whole without being asked for, where a server does not do ranges. */
const SMALL = 8 << 20;

export interface HttpOptions {
  /** Load all of a file whose server does not answer ranges, however large it is. */
  readonly whole?: boolean | undefined;
}

interface Part {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly etag: string | null;
}

/**
 * A file at an http or https address as a source of bytes: only the ranges that are asked for travel, in blocks of
 * 64 KiB, of which the last used 512 are kept. A server that does not answer ranges gives the whole file where it is
 * small or `whole` says so, else a sentence.
 */
export async function httpSource(
  url: URL,
  { whole = false }: HttpOptions = {},
): Promise<ByteSource> {
  const named = { name: url.href };
  const response = await answered(url, { Range: `bytes=0-${BLOCK - 1}` });
  // There is no first byte in an empty file.
  if (response.status === 416) return bytesSource(new Uint8Array(0), url.href);
  if (response.status === 206) return rangesOf(url, await partOf(url, response, 0));
  if (response.status !== 200) refuse(named, `the server answered ${response.status}.`);
  const size = Number(response.headers.get('content-length') ?? Number.NaN);
  if (whole || size <= SMALL) return bytesSource(await bodyOf(url, response), url.href);
  await response.body?.cancel();
  const said = Number.isNaN(size) ? 'does not say how long it is' : `is ${size} bytes long`;
  return refuse(
    named,
    `the server does not answer ranges of bytes, and the file ${said}; load all of it (whole: true, --download), or keep it on a server that knows Range.`,
  );
}

function rangesOf(url: URL, first: Part): ByteSource {
  const { size } = first;
  const name = url.href;
  if (first.bytes.length !== Math.min(BLOCK, size))
    refuse({ name }, `the server sent ${first.bytes.length} bytes where ${BLOCK} were asked for.`);
  const blocks = new Map<number, Promise<Uint8Array>>([[0, Promise.resolve(first.bytes)]]);

  /** Bytes `from` to `to` (excluded), in one request. */
  async function loaded(from: number, to: number): Promise<Uint8Array> {
    const response = await answered(url, { Range: `bytes=${from}-${to - 1}` });
    if (response.status !== 206) refuse({ name }, `the server answered ${response.status}.`);
    const part = await partOf(url, response, from);
    if (part.size !== size || part.etag !== first.etag || part.bytes.length !== to - from)
      refuse({ name }, 'the file changed while it was read; open it again.');
    return part.bytes;
  }

  /** Blocks a to b (excluded): known ones as they are, each run of unknown ones in one request. */
  function blocksBetween(a: number, b: number): Promise<Uint8Array>[] {
    const wanted: Promise<Uint8Array>[] = [];
    for (let at = a; at < b; ) {
      const known = blocks.get(at);
      let end = at + 1;
      if (known) wanted.push(kept(at, known));
      else {
        while (end < b && !blocks.has(end)) end++;
        const start = at;
        const run = loaded(start * BLOCK, Math.min(size, end * BLOCK));
        for (let i = start; i < end; i++) {
          const block = run.then((bytes) =>
            bytes.slice((i - start) * BLOCK, (i - start + 1) * BLOCK),
          );
          wanted.push(kept(i, block));
        }
      }
      at = end;
    }
    return wanted;
  }

  function kept(at: number, block: Promise<Uint8Array>): Promise<Uint8Array> {
    blocks.delete(at);
    blocks.set(at, block);
    // A failed request is tried again by the next who asks.
    block.catch(() => blocks.delete(at));
    for (const oldest of blocks.keys()) {
      if (blocks.size <= MOST_KEPT) break;
      blocks.delete(oldest);
    }
    return block;
  }

  async function readInto(offset: number, into: Uint8Array): Promise<void> {
    requireRange(name, size, offset, into.length);
    if (into.length === 0) return;
    if (into.length > SCAN * BLOCK) return into.set(await loaded(offset, offset + into.length));
    const a = Math.floor(offset / BLOCK);
    const b = Math.ceil((offset + into.length) / BLOCK);
    for (const [i, block] of (await Promise.all(blocksBetween(a, b))).entries()) {
      const start = (a + i) * BLOCK - offset;
      const part = block.subarray(Math.max(0, -start), Math.max(0, into.length - start));
      into.set(part, Math.max(0, start));
    }
  }

  return {
    name,
    size,
    readInto,
    async read(offset, length) {
      requireRange(name, size, offset, length);
      const bytes = new Uint8Array(length);
      await readInto(offset, bytes);
      return bytes;
    },
    async close() {
      blocks.clear();
    },
  };
}

function answered(url: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
  const ask = () => fetch(url, { headers });
  // A server may have closed a connection that was kept for the next request: asking again opens another.
  return ask()
    .catch(ask)
    .catch((cause: unknown) =>
      refuse({ name: url.href }, 'the address could not be reached.', cause),
    );
}

async function bodyOf(url: URL, response: Response): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    return refuse({ name: url.href }, 'the connection broke while the file was read.', cause);
  }
}

/** The bytes of an answer to a range that begins at `from`, and the size of the file. */
async function partOf(url: URL, response: Response, from: number): Promise<Part> {
  const range = response.headers.get('content-range') ?? '';
  const [, start, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(range.trim()) ?? [];
  if (size === undefined)
    refuse(
      { name: url.href },
      'the server does not say which bytes it sent: its answer must show Content-Range (across origins, Access-Control-Expose-Headers).',
    );
  const packed = response.headers.get('content-encoding') ?? 'identity';
  if (Number(start) !== from || packed !== 'identity')
    refuse(
      { name: url.href },
      `the server sent other bytes than were asked for (${range}, ${packed}).`,
    );
  const bytes = await bodyOf(url, response);
  return { bytes, size: Number(size), etag: response.headers.get('etag') };
}
