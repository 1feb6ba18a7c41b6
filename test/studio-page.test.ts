import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { studioCommand } from './shared/studio-command.ts';

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';
const inBrowser = (name: string, run: (page: Page) => Promise<void>) =>
  test.skipIf(chromiumMissing)(`${name}${skipped}`, async () => run(await opened()), 60_000);

const folder = mkdtempSync(join(tmpdir(), 'tammes-page-'));
const file = join(folder, 'fruit.jsonl');
const KINDS = ['citrus', 'berry', 'stone'];
const N = 90;
/** Three groups of two columns apart from one another, by turns. */
const rows = Array.from({ length: N }, (_, i) => {
  const angle = ((i % 3) * 2 * Math.PI) / 3 + 0.004 * i;
  const vector = [Math.cos(angle), Math.sin(angle)];
  return { label: `fruit ${i}`, kind: KINDS[i % 3], price: i, picture: 'dot.png', vector };
});
/** A picture of one pixel. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
writeFileSync(join(folder, 'dot.png'), Buffer.from(DOT, 'base64'));
writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

let studio: Awaited<ReturnType<typeof studioCommand>> | undefined;
let browser: Browser | undefined;
let page: Page | undefined;

beforeAll(async () => {
  if (chromiumMissing) return;
  studio = await studioCommand(file);
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await studio?.end();
  rmSync(folder, { recursive: true });
});

/** The page with its first map drawn; the same for all tests, as a reader goes on. */
async function opened(): Promise<Page> {
  if (page || !browser || !studio) return page as Page;
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(studio.url);
  await page.waitForSelector('tammes-view[data-map]');
  await page.waitForFunction(() => document.querySelectorAll('.job').length === 0);
  expect(failures).toEqual([]);
  return page;
}

const status = (of: Page) => of.locator('.status').innerText();

/** Where a row is drawn, in pixels of the page. */
function placeOf(of: Page, row: number): Promise<{ x: number; y: number }> {
  return of.evaluate((wanted) => {
    const view = document.querySelector('tammes-view') as HTMLElement & {
      placement(): { x: Float32Array; y: Float32Array };
    };
    const { left, top } = view.getBoundingClientRect();
    const { x, y } = view.placement();
    return { x: left + x[wanted] / devicePixelRatio, y: top + y[wanted] / devicePixelRatio };
  }, row);
}

inBrowser('a file opens to a map, colored by its first column of categories', async (of) => {
  expect(await of.locator('.file b').innerText()).toBe('fruit.jsonl');
  expect(await status(of)).toContain('90 rows shown');
  expect(await of.locator('.legend li').allInnerTexts()).toHaveLength(3);
  expect(of.url()).not.toContain('token');
});

inBrowser('a row under the cursor tells its columns and shows its picture', async (of) => {
  const { x, y } = await placeOf(of, 4);
  await of.mouse.move(x, y);
  const card = of.locator('.card');
  await card.waitFor();
  expect(await card.innerText()).toMatch(/fruit \d+[\s\S]*kind\s+berry/);
  await card.locator('img').waitFor();
  expect(
    await card.locator('img').evaluate((image) => (image as HTMLImageElement).decode()),
  ).toBeUndefined();
});

inBrowser('a lasso selects what it goes around, and Escape gives it up', async (of) => {
  const { x, y } = await placeOf(of, 0);
  await of.keyboard.press('l');
  await of.mouse.move(x + 20, y);
  await of.mouse.down();
  for (let i = 1; i <= 24; i++)
    await of.mouse.move(x + 20 * Math.cos(i / 3.8), y + 20 * Math.sin(i / 3.8));
  await of.mouse.up();
  await of.waitForFunction(() =>
    document.querySelector('.status')?.textContent?.includes('by lasso'),
  );
  expect(await status(of)).toMatch(/\d+ selected by lasso/);
  await of.keyboard.press('Escape');
  expect(await status(of)).not.toContain('selected');
});

