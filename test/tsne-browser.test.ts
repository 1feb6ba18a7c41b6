import { expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { chooseEngine } from '../src/engine/index.ts';
import { rieSne, tsne } from '../src/families/reduction/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { pageServer } from './shared/page-server.ts';

/** Rows enough for the mesh of t-SNE, and few for the sphere, whose steps go over all pairs. */
const MANY = { n: 4100, d: 4 };
const FEW = { n: 60, d: 4 };
const SHORT = { earlySteps: 20, steps: 20 };
const ROUND = { ...SHORT, target: 'sphere', perplexity: 8 } as const;

const PAGE = `<!doctype html><script type="module">
  import { chooseEngine } from '/src/engine/index.ts';
  import { rieSne, tsne } from '/src/families/reduction/index.ts';
  window.answer = async (many, few, short, round) => {
    const engine = await chooseEngine('wasm', { threads: 1 });
    const points = ({ n, d, data }) => ({ rows: n, cols: d, data: Float32Array.from(data) });
    const flat = await tsne(points(many), short, { engine });
    const sphere = await rieSne(points(few), round, { engine });
    return [[...flat.points.data], [...sphere.points.data]];
  };
</script>`;

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test.skipIf(chromiumMissing)(
  `a page draws t-SNE and Rie-SNE to the bytes of Node${skipped}`,
  async () => {
    const [many, few] = [MANY, FEW].map(({ n, d }) => {
      const random = Random.fromSeed(n);
      return { n, d, data: Array.from({ length: n * d }, () => Math.fround(random.normal())) };
    });
    const engine = await chooseEngine('wasm', { threads: 2 });
    const points = ({ n, d, data }: typeof many) => matrix(Float32Array.from(data), n, d);
    const flat = await tsne(points(many), SHORT, { engine });
    const sphere = await rieSne(points(few), ROUND, { engine });
    await engine.dispose();

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
      const given = [many, few, SHORT, ROUND].map((value) => JSON.stringify(value)).join();
      const there = await page.evaluate(`answer(${given})`);
      expect(there).toEqual([[...flat.points.data], [...sphere.points.data]]);
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
