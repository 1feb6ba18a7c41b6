import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command as a package manager links it. */
export const bin = fileURLToPath(new URL('../../bin/tammes.js', import.meta.url));

/** An empty folder, and `tammes` run in it. */
export function commandIn(prefix: string) {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  return {
    folder,
    at: (name: string) => join(folder, name),
    tammes: (...args: string[]) => {
      const run = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8' });
      return { code: run.status, out: run.stdout, err: run.stderr };
    },
  };
}
