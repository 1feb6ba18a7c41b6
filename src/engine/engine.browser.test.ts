import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createViteServer } from 'vitest/node';
import { toFloat32, zerosLike } from '../core/matrix.ts';
import { chromiumMissing, launchChromium } from '../testing/chromium.ts';
import { uniformRows } from '../testing/points.ts';
import { chooseEngine } from './choose.ts';

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const kernel = { shape: 'laplace', distance: 'geodesic', scale: 1.5 } as const;
const points = toFloat32(uniformRows(800, 30, 1));

const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Serves the sources as a bundler would see them. */
function serve(headers: Record<string, string>): ReturnType<typeof createViteServer> {
  return createViteServer({
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    resolve: {
      alias: {
        '#threads': at('threads.browser.ts'),
        '#addon': at('native/addon.browser.ts'),
      },
    },
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, hmr: false, watch: null, headers },
  });
}

/** A page that does what `inNode` does. */
const PAGE = `<!doctype html><script type="module">
  import { chooseEngine } from '/src/engine/index.ts';
  window.answer = async (values, rows, cols, kernel) => {
    const engine = await chooseEngine('wasm', { threads: 3 });
    const points = { data: Float32Array.from(values), rows, cols };
    const gradient = { data: new Float32Array(values.length), rows, cols };
    const { sum } = await engine.pairwiseEnergy(points, kernel, gradient);
    const { indices } = await engine.nearest(points, 5);
    await engine.dispose();
    return { threads: engine.threads, sum, gradient: [...gradient.data], indices: [...indices] };
  };
</script>`;

async function inNode(): Promise<object> {
  const engine = await chooseEngine('wasm', { threads: 2 });
  const gradient = zerosLike(points);
  const { sum } = await engine.pairwiseEnergy(points, kernel, gradient);
  const { indices } = await engine.nearest(points, 5);
  await engine.dispose();
  return { sum, gradient: [...gradient.data], indices: [...indices] };
}

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

describe.skipIf(chromiumMissing)(`the wasm engine in Chromium${skipped}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each([
    ['3 threads in an isolated page', ISOLATION, 3],
    ['one thread in a page that may not share memory', {}, 1],
  ])('gives the same bytes as in Node: %s', async (_, headers, threadCount) => {
    const server = await serve(headers);
    try {
      await server.listen();
      const page = await browser.newPage();
      const contentType = 'text/html';
      await page.route('**/page', (route) => route.fulfill({ contentType, body: PAGE, headers }));
      await page.goto(`${server.resolvedUrls?.local[0]}page`);
      await page.waitForFunction('window.answer');
      const call = `answer(${JSON.stringify([...points.data])}, ${points.rows}, ${points.cols}, ${JSON.stringify(kernel)})`;
      expect(await page.evaluate(call)).toEqual({ threads: threadCount, ...(await inNode()) });
    } finally {
      await server.close();
    }
  });
});
