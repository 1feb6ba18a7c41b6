import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A real server of PostgreSQL in a folder of its own, for one user with a password. */
export interface PostgresServer {
  /** With the password. */
  readonly address: string;
  readonly password: string;
  /** Ends it as a power cut would. */
  kill(): void;
  stop(): Promise<void>;
}

/** Where Debian has the programs of each version, the newest first. */
const PLACES = '/usr/lib/postgresql';

function programs(): string | undefined {
  if (!existsSync(PLACES)) return undefined;
  const versions = readdirSync(PLACES).toSorted((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(PLACES, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/** Why tests with a real server cannot run; empty where they can. */
export const missingServer = (): string =>
  programs() && (userInfo().uid !== 0 || hasUser()) ? '' : 'apt-get install postgresql';

/** Why tests with pgvector in a real server cannot run; empty where they can. */
export function missingVectors(): string {
  const version = programs()?.split('/').at(-2) ?? '';
  const control = `/usr/share/postgresql/${version}/extension/vector.control`;
  return missingServer() || (existsSync(control) ? '' : 'pgvector for the real server');
}

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
const hasUser = (): boolean => ids() !== undefined;

function ids(): { readonly uid: number; readonly gid: number } | undefined {
  try {
    const of = (flag: string): number =>
      Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: of('-u'), gid: of('-g') };
  } catch {
    return undefined;
  }
}

export async function startPostgresServer(): Promise<PostgresServer> {
  const bin = programs() ?? '';
  const own = userInfo().uid === 0 ? ids() : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'tammes-postgres-'));
  const password = 'pass:w@rd/geheim';
  const secret = join(folder, 'password');
  writeFileSync(secret, password);
  if (own) execFileSync('chown', ['-R', `${own.uid}:${own.gid}`, folder]);
  const data = join(folder, 'data');
  const flags = ['-D', data, '-U', 'me', '-A', 'scram-sha-256', `--pwfile=${secret}`, '--no-sync'];
  execFileSync(join(bin, 'initdb'), [...flags, '--locale=C', '-E', 'UTF8'], {
    ...own,
    cwd: folder,
    stdio: 'ignore',
  });
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'],
    { ...own, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  await new Promise<void>((ready, fail) => {
    let said = '';
    server.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('ready to accept connections')) ready();
    });
    server.once('exit', () => fail(new Error(`PostgreSQL did not start: ${said}`)));
  });
  return {
    address: `postgres://me:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    password,
    kill: () => server.kill('SIGQUIT'),
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
