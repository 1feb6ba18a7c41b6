import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** What a path leads to: a name on a disk, or a stream that is open already. */
export type Place =
  | { readonly target: string }
  /** Of this process: 0 standard input, 1 standard output, 2 standard error. */
  | { readonly descriptor: number }
  /** Of another process. */
  | { readonly foreign: string };

/** Where a folder lists the open streams of a process. */
const STREAMS = /^\/(?:dev|proc\/(\d+|self)(?:\/task\/\d+)?)\/fd$/;

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows the links of a path by hand. The system would follow `/dev/stdout` to the file behind the stream: its name
 * could then be written over, while whoever opened the stream still holds the old file.
 */
export async function placeOf(path: string): Promise<Place> {
  let at = resolve(path);
  for (let links = 0; links <= MOST_LINKS; links++) {
    const parent = dirname(at);
    const folder = await realpath(parent).catch(() => parent);
    const place = join(folder, basename(at));
    const stream = streamAt(folder, basename(at), path);
    if (stream) return stream;
    const link = await readlink(place).catch(() => undefined);
    if (link === undefined) return { target: place };
    at = resolve(folder, link);
  }
  throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
}

function streamAt(folder: string, name: string, path: string): Place | undefined {
  const found = STREAMS.exec(folder);
  if (!found || !/^\d+$/.test(name)) return undefined;
  const [, pid = 'self'] = found;
  const isOwn = pid === 'self' || Number(pid) === process.pid;
  return isOwn ? { descriptor: Number(name) } : { foreign: path };
}