inBrowser('a category of the legend is hidden and shown, and a ramp is brushed', async (of) => {
  const first = of.locator('.legend button').first();
  await first.click();
  expect(await status(of)).toContain('60 of 90 rows shown');
  expect(await first.getAttribute('aria-pressed')).toBe('false');
  await first.click();
  expect(await status(of)).toContain('90 rows shown');
  await of.selectOption('[aria-label="Color by"]', 'price');
  const ramp = of.locator('.ramp svg');
  const box = await ramp.boundingBox();
  if (!box) throw new Error('no ramp');
  await of.mouse.move(box.x + 1, box.y + 10);
  await of.mouse.down();
  await of.mouse.move(box.x + box.width / 2, box.y + 10);
  await of.mouse.up();
  expect(await status(of)).toMatch(/4\d of 90 rows shown/);
  await of.locator('.filters button').click();
  expect(await status(of)).toContain('90 rows shown');
});

inBrowser('a search rings what it finds and lists it, nearest first', async (of) => {
  await of.keyboard.press('/');
  await of.keyboard.type('fruit 7');
  await of.keyboard.press('Enter');
  const list = of.locator('.panel .rows .item');
  await list.first().waitFor();
  expect(await list.first().innerText()).toContain('fruit');
  const ringed = await of.evaluate(
    () => (document.querySelector('tammes-view') as HTMLElement & { marks: number[] }).marks.length,
  );
  expect(ringed).toBeGreaterThanOrEqual(20);
  await of.keyboard.press('Escape');
  await of.keyboard.press('Escape');
});

inBrowser('every panel opens and closes by its key, and ? lists them', async (of) => {
  const titles = await of.locator('.rail .tab span:first-child').allInnerTexts();
  const keys = await of.locator('.rail .tab .kbd').allInnerTexts();
  expect(new Set(keys).size).toBe(keys.length);
  await of.keyboard.press('1');
  for (const [i, key] of keys.entries()) {
    await of.keyboard.press(key.toLowerCase());
    if (i === 0) await of.keyboard.press(key.toLowerCase());
    expect(await of.locator('.panel h2').innerText()).toBe(titles[i]);
  }
  await of.keyboard.press('?');
  expect(await of.locator('dialog[open]').innerText()).toContain('Lasso');
  await of.keyboard.press('Escape');
  await of.locator('dialog[open]').waitFor({ state: 'detached' });
});

inBrowser('a kept selection is a step: it is undone and redone', async (of) => {
  await of.keyboard.press('6');
  await of.fill('[aria-label="Condition"]', 'kind = "berry" and price < 30');
  await of.press('[aria-label="Condition"]', 'Enter');
  await of.waitForFunction(() =>
    document.querySelector('.status')?.textContent?.includes('10 selected'),
  );
  await of.fill('[aria-label="Name of the selection"]', 'cheap berries');
  await of.press('[aria-label="Name of the selection"]', 'Enter');
  const kept = of.locator('.kept-selection');
  await kept.waitFor();
  expect(await kept.innerText()).toContain('cheap berries');
  await of.locator('.panel h2').click();
  await of.keyboard.press('u');
  await kept.waitFor({ state: 'detached' });
  await of.keyboard.press('y');
  await kept.waitFor();
});

inBrowser('what was measured goes with the vectors, and comes back with them', async (of) => {
  await of.keyboard.press('2');
  await of.getByRole('button', { name: 'Look for hubs' }).click();
  const list = of.getByRole('button', { name: /^Select these/ });
  await list.waitFor();
  await of.keyboard.press('a');
  await of.getByRole('button', { name: /^Cent/ }).first().click();
  await of.waitForFunction(() => !document.querySelector('.job'));
  await of.keyboard.press('2');
  await of.getByRole('button', { name: 'Look for hubs' }).waitFor();
  await of.locator('.panel h2').click();
  await of.keyboard.press('u');
  await list.waitFor();
});

inBrowser('a refusal is a sentence that can be dismissed', async (of) => {
  await of.keyboard.press('6');
  await of.fill('[aria-label="Condition"]', 'weight > 3');
  await of.press('[aria-label="Condition"]', 'Enter');
  const problem = of.locator('.panel .bad');
  await problem.waitFor();
  expect(await problem.innerText()).toContain('weight');
  await of.keyboard.press('Escape');
  await of.setInputFiles('.files input[type=file]', {
    name: 'broken.npy',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('no vectors'),
  });
  const toast = of.locator('.toast.error');
  await toast.waitFor();
  expect(await toast.innerText()).toContain('broken.npy');
  await toast.getByRole('button').click();
  expect(await toast.count()).toBe(0);
});

