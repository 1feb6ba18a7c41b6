import { isAbsolute, relative, sep } from 'node:path';

/** A file as a command here names it: from the folder of work where it lies in it, else as it was given. */
export function fileInWords(name: string, folder = process.cwd()): string {
  if (!isAbsolute(name)) return name;
  const path = relative(folder, name);
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
    ? name
    : path;
}
