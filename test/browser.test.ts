import { expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { disperse, encode, measure, read } from '../src/index.ts';
import { powerSpherical } from '../src/manifolds/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { pageServer } from './shared/page-server.ts';

/** What a page of a user would do: the package, and a file that was dropped on it. */
const PAGE = `<!doctype html><script type="module">
  import { disperse, measure, read } from '/src/index.ts';
  window.answer = async (bytes) => {
    const table = await read(new File([Uint8Array.from(bytes)], 'points.npy'));
    const { engine, minAngleDeg, mmd } = await measure(table, { null: 'none' });
    const { points } = await disperse(table, { passes: 10, batch: 100, fidelity: 0.1 });
    return { engine, minAngleDeg, mmd, points: [...points.data] };
  };
</script>`;

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test.skipIf(chromiumMissing)(
  `a page reads, measures and spreads to the bytes of the wasm engine in Node${skipped}`,
  async () => {
    const mean = Float64Array.of(1, 0, 0, 0, 0);
    const table = { points: powerSpherical(300, mean, 20, Random.fromSeed(5)) };
    const bytes = await encode(table, { format: 'npy' });
    const here = await read(bytes);
    const { engine, minAngleDeg, mmd } = await measure(here, { null: 'none', engine: 'wasm' });
    const { points } = await disperse(here, {
      passes: 10,
      batch: 100,
      fidelity: 0.1,
      engine: 'wasm',
    });

    const server = await pageServer('custom');
    const browser = await launchChromium();
    try {
      await server.listen();
      const page = await browser.newPage();
      await page.route('**/page', (route) =>
        route.fulfill({ contentType: 'text/html', body: PAGE }),
      );
      await page.goto(`${server.resolvedUrls?.local[0]}page`);
      await page.waitForFunction('window.answer');
      const there = await page.evaluate(`answer(${JSON.stringify([...bytes])})`);
      expect(there).toEqual({ engine, minAngleDeg, mmd, points: [...points.data] });
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
