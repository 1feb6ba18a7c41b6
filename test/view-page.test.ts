import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type BrowserName, browserMissing, launchBrowser } from '../src/testing/browsers.ts';
import type { TammesView } from '../src/view/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = readFileSync(join(root, 'docs/view.md'), 'utf8');
const [, html = ''] = /```html\n([\s\S]*?)```/.exec(text) ?? [];

test('the page says how large the script is', () => {
  const size = readFileSync(join(root, 'dist/studio/view.js')).length;
  const [, said] = /one script of (\d+) kB/.exec(text) ?? [];
  expect(Math.abs(size / 1000 - Number(said))).toBeLessThan(3);
});

describe.each<BrowserName>(['chromium', 'firefox'])('docs/view.md in %s', (name) => {
  const skip = browserMissing(name);
  test.skipIf(skip)(
    `its page works from a folder${skip ? ` (skipped: ${skip})` : ''}`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tammes-view-page-'));
      cpSync(join(root, 'dist/studio/view.js'), join(folder, 'view.js'));
      writeFileSync(join(folder, 'index.html'), html);
      const browser = await launchBrowser(name);
      try {
        const page = await browser.newPage();
        const said: string[] = [];
        // Chromium warns on its own where it has no graphics card.
        page.on('console', (message) => {
          if (message.type() !== 'warn') said.push(message.text());
        });
        page.on('pageerror', (error) => said.push(String(error)));
        await page.setViewport({ width: 500, height: 400 });
        await page.goto(pathToFileURL(join(folder, 'index.html')).href);
        await page.waitForFunction(() => document.querySelector<TammesView>('tammes-view')?.about);
        await page.evaluate(() => document.querySelector<TammesView>('tammes-view')?.settled());
        // The third point is the one that looks at the reader.
        await page.mouse.click(250, 200);
        await page.waitForFunction(
          () =>
            document.querySelector('tammes-view')?.shadowRoot?.querySelector('[role=status]')
              ?.textContent,
        );
        expect(said).toEqual(['2']);
      } finally {
        await browser.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    60_000,
  );
});
