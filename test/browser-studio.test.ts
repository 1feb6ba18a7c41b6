import { expect, test } from 'vitest';
import { chooseEngine } from '../src/engine/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { pageServer } from './shared/page-server.ts';
import { studied } from './shared/studied.ts';

const PAGE = `<!doctype html><script type="module">
  import { chooseEngine } from '/src/engine/index.ts';
  import { studied } from '/test/shared/studied.ts';
  window.studied = async () => studied(await chooseEngine('wasm', { threads: 1 }));
</script>`;

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test(`a session has the same facts and bytes for one thread and two, and in a page${skipped}`, async () => {
  const engines = await Promise.all([1, 2].map((threads) => chooseEngine('wasm', { threads })));
  try {
    const [one, two] = [await studied(engines[0]), await studied(engines[1])];
    expect(two).toEqual(one);
    if (!chromiumMissing) expect(await there()).toEqual(one);
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}, 60_000);

async function there(): Promise<unknown> {
  const server = await pageServer('custom');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await server.listen();
    await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
    await page.goto(`${server.resolvedUrls?.local[0]}page`);
    await page.waitForFunction('window.studied');
    return await page.evaluate('window.studied()');
  } finally {
    await browser.close();
    await server.close();
  }
}
