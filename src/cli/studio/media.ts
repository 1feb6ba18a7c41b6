import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import type { Media } from '../../apps/studio/hosting/host.ts';
import { mediaTypeOf } from '../../apps/studio/hosting/media-types.ts';
import type { StudioTable } from '../../apps/studio/session/state.ts';
import { InputError, OptionError } from '../../core/errors.ts';
import { isDataset } from '../input.ts';

/** Bytes of a picture or sound that are sent at most. */
const MOST_MEDIA_BYTES = 64e6;

/**
 * Reads pictures and sounds that rows name: inside `folder`, or inside the folder of the table's own file; nothing that
 * leads out, symbolic links included.
 *
 * @param paths the files that the session was started with
 */
export function mediaOf(
  paths: readonly string[],
  folder: string | undefined,
): (table: StudioTable, path: string) => Promise<Media> {
  return async (table, path) => {
    const root = folder ?? (paths.includes(table.name) ? await folderOf(table.name) : undefined);
    if (root === undefined)
      throw new InputError(
        'media',
        `where the files of ${table.name} lie is not known; start with --media FOLDER.`,
      );
    return mediaAt(await placeWithin(root, path), path);
  };
}

/** Refuses what is no folder. */
export async function requireFolder(folder: string | undefined): Promise<void> {
  if (folder === undefined || (await isFolder(folder))) return;
  throw new OptionError('studio', 'media', 'a folder', folder);
}

/** Where a file lies; undefined for what is none. */
async function folderOf(name: string): Promise<string | undefined> {
  if (isDataset(name) || name === '-') return undefined;
  return (await isFolder(name)) ? name : dirname(resolve(name));
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );

/** Where a path leads, below the folder; refuses one that leads elsewhere. */
async function placeWithin(root: string, path: string): Promise<string> {
  if (/^[a-z][a-z0-9+.-]+:/i.test(path))
    throw new InputError('media', `${path} is an address; only files are shown.`);
  const inside = await realpath(root).catch(() => missing(root));
  // A path that is absolute may lie inside as well.
  const named = isAbsolute(path) ? path : resolve(inside, path);
  // What lies outside is refused before anything is known of it, whether it is there included.
  if (!isWithin(inside, named) && !isWithin(root, named)) outside(path);
  const place = await realpath(named).catch(() => missing(path));
  return isWithin(inside, place) ? place : outside(path);
}

const isWithin = (folder: string, path: string): boolean =>
  resolve(path).startsWith(folder.endsWith(sep) ? folder : `${resolve(folder)}${sep}`);

function missing(path: string): never {
  throw new InputError('media', `there is no file ${path}.`);
}

function outside(path: string): never {
  throw new InputError('media', `${path} lies outside the folder of the opened file.`);
}

async function mediaAt(place: string, path: string): Promise<Media> {
  // Nothing can be put in its place any more; a pipe would wait for ever.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(place, flags).catch(() => missing(path));
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new InputError('media', `${path} is no file.`);
    if (status.size > MOST_MEDIA_BYTES)
      throw new InputError('media', `${path} has more than ${MOST_MEDIA_BYTES / 1e6} MB.`);
    const bytes = new Uint8Array(await handle.readFile());
    const type = mediaTypeOf(bytes);
    if (type === undefined)
      throw new InputError(
        'media',
        `${path} is no picture or sound that is shown: PNG, JPEG, GIF, WebP, WAV, MP3 or Ogg.`,
      );
    return { type, bytes };
  } finally {
    await handle.close();
  }
}