inBrowser('the theme goes from the system to light and dark', async (of) => {
  const theme = () => of.evaluate(() => document.documentElement.dataset['theme']);
  await of.locator('.status').click();
  await of.keyboard.press('t');
  await of.keyboard.press('t');
  expect(await theme()).toBe('dark');
  await of.keyboard.press('t');
  expect(await theme()).toBe('light');
});

inBrowser(
  'the exported page opens without a server and names what is under the cursor',
  async (of) => {
    await of.keyboard.press('9');
    const download = of.waitForEvent('download');
    await of.getByRole('button', { name: 'HTML page' }).click();
    const saved = join(folder, 'map.html');
    await (await download).saveAs(saved);
    expect(readFileSync(saved).length).toBeLessThan(200_000);
    if (!browser) throw new Error('no browser');
    const other = await browser.newPage();
    await other.goto(`file://${saved}`);
    await other.waitForFunction(
      () =>
        (document.querySelector('tammes-view') as (HTMLElement & { about?: unknown }) | null)
          ?.about,
    );
    const { x, y } = await placeOf(other, 4);
    await other.mouse.move(x, y);
    await other.locator('#card').waitFor();
    expect(await other.locator('#card').innerText()).toMatch(/fruit \d+/);
    expect(await other.locator('aside h2').innerText()).toBe('price');
    await other.close();
  },
);

inBrowser('rows are reached by keys alone: the list shows, pins and selects them', async (of) => {
  await of.locator('.status').click();
  await of.keyboard.press('Escape');
  await of.keyboard.press('5');
  const grid = of.locator('.grid');
  await grid.locator('.line').first().waitFor();
  await grid.focus();
  await of.keyboard.press('ArrowDown');
  await of.keyboard.press('Enter');
  await of.locator('.one .name', { hasText: /^fruit 1$/ }).waitFor();
  await of.keyboard.press(' ');
  expect(await status(of)).toContain('1 selected');
});

inBrowser('a second file is turned to, mapped, and compared with the first', async (of) => {
  const second = join(folder, 'other.jsonl');
  const turned = rows.map(({ vector: [x, y], ...row }) => ({ ...row, vector: [-y, x] }));
  writeFileSync(second, turned.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await of.keyboard.press('Escape');
  await of.setInputFiles('.files input[type=file]', second);
  await of.locator('.file', { hasText: 'other.jsonl' }).click();
  await of.getByRole('button', { name: 'Make a map' }).click();
  await of.waitForFunction(() => document.querySelectorAll('.maps .item').length === 2);
  await of.keyboard.press('7');
  await of.getByLabel('Right').selectOption({ index: 1 });
  await of.locator('tammes-view[data-map]').nth(1).waitFor();
  await of.getByRole('button', { name: 'Compare them' }).click();
  await of.getByRole('button', { name: 'Color both by change' }).click({ timeout: 50_000 });
  // A turn changes no neighbor.
  expect(await of.locator('.panel').innerText()).toContain('Of the 10 nearest rows 0 % are others');
  const { x, y } = await placeOf(of, 5);
  await of.mouse.move(x, y);
  await of.locator('.card').waitFor();
  const over = await of.evaluate(() =>
    [...document.querySelectorAll('tammes-view')].map(
      (view) => (view as HTMLElement & { hovered: number }).hovered,
    ),
  );
  expect(over[0]).toBeGreaterThanOrEqual(0);
  expect(over[1]).toBe(over[0]);
});

inBrowser('the history shows the steps and the command that does them again', async (of) => {
  await of.locator('.status').click();
  await of.keyboard.press('8');
  const panel = of.locator('.panel');
  expect(await panel.innerText()).toContain('compare');
  expect(await panel.innerText()).toMatch(/npx tammes studio replay recipe\.json .*fruit\.jsonl/);
  const download = of.waitForEvent('download');
  await of.getByRole('button', { name: 'Save the recipe' }).click();
  const saved = join(folder, 'recipe.json');
  await (await download).saveAs(saved);
  const recipe = JSON.parse(readFileSync(saved, 'utf8')) as { steps: { action: string }[] };
  expect(recipe.steps.map(({ action }) => action)).toContain('select');
});
