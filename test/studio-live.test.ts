import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { studioCommand } from './shared/studio-command.ts';

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';
const inBrowser = (name: string, run: (page: Page) => Promise<void>) =>
  test.skipIf(chromiumMissing)(`${name}${skipped}`, async () => run(await opened()), 90_000);

const folder = mkdtempSync(join(tmpdir(), 'tammes-live-'));
const file = join(folder, 'twelve.jsonl');
/** Twelve points crowded about one direction, of two kinds. */
const rows = Array.from({ length: 12 }, (_, i) => ({
  label: `point ${i}`,
  kind: i % 2 === 0 ? 'even' : 'odd',
  vector: [1, 0.3 * Math.cos(1.7 * i), 0.3 * Math.sin(2.3 * i + 1)],
}));
writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
/** The same rows an epoch later. */
const later = join(folder, 'later.jsonl');
const moved = rows.map(({ vector: [x, y, z], ...row }) => ({ ...row, vector: [x / 2, y, 2 * z] }));
writeFileSync(later, moved.map((row) => `${JSON.stringify(row)}\n`).join(''));

let studio: Awaited<ReturnType<typeof studioCommand>> | undefined;
let browser: Browser | undefined;
let page: Page | undefined;
let last = 0;
const failures: string[] = [];

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

async function opened(): Promise<Page> {
  if (page || !browser || !studio) return page as Page;
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(studio.url);
  await page.waitForSelector('tammes-view[data-map]');
  await page.waitForFunction(() => document.querySelectorAll('.job').length === 0);
  return page;
}

const panel = (of: Page) => of.locator('.panel');
const button = (of: Page, name: string) => panel(of).getByRole('button', { name, exact: true });
const fieldOf = (of: Page, title: string) =>
  panel(of).locator('label.field', { hasText: title }).locator('input, select');

/** As a reader does, who leaves the field. */
async function set(of: Page, title: string, value: string): Promise<void> {
  await fieldOf(of, title).fill(value);
  await fieldOf(of, title).press('Tab');
}

async function stepNow(of: Page): Promise<number> {
  const words = await panel(of)
    .getByText(/^Step \S+ of/)
    .innerText();
  return Number(/Step (\S+) of/.exec(words)?.[1]?.replace(/\D/g, ''));
}

async function smallest(of: Page): Promise<number> {
  const title = of.getByText('Smallest angle', { exact: true });
  const line = panel(of).locator('.numbers > div', { has: title });
  return Number.parseFloat(await line.locator('b').innerText());
}

inBrowser('twelve points spread until they are the icosahedron, 63.43° apart', async (of) => {
  await of.keyboard.press('d');
  await panel(of).getByText('Steps, pace, what is kept').click();
  await set(of, 'keep', '0');
  await set(of, 'steps', '400');
  await fieldOf(of, 'optimizer').selectOption('riemannian-adam');
  await button(of, 'Start').click();
  await button(of, 'Go on').waitFor();
  // In float32 they come to rest before the last step.
  last = await stepNow(of);
  expect(last).toBeGreaterThan(100);
  expect(await smallest(of)).toBeCloseTo(63.43, 1);
  expect(await panel(of).locator('.chart svg').count()).toBe(3);
  expect(await of.locator('.file').count()).toBe(1);
});

inBrowser(
  'it goes back to the start, and forth to be kept: a step that U takes back',
  async (of) => {
    const slider = panel(of).getByRole('slider');
    await slider.fill('0');
    await panel(of)
      .getByText(/^Step 0 of/)
      .waitFor();
    expect(await smallest(of)).toBeLessThan(20);
    expect(await button(of, 'Keep').isDisabled()).toBe(true);
    await slider.fill(String(last));
    await panel(of).getByText(`Step ${last} of`).waitFor();
    await button(of, 'Keep').click();
    await button(of, 'Start').waitFor();
    await of.keyboard.press('8');
    const step = panel(of).locator('b', { hasText: 'disperse' });
    await step.waitFor();
    await of.keyboard.press('u');
    await step.waitFor({ state: 'detached' });
  },
);

inBrowser('a run is paused, found again after a reload, and discarded', async (of) => {
  await of.keyboard.press('d');
  await panel(of).getByText('Steps, pace, what is kept').click();
  await set(of, 'keep', '0');
  await set(of, 'steps', '1000000');
  await button(of, 'Start').click();
  await panel(of)
    .getByText(/^Step \S+ of/)
    .waitFor();
  await button(of, 'Pause').click();
  await button(of, 'Go on').waitFor();
  const step = await stepNow(of);
  expect(step).toBeGreaterThan(0);
  await of.reload();
  await of.waitForSelector('tammes-view[data-map]');
  if ((await panel(of).getByText('Go on').count()) === 0) await of.keyboard.press('d');
  await button(of, 'Go on').waitFor();
  expect(await stepNow(of)).toBe(step);
  await button(of, 'Discard').click();
  await button(of, 'Start').waitFor();
});

inBrowser(
  'a search for twelve points ends with its proof, and its points on the map',
  async (of) => {
    await of.keyboard.press('o');
    await fieldOf(of, 'Points').fill('12');
    await fieldOf(of, 'Starts').fill('2');
    await button(of, 'Search').click();
    await panel(of).getByText('Proven: no points can be further apart.').waitFor();
    expect(await smallest(of)).toBeCloseTo(63.434949, 5);
    expect(await of.locator('.file').allInnerTexts()).toContainEqual(
      expect.stringContaining('12 points of 3 columns'),
    );
    expect(await panel(of).locator('tammes-view').count()).toBe(1);
    await of.keyboard.press('u');
  },
);

inBrowser('rows are centered, with the numbers before and after, and it is undone', async (of) => {
  await of.keyboard.press('a');
  await button(of, 'Center').click();
  await panel(of).getByText('Center: before and after').waitFor();
  expect(
    await panel(of)
      .getByText(/Half of the rows turned by less than/)
      .innerText(),
  ).toMatch(/the furthest by [\d.]+°/);
  await button(of, 'Undo').click();
  await panel(of).getByText('Center: before and after').waitFor({ state: 'detached' });
});

inBrowser('snapshots are played in one map, half way between two of them too', async (of) => {
  await of.locator('input[type=file]').first().setInputFiles(later);
  await of.locator('.file', { hasText: 'later.jsonl' }).waitFor();
  await of.keyboard.press('f');
  await button(of, 'Put them in one map').click();
  await panel(of).getByText('Snapshot 1 of 2').waitFor();
  await button(of, 'Play').click();
  await panel(of).getByText('Snapshot 2 of 2').waitFor();
  await button(of, 'Play').waitFor();
  expect(await panel(of).locator('.chart svg').count()).toBe(1);
  expect(failures).toEqual([]);
});
