import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { studioCommand } from './shared/studio-command.ts';

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';
const inBrowser = (name: string, run: (page: Page) => Promise<void>) =>
  test.skipIf(chromiumMissing)(`${name}${skipped}`, async () => run(await opened()), 60_000);

const folder = mkdtempSync(join(tmpdir(), 'tammes-looks-'));
const file = join(folder, 'groups.jsonl');
const COLORS = ['red', 'green', 'blue'];
const N = 300;
/** Three groups of six columns, and a place of each row, three of them far from the others. */
const random = Random.fromSeed(1);
const rows = Array.from({ length: N }, (_, i) => {
  const vector = Array.from({ length: 6 }, (_value, c) => (c === i % 3 ? 3 : 0) + random.normal());
  const [x, y] = [i < 3 ? 1000 : random.normal(), random.normal()];
  return { label: `${COLORS[i % 3]} ${i}`, first: vector[0], x, y, vector };
});
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
  await page.goto(studio.url);
  await page.waitForSelector('tammes-view[data-map]');
  await idle(page);
  return page;
}

const idle = (of: Page) => of.waitForFunction(() => document.querySelectorAll('.job').length === 0);
/** Opens the panel of a key, wherever the focus was. */
async function open(of: Page, key: string): Promise<void> {
  await of.locator('.status').click();
  const isOpen = await of.locator('.rail .tab[aria-selected=true] .kbd').allInnerTexts();
  if (isOpen[0] !== key.toUpperCase()) await of.keyboard.press(key);
  await of.locator('.panel h2').waitFor();
}

interface Shown {
  readonly labels: readonly { readonly text: string; readonly isRegion?: boolean }[];
  readonly dashedLinks: ArrayLike<number>;
  readonly links: ArrayLike<number>;
}

inBrowser(
  'regions are named by words of their rows where no category colors the map',
  async (of) => {
    const isNamed = () =>
      (document.querySelector('tammes-view') as unknown as Shown).labels.some(
        ({ isRegion, text }) => isRegion && /red|green|blue/.test(text),
      );
    await of.waitForFunction(isNamed);
    expect(await of.locator('.legend').count()).toBe(0);
    await of.getByRole('button', { name: 'Find clusters' }).click();
    await of.locator('.legend button').first().waitFor();
    expect(await of.locator('.legend').innerText()).toMatch(/1 (red|green|blue)/);
  },
);

inBrowser(
  'an axis says how surely it orders rows, draws them in their bands, colors the map',
  async (of) => {
    await open(of, 'x');
    const panel = of.locator('.panel');
    await panel
      .locator('label', { hasText: /^Column/ })
      .locator('select')
      .selectOption('first');
    await panel.getByRole('button', { name: 'Fit the axis' }).click();
    await panel.locator('.chart svg').waitFor();
    expect(await panel.innerText()).toMatch(/Rank correlation[\s\S]*random directions stay below/);
    expect(await panel.locator('.chart circle').count()).toBe(17);
    expect(await panel.locator('.chart path').count()).toBe(17);
    const color = panel.getByRole('button', { name: 'Color by it', exact: true });
    await color.click();
    await of.locator('.ramp').waitFor();
    expect(await color.getAttribute('aria-pressed')).toBe('true');
    await panel.getByRole('button', { name: 'Select the highest' }).click();
    expect(await of.locator('.status').innerText()).toContain('30 selected by highest along first');
  },
);

inBrowser('two groups of rows are the ends of an axis, and two axes are a map', async (of) => {
  const panel = of.locator('.panel');
  await panel.getByLabel('Fitted to').selectOption('ends');
  await panel.getByRole('button', { name: 'Take the selected rows as the high end' }).click();
  const fit = panel.getByRole('button', { name: 'Fit the axis' });
  expect(await fit.isDisabled()).toBe(true);
  await panel.getByRole('button', { name: 'Select the lowest' }).click();
  await panel.getByRole('button', { name: 'Take the selected rows as the low end' }).click();
  await fit.click();
  await panel.getByRole('button', { name: 'Show the map' }).click();
  await of.locator('.maps .item.taken', { hasText: 'extremes, first' }).waitFor();
  await of.keyboard.press('Escape');
});

