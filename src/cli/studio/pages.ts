import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageFile } from '../../apps/studio/server/app.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** The files of the page as they were built; what is not among them is not there. */
export async function studioPages(): Promise<ReadonlyMap<string, PageFile>> {
  const folder = fileURLToPath(new URL('../../studio/', import.meta.url));
  const names = await readdir(folder);
  return new Map(
    names.flatMap((name) => {
      const type = TYPES[extname(name)];
      return type ? [[name, { type, bytes: () => readFile(join(folder, name)) }]] : [];
    }),
  );
}
