import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../../core/errors.ts';
import type { ObjectStore } from '../sharded/object-store.ts';
import { guarded, systemCode } from './errors.ts';
import { handleSource } from './handles.ts';

/** What a file is called until it is whole; readers and lists pass it over. */
const UNFINISHED = /\.[0-9a-f-]{36}\.tmp$/;

/** File systems without hard links answer with one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** A folder as a store of objects: the keys are paths in it. It is made by the first object. */
export function folderStore(path: string): ObjectStore {
  const root = resolve(path);
  const at = (key: string): string => {
    const place = resolve(root, key);
    if (place.startsWith(root + sep)) return place;
    throw new InputError(`${path}/${key}`, 'the key leads out of the store.');
  };
  return {
    name: path,
    address: root,
    async size(key) {
      return guarded(`${path}/${key}`, async () => {
        const status = await stat(at(key)).catch((cause: unknown) => {
          if (isMissing(cause)) return undefined;
          throw cause;
        });
        return status?.isFile() ? status.size : undefined;
      });
    },
    async readInto(key, offset, into) {
      await guarded(`${path}/${key}`, async () => {
        const handle = await open(at(key), 'r');
        try {
          const { size } = await handle.stat();
          await handleSource(handle, `${path}/${key}`, size).readInto(offset, into);
        } finally {
          await handle.close();
        }
      });
    },
    create: (key, pieces) =>
      guarded(`${path}/${key}`, async () => {
        const target = at(key);
        // What is there need not be written once more.
        if (await stat(target).catch(() => undefined)) return false;
        await mkdir(dirname(target), { recursive: true });
        const temporary = `${target}.${randomUUID()}.tmp`;
        try {
          await writeWhole(temporary, pieces);
          return await named(temporary, target);
        } finally {
          await unlink(temporary).catch(() => {});
        }
      }),
    list: (prefix, before) =>
      guarded(path, async () => {
        const files = (await gather(dirname(join(root, `${prefix}x`))))
          .filter((file) => !UNFINISHED.test(file))
          .map((file) => relative(root, file).split(sep).join('/'))
          .filter((key) => key.startsWith(prefix))
          .sort();
        return before === undefined ? files : writtenBefore(files, at, before);
      }),
    sweep: (before) =>
      guarded(path, async () => {
        const torn = (await gather(root)).filter((file) => UNFINISHED.test(file));
        const old = await writtenBefore(torn, (file) => file, before);
        for (const file of old) await unlink(file).catch(() => {});
        return old.length;
      }),
    remove: (key) =>
      guarded(`${path}/${key}`, () =>
        unlink(at(key)).catch((cause: unknown) => {
          if (!isMissing(cause)) throw cause;
        }),
      ),
  };
}

const isMissing = (cause: unknown): boolean => {
  const code = systemCode(cause);
  return code === 'ENOENT' || code === 'ENOTDIR';
};

async function writeWhole(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length; ) {
        done += (await handle.write(piece, done)).bytesWritten;
      }
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a whole file its name, unless another has it; of two that come at once, one wins. */
async function named(temporary: string, target: string): Promise<boolean> {
  try {
    await link(temporary, target);
    return true;
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'EEXIST') return false;
    if (code === undefined || !NO_LINKS.has(code)) throw cause;
  }
  if (await stat(target).catch(() => undefined)) return false;
  await rename(temporary, target);
  return true;
}

/** Every file in a folder and its folders. */
async function gather(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    if (isMissing(cause)) return [];
    throw cause;
  });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await gather(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

async function writtenBefore(
  names: readonly string[],
  at: (name: string) => string,
  before: Date,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const status = await stat(at(name)).catch(() => undefined);
    if (status && status.mtimeMs < before.getTime()) found.push(name);
  }
  return found;
}
