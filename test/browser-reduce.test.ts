import { expect, test } from 'vitest';
import { reduce } from '../src/apps/verbs/reduce.ts';
import { Random } from '../src/core/random.ts';
import { chooseEngine } from '../src/engine/choose.ts';
import { powerSpherical } from '../src/manifolds/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { pageServer } from './shared/page-server.ts';

/** Reductions, and options under which they do what they do for many rows. */
const REDUCTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  pca: { dim: 3, solver: 'randomized' },
  mpad: { dim: 2 },
  'random-projection': { dim: 4 },
  'spherical-pca': { dim: 3 },
};

const PAGE = `<!doctype html><script type="module">
  import { reduce } from '/src/apps/verbs/reduce.ts';
  window.answer = async (method, options, values, rows, cols) => {
    const { points } = await reduce({ data: Float32Array.from(values), rows, cols }, method, options);
    return [...points.data];
  };
</script>`;

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test.skipIf(chromiumMissing)(
  `a page reduces rows to the bytes of the wasm engine in Node, one thread or two${skipped}`,
  async () => {
    const points = powerSpherical(200, Float64Array.of(1, 0, 0, 0, 0, 0), 5, Random.fromSeed(2));
    const server = await pageServer('custom');
    const browser = await launchChromium();
    const engines = await Promise.all([1, 2].map((threads) => chooseEngine('wasm', { threads })));
    try {
      await server.listen();
      const page = await browser.newPage();
      await page.route('**/page', (route) =>
        route.fulfill({ contentType: 'text/html', body: PAGE }),
      );
      await page.goto(`${server.resolvedUrls?.local[0]}page`);
      await page.waitForFunction('window.answer');
      for (const [method, options] of Object.entries(REDUCTIONS)) {
        const given = [method, options, [...points.data], points.rows, points.cols];
        const there = await page.evaluate(`answer(...${JSON.stringify(given)})`);
        for (const engine of engines) {
          const here = await reduce(points, method, options, { engine });
          expect(there, method).toEqual([...here.points.data]);
        }
      }
    } finally {
      await browser.close();
      await server.close();
      for (const engine of engines) await engine.dispose();
    }
  },
);
