import { InputError, TammesError } from '../../core/errors.ts';

export const A_FOLDER = 'this is a folder; a file is expected.';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  EACCES: 'permission denied.',
  EPERM: 'permission denied.',
  EROFS: 'the file system is read-only.',
  ENOSPC: 'the disk is full; nothing was written.',
  EDQUOT: 'the disk quota is used up; nothing was written.',
  EFBIG: 'the file would be larger than allowed here; nothing was written.',
  EISDIR: A_FOLDER,
  ENOTDIR: 'a part of the path is a file, not a folder.',
  ENAMETOOLONG: 'the name is too long.',
  ELOOP: 'too many links lead to one another.',
  EMFILE: 'too many files are open; a higher limit (ulimit -n) or fewer files at once help.',
  ENFILE: 'too many files are open on this machine.',
  ENXIO: 'nothing answers at this name; it is a socket or a device that is not there.',
  EBUSY: 'another program holds it.',
  ETXTBSY: 'it is a program that runs.',
  ESTALE: 'the file vanished while it was read.',
  EBADF: 'the stream is not open.',
  EPIPE: 'the reader of the output went away.',
  EIO: 'the disk reported an error.',
};

/** What the operating system calls an error; undefined where it is none of its own. */
export function systemCode(cause: unknown): string | undefined {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && !(cause instanceof TammesError) ? code : undefined;
}

/** One sentence for an error of the file system; `sent`: some bytes have already gone to a stream. */
export function fileError(name: string, cause: unknown, sent = false): Error {
  const code = systemCode(cause);
  if (code === undefined) return cause as Error;
  const reason = REASONS[code] ?? `the file system answered ${code}.`;
  const sentence = sent ? reason.replace('nothing was written', 'not all was written') : reason;
  return new InputError(name, sentence, { cause });
}

/** Runs `work`; errors of the file system become one sentence about `name`. */
export async function guarded<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw fileError(name, cause);
  }
}
