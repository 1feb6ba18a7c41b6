// A Redis of one's own on a free port, for tests and benches.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { REDIS_SERVER: PATH = '/usr/bin/redis-server' } = process.env;

export const redisMissing = existsSync(PATH)
  ? undefined
  : `no redis-server at ${PATH}; install it or name it in the variable REDIS_SERVER`;

export async function startRedis({ log = false, password = '' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tammes-redis-'));
  const port = await freePort();
  let server;
  const start = async () => {
    const persistence = [
      '--save',
      '',
      '--appendonly',
      log ? 'yes' : 'no',
      '--appendfsync',
      'always',
    ];
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const secret = password === '' ? [] : ['--requirepass', password];
    server = spawn(PATH, [...place, ...persistence, ...secret], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    await new Promise((ready, fail) => {
      server.stdout.on('data', (part) => {
        said += String(part);
        if (said.includes('Ready to accept connections')) ready();
      });
      server.once('exit', () => fail(new Error(`Redis did not start: ${said}`)));
    });
  };
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    port,
    url: `redis://${password === '' ? '' : `:${password}@`}127.0.0.1:${port}`,
    kill,
    restart: start,
    async end() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
