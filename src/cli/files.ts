import { constants } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { databases } from '../adapters/databases/index.ts';
import { InputError, OptionError } from '../core/errors.ts';
import { isTableAddress, withoutPasswords } from '../io/addresses.ts';
import { createOutput, openSource, outputStream } from '../io/files.ts';
import { A_FOLDER, guarded } from '../io/node/errors.ts';
import { placeOf } from '../io/node/places.ts';
import { placeFor } from '../io/open.ts';
import { isStoreAddress, openStore } from '../io/sharded/index.ts';
import { leaveStdoutToData } from './terminal.ts';

/** All bytes of a file. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const source = await openSource(path);
  try {
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

/** Writes a whole file under a temporary name and renames it; into a stream where the path is one. */
export async function writeBytes(path: string, bytes: Uint8Array | string): Promise<void> {
  const output = await createOutput(path);
  try {
    await output.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
    await output.commit();
  } catch (cause) {
    await output.discard();
    throw cause;
  }
}

export function removeFile(path: string): Promise<void> {
  return rm(path, { force: true });
}

const STDOUT_DESCRIPTOR = 1;

/**
 * Refuses outputs that cannot be written, before any work is done, and two that would go to one file or to standard output.
 * Where one goes there, what is said for people goes to standard error.
 *
 * @param outputs paths by their flags
 * @param tables the flags that may be the address of a table in a database
 */
export async function claimOutputs(
  command: string,
  outputs: Readonly<Record<string, string | undefined>>,
  json = false,
  tables: readonly string[] = [],
): Promise<void> {
  const claims: string[] = json ? ['json'] : [];
  const files = new Map<string, string>();
  for (const [flag, path] of Object.entries(outputs)) {
    if (path === undefined) continue;
    if (isTableAddress(path)) {
      if (tables.includes(flag)) await placeFor(path, { places: databases }).claim(path);
      else throw new InputError(withoutPasswords(path), `--${flag} is a file here, no table.`);
      continue;
    }
    const stream = await outputStream(path);
    if (stream === undefined) {
      const file = await requireWritable(path);
      const other = file && files.get(file);
      if (other) throw new OptionError(command, flag, `another file than that of --${other}`, path);
      if (file) files.set(file, flag);
    }
    if (stream !== STDOUT_DESCRIPTOR) continue;
    if (claims.length > 0) {
      const wanted = `a file where --${claims[0]} goes to standard output`;
      throw new OptionError(command, flag, wanted, path);
    }
    claims.push(flag);
    if (!json) leaveStdoutToData();
  }
}

/** Refuses an output that cannot be written; the file it leads to, undefined where that is a pipe or a device. */
async function requireWritable(path: string): Promise<string | undefined> {
  if (isStoreAddress(path)) {
    throw new InputError(
      openStore(path).name,
      'a file is written here; tammes shard writes into a store.',
    );
  }
  const place = await guarded(path, () => placeOf(path));
  const target = 'target' in place ? place.target : path;
  const found = await stat(target).catch(() => undefined);
  if (found?.isDirectory()) throw new InputError(path, A_FOLDER);
  // A pipe or a device is written as it is, whatever its folder allows.
  if (found && !found.isFile()) return undefined;
  const folder = dirname(target);
  const isFolder = await stat(folder).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new InputError(path, `there is no folder ${dirname(path)} to write into.`);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new InputError(path, `the folder ${folder} cannot be written to.`, { cause });
  });
  return target;
}

/**
 * Refuses an output that is one of the inputs: codes in their place would lose them.
 *
 * @param flag of the output
 */
export async function requireOther(
  command: string,
  output: string,
  inputs: readonly string[],
  flag = 'output',
): Promise<void> {
  const own = await stat(output).catch(() => undefined);
  if (!own?.isFile()) return;
  for (const input of inputs) {
    const other = await stat(input).catch(() => undefined);
    if (other?.dev === own.dev && other.ino === own.ino)
      throw new OptionError(command, flag, 'another file than the input', output);
  }
}

/** Claims outputs, and refuses those that are one of the inputs; those that are not given are left out. */
export async function claimOtherOutputs(
  command: string,
  outputs: Readonly<Record<string, string | undefined>>,
  inputs: readonly (string | undefined)[],
  json?: boolean,
): Promise<void> {
  await claimOutputs(command, outputs, json);
  const known = inputs.filter((input) => input !== undefined);
  for (const [flag, path] of Object.entries(outputs))
    if (path !== undefined) await requireOther(command, path, known, flag);
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
