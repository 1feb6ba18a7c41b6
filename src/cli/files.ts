import { constants } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../core/errors.ts';
import { createOutput, openSource } from '../io/files.ts';

/** All bytes of a file. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const source = await openSource(path);
  try {
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

/** Writes a whole file under a temporary name and renames it. */
export async function writeBytes(path: string, bytes: Uint8Array | string): Promise<void> {
  const output = await createOutput(path);
  await output.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  await output.commit();
}

export function removeFile(path: string): Promise<void> {
  return rm(path, { force: true });
}

/** Refuses an output that cannot be written, before any work is done. */
export async function requireWritable(path: string): Promise<void> {
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const target = await stat(path).catch(() => undefined);
  if (target?.isDirectory()) {
    throw new InputError(path, 'this is a folder; a file is expected.');
  }
  if (!isFolder) throw new InputError(path, `there is no folder ${folder} to write into.`);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new InputError(path, `the folder ${folder} cannot be written to.`, { cause });
  });
}

/** The JSON of a file, or a sentence. */
export async function readJson(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(path, 'is not JSON.', { cause });
  }
}
