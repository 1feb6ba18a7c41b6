import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command as a package manager links it. */
export const bin = fileURLToPath(new URL('../../bin/tammes.js', import.meta.url));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `tammes` in a folder, not in turns with this process: what it asks may be answered here. */
export const beside = (folder: string, ...args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd: folder }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

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

/** A command that runs until it is stopped, once it has printed its first line; `stop` interrupts it and gives its exit code. */
export async function started(folder: string, ...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder });
  let out = '';
  let err = '';
  child.stderr.on('data', (data) => {
    err += String(data);
  });
  const closed = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      out += String(data);
      if (out.includes('\n')) resolve();
    });
    closed.then(() => reject(new Error(err || 'it printed nothing')), reject);
  });
  return {
    line: out.split('\n')[0],
    async stop() {
      child.kill('SIGINT');
      const [code] = await closed;
      return { code: code as number | null, out, err };
    },
  };
}