inBrowser(
  'a map with a few far rows shows the others first, and all of them when asked',
  async (of) => {
    await open(of, '1');
    const panel = of.locator('.panel');
    await panel.getByLabel('From').selectOption('fields');
    await panel.getByLabel('Right', { exact: true }).selectOption('x');
    await panel.getByLabel('Up', { exact: true }).selectOption('y');
    await panel.getByRole('button', { name: 'Show', exact: true }).click();
    await of.locator('.status', { hasText: '297 in the picture' }).waitFor();
    await of.locator('tammes-view').focus();
    await of.keyboard.press('Home');
    await of.locator('.status', { hasText: 'in the picture' }).waitFor({ state: 'detached' });
    expect(await of.locator('.status').innerText()).toContain('300 rows shown');
  },
);

inBrowser('neighbors on the map alone have dashed lines and a sentence', async (of) => {
  await of.locator('.maps .item').first().click();
  await open(of, '4');
  await of.keyboard.press('/');
  await of.keyboard.type('row 5');
  await of.keyboard.press('Enter');
  await of.locator('.panel .rows .item').first().waitFor();
  await open(of, '3');
  const panel = of.locator('.panel');
  await panel.getByText('Near on the map alone').waitFor();
  expect(await panel.innerText()).toContain('in the space they are not among its nearest');
  const lines = await of.evaluate(() => {
    const { links, dashedLinks } = document.querySelector('tammes-view') as unknown as Shown;
    return [links.length / 2, dashedLinks.length / 2];
  });
  expect(lines).toEqual([10, await panel.locator('.item.false').count()]);
});

inBrowser('a finding names the file without the folders that it lies in', async (of) => {
  await open(of, '2');
  await of.getByRole('button', { name: 'Examine everything' }).click();
  const findings = of.locator('.finding');
  await findings.first().waitFor({ timeout: 50_000 });
  const words = (await findings.allInnerTexts()).join();
  expect(words).toContain('groups.jsonl');
  expect(words).not.toContain(folder);
});

inBrowser('a number that is typed stays while the page draws anew', async (of) => {
  await open(of, 'o');
  const points = of.locator('.panel').getByLabel('Points', { exact: true });
  await points.fill('');
  await points.pressSequentially('20');
  await of.evaluate(() => document.querySelector<HTMLElement>('.maps .item')?.click());
  expect(await points.inputValue()).toBe('20');
  await points.pressSequentially('0');
  expect(await points.inputValue()).toBe('200');
});

inBrowser('a search for a code that is stopped keeps the best so far', async (of) => {
  const panel = of.locator('.panel');
  await panel.getByLabel('Starts').fill('500');
  await panel.getByRole('button', { name: 'Search', exact: true }).click();
  await panel.getByText('Best so far').waitFor();
  await of.locator('.job').getByRole('button', { name: 'Stop' }).click();
  await panel.getByText('The best so far is kept as a table of its own').waitFor();
  await of.locator('.file', { hasText: '200 points of 3 columns' }).waitFor();
});

inBrowser('after a change a map is made again from where its rows lie', async (of) => {
  await of.locator('.file', { hasText: 'groups.jsonl' }).click();
  await of.locator('.maps .item').first().click();
  await open(of, 'a');
  await of.locator('.panel').getByRole('button', { name: 'Whiten' }).click();
  const note = of.locator('.outdated');
  await note.waitFor();
  expect(await note.innerText()).toContain('Where rows were before the last change.');
  await note.getByRole('button', { name: 'Make it again from here' }).click();
  await note.waitFor({ state: 'detached' });
  expect(await of.locator('.maps .item.taken').innerText()).toContain('Principal components');
});
