import { expect, test } from 'vitest';
import { compress, encodeStore, openStore } from '../src/apps/store/index.ts';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { pageServer } from './shared/page-server.ts';

/** What a page would do with a store on its server, and with one that was dropped on it. */
const PAGE = `<!doctype html><script type="module">
  import { openStore } from '/src/apps/store/index.ts';
  const answers = async (store) => ({
    known: [...await store.vector('word 77')],
    unknown: [...await store.vector('wrod 77')],
    near: await store.near({ formula: "'word 1' - 'word 2'" }, { k: 3 }),
  });
  window.answer = async (bytes) => ({
    address: await answers(await openStore(new URL('/a.tammes', location.href))),
    file: await answers(await openStore(new File([Uint8Array.from(bytes)], 'a.tammes'))),
  });
</script>`;

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test.skipIf(chromiumMissing)(
  `a page asks a store by ranges, and gets what Node gets, unknown words included${skipped}`,
  async () => {
    const random = Random.fromSeed(4);
    const [n, d] = [20_000, 4];
    const points = matrix(
      Float32Array.from({ length: n * d }, () => random.normal()),
      n,
      d,
    );
    const labels = Array.from({ length: n }, (_, i) => `word ${i}`);
    const pieces = await encodeStore(await compress(points, 'int8'), { labels });
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    const here = await openStore(bytes);

    const server = await pageServer('custom');
    const browser = await launchChromium();
    let sent = 0;
    try {
      await server.listen();
      const page = await browser.newPage();
      await page.route('**/page', (route) =>
        route.fulfill({ contentType: 'text/html', body: PAGE }),
      );
      await page.route('**/a.tammes', (route) => {
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(route.request().headers()['range']) ?? [];
        const part = bytes.subarray(Number(from), Number(to) + 1);
        sent = Math.max(sent, part.length);
        const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
        return route.fulfill({
          status: 206,
          headers: { 'content-range': range },
          body: Buffer.from(part),
        });
      });
      await page.goto(`${server.resolvedUrls?.local[0]}page`);
      await page.waitForFunction('window.answer');
      const there = await page.evaluate(`answer(${JSON.stringify([...bytes])})`);
      const { neighbors, ...others } = await here.near(
        { formula: "'word 1' - 'word 2'" },
        { k: 3 },
      );
      const expected = {
        known: [...(await here.vector('word 77'))],
        unknown: [...(await here.vector('wrod 77'))],
        near: {
          neighbors: neighbors.map(({ row, label }) =>
            expect.objectContaining({ row, label, cosine: expect.any(Number) }),
          ),
          ...others,
        },
      };
      expect(there).toEqual({ address: expected, file: expected });
      expect(sent).toBeLessThan(bytes.length / 2);
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
