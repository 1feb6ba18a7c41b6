import { expect, test } from 'vitest';
import { toFloat32 } from '../src/core/matrix.ts';
import { chooseEngine } from '../src/engine/index.ts';
import { largevis, umap } from '../src/families/reduction/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { uniformRows } from '../src/testing/points.ts';
import { pageServer } from './shared/page-server.ts';

/** One connected cloud: the start is spectral. */
const points = toFloat32(uniformRows(90, 4, 1));
const OPTIONS = { umap: { epochs: 60 }, largevis: { samples: 400, k: 30, perplexity: 8 } };

const PAGE = `<!doctype html><script type="module">
  import { chooseEngine } from '/src/engine/index.ts';
  import { largevis, umap } from '/src/families/reduction/index.ts';
  window.answer = async (values, rows, cols, options) => {
    const points = { data: Float32Array.from(values), rows, cols };
    const engine = await chooseEngine('wasm', { threads: 1 });
    const maps = {};
    for (const [id, method] of Object.entries({ umap, largevis })) {
      const { points: map, model } = await method(points, options[id], { engine });
      const placed = await method.transform(model, points, { engine });
      maps[id] = { map: [...map.data], placed: [...placed.data] };
    }
    return maps;
  };
</script>`;

async function inNode(threads: number): Promise<object> {
  const engine = await chooseEngine('wasm', { threads });
  try {
    const maps: Record<string, object> = {};
    for (const [id, method] of Object.entries({ umap, largevis })) {
      const options = OPTIONS[id as keyof typeof OPTIONS];
      const { points: map, model } = await method(points, options, { engine });
      const placed = await method.transform(model, points, { engine });
      maps[id] = { map: [...map.data], placed: [...placed.data] };
    }
    return maps;
  } finally {
    await engine.dispose();
  }
}

test('maps and placed rows have the same bytes on one and two threads', async () => {
  expect(await inNode(2)).toEqual(await inNode(1));
});

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test.skipIf(chromiumMissing)(
  `maps and placed rows have the same bytes in Chromium as in Node${skipped}`,
  async () => {
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
      const call = `answer(${JSON.stringify([...points.data])}, ${points.rows}, ${points.cols}, ${JSON.stringify(OPTIONS)})`;
      expect(await page.evaluate(call)).toEqual(await inNode(1));
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
