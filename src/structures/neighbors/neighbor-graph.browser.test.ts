import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createViteServer } from 'vitest/node';
import { toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { chromiumMissing, launchChromium } from '../../testing/chromium.ts';
import { uniformRows } from '../../testing/points.ts';
import { neighborGraph } from './neighbor-graph.ts';

const points = toFloat32(uniformRows(900, 8, 1));

const src = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Does in a page what `inNode` does. */
const PAGE = `<!doctype html><script type="module">
  import { Random } from '/src/core/random.ts';
  import { chooseEngine } from '/src/engine/choose.ts';
  import { neighborGraph } from '/src/structures/neighbors/neighbor-graph.ts';
  window.answer = async (values, rows, cols) => {
    const engine = await chooseEngine('wasm');
    const points = { data: Float32Array.from(values), rows, cols };
    const options = { engine, random: Random.fromSeed(3), exactRows: 0 };
    const { graph, recall } = await neighborGraph(points, 6, options);
    await engine.dispose();
    return { indices: [...graph.indices], distances: [...graph.distances], recall };
  };
</script>`;

async function inNode(): Promise<object> {
  const engine = await chooseEngine('wasm', { threads: 2 });
  const options = { engine, random: Random.fromSeed(3), exactRows: 0 };
  const { graph, recall } = await neighborGraph(points, 6, options);
  await engine.dispose();
  return { indices: [...graph.indices], distances: [...graph.distances], recall };
}

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

describe.skipIf(chromiumMissing)(`the approximate graph in Chromium${skipped}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('is the same, to the bit, as in Node', async () => {
    const server = await createViteServer({
      root: src('..'),
      configFile: false,
      logLevel: 'silent',
      appType: 'custom',
      resolve: {
        alias: {
          '#threads': src('engine/threads.browser.ts'),
          '#addon': src('engine/native/addon.browser.ts'),
        },
      },
      optimizeDeps: { noDiscovery: true },
      server: { port: 0, hmr: false, watch: null },
    });
    try {
      await server.listen();
      const page = await browser.newPage();
      await page.route('**/page', (route) =>
        route.fulfill({ contentType: 'text/html', body: PAGE }),
      );
      await page.goto(`${server.resolvedUrls?.local[0]}page`);
      await page.waitForFunction('window.answer');
      const call = `answer(${JSON.stringify([...points.data])}, ${points.rows}, ${points.cols})`;
      expect(await page.evaluate(call)).toEqual(await inNode());
    } finally {
      await server.close();
    }
  });
});
