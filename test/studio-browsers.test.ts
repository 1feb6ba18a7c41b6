import { writeFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Packet } from '../src/apps/studio/contract.ts';
import { Session } from '../src/apps/studio/session/session.ts';
import { openedTable } from '../src/apps/studio/session/table.ts';
import { chooseEngine } from '../src/engine/index.ts';
import { BROWSERS, browserMissing, launchBrowser } from '../src/testing/browsers.ts';
import { Reader } from '../src/testing/reader.ts';
import { commandIn, started } from './shared/command.ts';

const { at, folder } = commandIn('tammes-studio-browsers-');
const rows = Array.from({ length: 200 }, (_, i) => {
  const place = [Math.cos(7 * i), Math.sin(3 * i), Math.cos(11 * i + 1), Math.sin(i * i)];
  return `item${i},${place.map((value) => value.toFixed(5)).join(',')}`;
});
const CSV = ['label,a,b,c,d', ...rows].join('\n');
writeFileSync(at('rows.csv'), CSV);
writeFileSync(at('picked.csv'), CSV);

let studio: Awaited<ReturnType<typeof started>>;
let url: string;
beforeAll(async () => {
  studio = await started(folder, 'studio', at('rows.csv'), '--vector', 'a,b,c,d', '--json');
  url = (JSON.parse(studio.line) as { url: string }).url;
});
afterAll(async () => {
  // Readers that went away without a word did not disturb it.
  expect(await studio.stop()).toMatchObject({ code: 0, err: '' });
});

/** What Node's WASM engine makes of the steps that the page's worker is told. */
async function digestHere(): Promise<readonly (string | undefined)[]> {
  const engine = await chooseEngine('wasm', { threads: 1 });
  const table = await openedTable('a', new File([CSV], 'rows.csv'));
  const session = new Session(engine, [table]);
  for (const parameters of STEPS) await session.do('map', parameters);
  await engine.dispose();
  return [table.sha256, ...session.recipe().steps.map(({ digest }) => digest)];
}
const STEPS = [
  { method: 'pca', quality: false },
  { method: 'umap', quality: false },
];

describe.each(BROWSERS)('the built page in %s', (name) => {
  const missing = browserMissing(name);
  let browser: Browser;
  beforeAll(async () => {
    if (!missing) browser = await launchBrowser(name);
  });
  afterAll(() => browser?.close());

  test.skipIf(missing)('reads the session, and takes the token out of the address', async () => {
    const { page, complaints } = await Reader.at(browser, url);
    await page.waitForFunction(() => document.body.textContent?.includes('200'));
    expect(await page.evaluate(() => [location.hash, crossOriginIsolated])).toEqual(['', true]);
    await page.reload();
    await page.waitForFunction(() => document.body.textContent?.includes('200'));
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.skipIf(missing)(
    'opens a dropped file in a worker of its own, to the same bytes as Node',
    async () => {
      const { page, complaints } = await Reader.at(browser, new URL(url).origin);
      const made = await page.evaluate(
        async (text, steps) => {
          const worker = new Worker('worker.js', { type: 'module' });
          let id = 0;
          const ask = (request: object) =>
            new Promise<Packet & { kind: 'answer' }>((resolve, reject) => {
              const own = id++;
              const listen = ({ data }: MessageEvent) => {
                if (data.id !== own) return;
                worker.removeEventListener('message', listen);
                if (data.packet.kind === 'answer') resolve(data.packet);
                else reject(new Error(data.packet.sentence));
              };
              worker.addEventListener('message', listen);
              worker.postMessage({ id: own, request, listens: false });
            });
          const bytes = new TextEncoder().encode(text);
          await ask({ ask: 'open', name: 'rows.csv', bytes });
          for (const parameters of steps) await ask({ ask: 'call', action: 'map', parameters });
          const { facts } = await ask({ ask: 'recipe' });
          worker.terminate();
          return facts as never as {
            engine: string;
            files: { sha256: string }[];
            steps: { digest: string }[];
          };
        },
        CSV,
        STEPS,
      );
      expect(made.engine).toBe('wasm');
      expect([made.files[0].sha256, ...made.steps.map(({ digest }) => digest)]).toEqual(
        await digestHere(),
      );
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test.skipIf(missing)(
    'shows a file that the reader picks, with a server and without',
    async () => {
      for (const address of [url, new URL(url).origin]) {
        const of = await Reader.at(browser, address);
        await of.upload(at('picked.csv'));
        await of.find('.file', 'picked.csv');
        await of.find('tammes-view');
        expect(of.complaints).toEqual([]);
        await of.page.close();
      }
    },
  );

  test.skipIf(missing)(
    'a page of another origin can neither read nor embed the studio',
    async () => {
      const { page } = await Reader.at(browser, 'data:text/html,<title>elsewhere</title>');
      const { origin, hash } = new URL(url);
      const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
      const read = await page.evaluate(
        (address, authorization) =>
          fetch(`${address}/api/info`, { headers: { authorization } }).then(
            () => 'read',
            () => 'refused',
          ),
        origin,
        `Bearer ${token}`,
      );
      expect(read).toBe('refused');
      await page.close();
    },
  );
});
