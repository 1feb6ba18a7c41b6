import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Packet, SessionInfo } from '../src/apps/studio/contract.ts';
import type { RemoteSession } from '../src/apps/studio/hosting/requests.ts';
import { httpConnection } from '../src/apps/studio/page/connection/http.ts';
import { later, relayedSession, servedStudio, TOKEN } from './shared/studio.ts';

type Served = Awaited<ReturnType<typeof servedStudio>>;
type Relayed = Awaited<ReturnType<typeof relayedSession>>;

let studio: Served;
let relayed: Relayed;

beforeAll(async () => {
  relayed = await relayedSession();
  studio = await servedStudio(relayed.session);
});
afterAll(async () => {
  await studio.close();
  relayed.end();
});

const errorOf = ({ status, text }: { status: number; text: string }) => {
  const { error } = JSON.parse(text) as { error: { code: string; sentence: string } };
  expect(error.sentence).toMatch(/^[^\n]+\.$/);
  return [status, error.code];
};
const post = (path: string, body: string, headers = {}) =>
  studio.ask(path, { method: 'POST', body, headers });

describe('who may ask', () => {
  test('the page itself comes without a token, and everything comes with the same guards', async () => {
    const page = await studio.ask('/', { headers: { authorization: '' } });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Tammes studio')]);
    for (const { headers } of [page, await studio.ask('/api/info'), await studio.ask('/nothing')]) {
      expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';");
      expect(headers['content-security-policy']).toContain("worker-src 'self' blob:");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('a missing, a wrong, a longer and a shorter token are refused', async () => {
    for (const authorization of [
      '',
      'Bearer',
      `Bearer ${TOKEN.slice(1)}e`,
      `Bearer ${TOKEN}f`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
    ]) {
      const answer = await studio.ask('/api/info', { headers: { authorization } });
      expect(errorOf(answer)).toEqual([401, 'token']);
    }
  });

  test('a page of another origin is refused, with the token and in a question before', async () => {
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${studio.port + 1}`]) {
      expect(errorOf(await studio.ask('/api/info', { headers: { origin } }))).toEqual([
        403,
        'origin',
      ]);
      const question = await studio.ask('/api/info', { method: 'OPTIONS', headers: { origin } });
      expect(question.status).toBe(403);
    }
    const own = await studio.ask('/api/info', {
      headers: { origin: `http://localhost:${studio.port}` },
    });
    expect(own.status).toBe(200);
  });

  test('another name that leads here is refused: DNS rebinding', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${studio.port}`,
      '127.0.0.1',
      `127.0.0.1.evil.example:${studio.port}`,
    ]) {
      expect(errorOf(await studio.ask('/', { headers: { host } }))).toEqual([421, 'host']);
    }
    const host = `localhost:${studio.port}`;
    expect((await studio.ask('/api/info', { headers: { host } })).status).toBe(200);
  });
});

describe('what may be asked', () => {
  test('only the files of the page, whatever the path says', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '//etc/passwd',
      '/index.html/..%5c..',
      '/constructor',
    ]) {
      expect(errorOf(await studio.ask(path))).toEqual([404, 'route']);
    }
  });

  test('unknown routes, methods and actions get a sentence', async () => {
    expect(errorOf(await studio.ask('/api/nothing'))).toEqual([404, 'route']);
    expect(errorOf(await studio.ask('/api/undo'))).toEqual([404, 'route']);
    expect(errorOf(await post('/api/actions/nothing', ''))).toEqual([404, 'action']);
    expect(errorOf(await post('/api/undo', ''))).toEqual([400, 'input']);
  });

  test('malformed bodies get a sentence', async () => {
    for (const body of ['{', '[1]', '"field"', '\xff', 'null'])
      expect(errorOf(await post('/api/actions/field', body))).toEqual([400, 'json']);
    expect(errorOf(await post('/api/show', '{"map":1}'))).toEqual([400, 'shown']);
    const json = { accept: 'application/json' };
    expect(errorOf(await post('/api/actions/field', '{"table":7}', json))).toEqual([400, 'option']);
    expect(errorOf(await post('/api/actions/field', '{"other":7}', json))).toEqual([400, 'option']);
  });

  test('an oversized message or file is refused before it is read, and while it comes', async () => {
    const large = 'x'.repeat(1e6 + 1);
    expect(errorOf(await post('/api/files?name=a.csv', large))).toEqual([413, 'size']);
    const pieces = await studio
      .ask('/api/files?name=a.csv', {
        method: 'POST',
        body: large,
        headers: { 'transfer-encoding': 'chunked' },
      })
      .then(errorOf);
    expect(pieces).toEqual([413, 'size']);
    const declared = await new Promise<string>((resolve) => {
      const socket = createConnection(studio.port, '127.0.0.1');
      socket.on('data', (data) => {
        resolve(String(data).split('\r\n')[0]);
        socket.destroy();
      });
      socket.write(
        `POST /api/actions/field HTTP/1.1\r\nHost: 127.0.0.1:${studio.port}\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 99000000\r\n\r\n{`,
      );
    });
    expect(declared).toMatch(/^HTTP\/1\.1 413/);
  });

  test('a file that is none, a name that is missing, a path as a name', async () => {
    expect(errorOf(await post('/api/files?name=a.npy', 'not numbers'))).toEqual([400, 'input']);
    expect(errorOf(await post('/api/files', 'a,b\n1,2\n'))).toEqual([400, 'name']);
    const opened = await post('/api/files?name=..%2F..%2Fb.csv', 'a,b\n1,2\n3,4\n');
    expect([opened.status, JSON.parse(opened.text)]).toEqual([200, { table: 'b' }]);
    const info = JSON.parse((await studio.ask('/api/info')).text) as SessionInfo;
    expect(info.tables.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'compass.csv'],
      ['b', 'b.csv'],
    ]);
    expect((await post('/api/undo', '')).status).toBe(200);
  });
});

describe('answers', () => {
  test('JSON where it is asked for: arrays as lists, what is missing as null', async () => {
    const { text } = await post('/api/actions/field', '{"field":"size"}', {
      accept: 'application/json',
    });
    expect(JSON.parse(text).arrays).toEqual({ values: { shape: [4], values: [1, 2, null, 4] } });
  });

  test('packets elsewhere, and the connection of the page reads them', async () => {
    const connection = httpConnection({ url: studio.url, token: TOKEN });
    const { arrays } = await connection.call('field', { field: 'size' });
    expect(arrays?.['values'].data).toEqual(Float64Array.of(1, 2, Number.NaN, 4));
    await expect(connection.call('field', { field: 'none' })).rejects.toThrow(
      'the table a has no field "none"; it has size, side, picture.',
    );
    expect((await connection.info()).tables[0].rows).toBe(4);
    expect((await connection.recipe()).files).toEqual([
      { id: 'a', name: 'compass.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    await connection.show({
      map: 'm',
      camera: { kind: 'plane', center: [0, 0], scale: 1 },
    });
    expect((await connection.info()).shown?.map).toBe('m');
    const picture = await connection.media('a', 'picture', 0);
    expect([picture.type, picture.size]).toEqual(['image/png', 3]);
    await expect(connection.media('a', 'size', 0)).rejects.toThrow('has no paths in "size"');
    await expect(connection.media('a', 'picture', 9)).rejects.toThrow('has 4 rows; got row 9');
  });

  test('two clients see the same session, and each hears what the other did', async () => {
    const [one, two] = [0, 1].map(() => httpConnection({ url: studio.url, token: TOKEN }));
    const heard: number[] = [];
    const until = later<void>();
    const end = two.onChange(({ tables }) => {
      heard.push(tables.length);
      if (heard.length === 1) void one.open(new File(['a,b\n1,2\n3,4\n'], 'b.csv'));
      if (heard.length === 2) void one.undo();
      if (heard.length === 3) until.resolve();
    });
    await until.promise;
    end();
    expect(heard).toEqual([1, 2, 1]);
  });
});

/** A session of which only `ask` matters. */
const fake = (ask: RemoteSession['ask']): RemoteSession => ({
  ask: async (request, listening) =>
    request.ask === 'actions'
      ? { facts: { actions: [{ id: 'long', summary: '', isStep: false, parameters: {} }] } }
      : ask(request, listening),
  onChange: () => () => {},
});

async function withFake<T>(
  ask: RemoteSession['ask'],
  use: (served: Served) => Promise<T>,
): Promise<T> {
  const served = await servedStudio(fake(ask));
  try {
    return await use(served);
  } finally {
    await served.close();
  }
}

describe('slow, broken and aborted', () => {
  test('a request that is aborted aborts the action', async () => {
    const stopped = later<void>();
    const started = later<void>();
    await withFake(
      async (_, { signal, onPacket } = {}) => {
        await onPacket?.({ kind: 'progress', stage: 'long', done: 0 });
        started.resolve();
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
        stopped.resolve();
        throw new Error('never heard');
      },
      async ({ url }) => {
        const controller = new AbortController();
        const call = httpConnection({ url, token: TOKEN }).call(
          'long',
          {},
          { signal: controller.signal },
        );
        await started.promise;
        controller.abort();
        await expect(call).rejects.toThrow('stopped on request');
        await stopped.promise;
      },
    );
  });

  test('readers that go while progress and frames are on their way disturb nobody', async () => {
    const values = new Float32Array(100_000);
    let ended = 0;
    await withFake(
      async (_, { signal, onPacket } = {}) => {
        try {
          for (let i = 0; !signal?.aborted; i++) {
            // More than a socket takes at once: it waits when the reader goes.
            void onPacket?.({ kind: 'progress', stage: 'x'.repeat(4e6), done: 0 });
            const arrays = { values: { data: values, shape: [values.length] } };
            if (i % 2) await onPacket?.({ kind: 'frame', facts: {}, arrays });
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        } finally {
          ended++;
        }
        return { facts: {} };
      },
      async ({ port }) => {
        for (let i = 0; i < 8; i++) {
          await new Promise<void>((resolve) => {
            const socket = createConnection(port, '127.0.0.1');
            socket.on('data', () => socket.destroy());
            socket.on('close', () => resolve());
            socket.write(
              `POST /api/actions/long HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 0\r\n\r\n`,
            );
          });
        }
        await vi.waitFor(() => expect(ended).toBe(8));
      },
    );
  });

  test('a reader that stops reading holds the frames back, and gets them all in order', async () => {
    const values = new Float32Array(250_000);
    let sent = 0;
    await withFake(
      async (_, { onPacket } = {}) => {
        for (let i = 0; i < 40; i++) {
          const arrays = { values: { data: values, shape: [values.length] } };
          await onPacket?.({ kind: 'frame', facts: { i }, arrays } as Packet);
          sent++;
        }
        return { facts: { done: true } };
      },
      async ({ url }) => {
        const seen: unknown[] = [];
        const hold = later<void>();
        const call = httpConnection({ url, token: TOKEN }).call(
          'long',
          {},
          {
            async onFrame({ facts }) {
              seen.push(facts['i']);
              if (seen.length === 1) await hold.promise;
            },
          },
        );
        // Long enough for all forty where nothing held them back.
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(sent).toBeLessThan(30);
        hold.resolve();
        await call;
        expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => i));
      },
    );
  });

  test('an action that crashes is a sentence, and the next is answered', async () => {
    let calls = 0;
    await withFake(
      async () => {
        if (calls++ === 0) throw new TypeError('x is undefined');
        return { facts: { calls } };
      },
      async ({ url }) => {
        const connection = httpConnection({ url, token: TOKEN });
        await expect(connection.call('long')).rejects.toThrow('x is undefined');
        expect((await connection.call('long')).facts).toEqual({ calls: 2 });
      },
    );
  });

  test('a server that is gone is told in a sentence that says how to go on', async () => {
    const own = await relayedSession();
    const served = await servedStudio(own.session);
    const connection = httpConnection({ url: served.url, token: TOKEN });
    const lost = later<string>();
    const ready = later<void>();
    connection.onChange(() => ready.resolve(), lost.resolve);
    await ready.promise;
    await served.close();
    own.end();
    expect(await lost.promise).toMatch(/start tammes studio again/);
    await expect(connection.info()).rejects.toThrow(/does not answer/);
  });

  test('a session that ended is told to those who wait, and the server lives on', async () => {
    const own = await relayedSession();
    const served = await servedStudio(own.session);
    own.session.lose('the session ended (no memory); start tammes studio again.');
    const answer = await served.ask('/api/info');
    expect(errorOf(answer)).toEqual([503, 'lost']);
    expect((await served.ask('/')).status).toBe(200);
    await served.close();
    own.end();
  });

  test('a request that comes in pieces is answered when it is whole', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = createConnection(studio.port, '127.0.0.1');
      let got = '';
      socket.on('data', (data) => {
        got += String(data);
        if (got.includes('"shape"')) socket.end(() => resolve(got));
      });
      const body = '{"field":"size"}';
      const head = `POST /api/actions/field HTTP/1.1\r\nHost: 127.0.0.1:${studio.port}\r\nAuthorization: Bearer ${TOKEN}\r\nAccept: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      const pieces = (head + body).match(/.{1,60}/gs) ?? [];
      const next = () => {
        const piece = pieces.shift();
        if (piece !== undefined) socket.write(piece, () => setTimeout(next, 2));
      };
      next();
    });
    expect(text).toMatch(/^HTTP\/1\.1 200/);
  });
});
