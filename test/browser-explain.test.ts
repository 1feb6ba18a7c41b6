import { expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { chooseEngine } from '../src/engine/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { explained } from './shared/explained.ts';
import { pageServer } from './shared/page-server.ts';

const PAGE = `<!doctype html><script type="module">
  import { chooseEngine } from '/src/engine/index.ts';
  import { explained } from '/test/shared/explained.ts';
  window.explained = async (values) =>
    explained(Float32Array.from(values), await chooseEngine('wasm', { threads: 1 }));
</script>`;

/** 60 rows of 6 columns; rows of the second class lie farther along the first. */
const values = (() => {
  const random = Random.fromSeed(5);
  return Float32Array.from({ length: 60 * 6 }, (_, e) =>
    e % 6 === 0 && e >= 180 ? 2 + random.normal() : random.normal(),
  );
})();

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test(`what is explained has the same bytes for one thread and two, and in a page${skipped}`, async () => {
  const engines = await Promise.all([1, 2].map((threads) => chooseEngine('wasm', { threads })));
  try {
    const [one, two] = [await explained(values, engines[0]), await explained(values, engines[1])];
    expect(Object.values(one).every((numbers) => numbers.length > 0)).toBe(true);
    expect(two).toEqual(one);
    if (!chromiumMissing) expect(await there()).toEqual(one);
  } finally {
    for (const engine of engines) await engine.dispose();
  }
});

async function there(): Promise<unknown> {
  const server = await pageServer('custom');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await server.listen();
    await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
    await page.goto(`${server.resolvedUrls?.local[0]}page`);
    await page.waitForFunction('window.explained');
    return await page.evaluate(`window.explained(${JSON.stringify([...values])})`);
  } finally {
    await browser.close();
    await server.close();
  }
}
