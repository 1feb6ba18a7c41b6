import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumMissing, launchChromium } from '../../testing/chromium.ts';
import { measureExample, reportExample } from '../../testing/report-data.ts';
import { facingTurn, turnedPoints } from './charts/sphere.ts';
import { reportHtml } from './report.ts';

const skip = chromiumMissing;

describe.skipIf(skip)(`report in Chromium${skip ? ` (skipped: ${skip})` : ''}`, () => {
  let folder = '';
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tammes-report-'));
    browser = await launchChromium();
    const example = reportExample();
    const evil = '</script><img src=x onerror=alert(1)>';
    const { sphere } = example;
    if (!sphere) throw new Error('the example has no sphere');
    const hostile = {
      ...example,
      title: evil,
      source: evil,
      sphere: { ...sphere, labels: sphere.labels.map(() => evil) },
      hubs: { k: 10, before: [{ label: evil, count: 3 }] },
    };
    await writeFile(join(folder, 'full.html'), reportHtml(example));
    await writeFile(join(folder, 'measure.html'), reportHtml(measureExample()));
    await writeFile(join(folder, 'hostile.html'), reportHtml(hostile));
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Opened {
    readonly page: Page;
    /** Console messages, errors, dialogs and requests beyond the file itself. */
    readonly incidents: string[];
  }

  async function opened(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser.newContext({
      viewport: { width: 1000, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    const incidents: string[] = [];
    const address = pathToFileURL(join(folder, name)).href;
    page.on('console', (message) => incidents.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => incidents.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      incidents.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== address && request.url() !== 'data:,') {
        incidents.push(`request: ${request.url()}`);
      }
    });
    await page.goto(address);
    return { page, incidents };
  }

  /** What the canvas shows, once it has been painted at rest. */
  async function picture(page: Page): Promise<string> {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    return page.locator('canvas').evaluate((c) => (c as HTMLCanvasElement).toDataURL());
  }

  /** Where the middle of the sphere stands in the window, and its radius, in pixels. */
  async function middle(page: Page): Promise<[x: number, y: number, radius: number]> {
    await page.locator('canvas').scrollIntoViewIfNeeded();
    const box = await page.locator('canvas').boundingBox();
    if (!box) throw new Error('the canvas is not shown');
    return [box.x + box.width / 2, box.y + box.height / 2, box.width / 2 - 12];
  }

  const calm: BrowserContextOptions = { reducedMotion: 'reduce' };

  test('opens from a file without an error, a message or a request', async () => {
    const { page, incidents } = await opened('full.html');
    await page.waitForSelector('#sphere[data-ready=true]');
    await picture(page);
    expect(incidents).toEqual([]);
    await page.context().close();
  });

  test('dragging and the arrow keys turn the sphere, Home turns it back', async () => {
    const { page, incidents } = await opened('full.html', calm);
    const first = await picture(page);
    const [x, y] = await middle(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 80, y + 30, { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(2, 2);
    const dragged = await picture(page);
    expect(dragged).not.toBe(first);
    await page.locator('canvas').press('ArrowLeft');
    expect(await picture(page)).not.toBe(dragged);
    await page.locator('canvas').press('Home');
    expect(await picture(page)).toBe(first);
    expect(incidents).toEqual([]);
    await page.context().close();
  });

  test('pointing at a dot marks it, pointing beside it does not', async () => {
    const { page } = await opened('full.html', calm);
    const points = reportExample().sphere?.before ?? [];
    const turned = turnedPoints(points, facingTurn(points));
    const row = Array.from(points).findIndex((_, i) => i % 3 === 2 && turned[i] > 0.9) - 2;
    const [x, y, radius] = await middle(page);
    const first = await picture(page);
    await page.mouse.move(x + radius * turned[row], y - radius * turned[row + 1]);
    expect(await picture(page)).not.toBe(first);
    await page.mouse.move(2, 2);
    expect(await picture(page)).toBe(first);
    await page.context().close();
  });

  test('the buttons and the slider move the points from before to after and back', async () => {
    const { page } = await opened('full.html', calm);
    const before = await picture(page);
    await page.click('button[data-share="1"]');
    const after = await picture(page);
    expect(after).not.toBe(before);
    expect(await page.locator('input[type=range]').inputValue()).toBe('100');
    expect(await page.locator('button[data-share="1"]').getAttribute('aria-pressed')).toBe('true');
    await page.locator('input[type=range]').fill('50');
    const halfway = await picture(page);
    expect(halfway).not.toBe(after);
    expect(halfway).not.toBe(before);
    await page.click('button[data-share="0"]');
    expect(await picture(page)).toBe(before);
    await page.context().close();
  });

  test('with motion the points glide and arrive', async () => {
    const { page } = await opened('full.html');
    await page.click('button[data-share="1"]');
    await page.waitForSelector('button[data-share="1"][aria-pressed=true]');
    expect(await page.locator('input[type=range]').inputValue()).toBe('100');
    await page.context().close();
  });

  test('the search field brings a label to the front and says what is missing', async () => {
    const { page } = await opened('full.html', calm);
    const first = await picture(page);
    await page.fill('input[type=search]', 'word12');
    expect(await picture(page)).not.toBe(first);
    await page.fill('input[type=search]', 'nowhere');
    expect(await page.locator('output').textContent()).toBe('not in this sample');
    await page.context().close();
  });

  test('a hostile label does nothing', async () => {
    const { page, incidents } = await opened('hostile.html', calm);
    await page.waitForSelector('#sphere[data-ready=true]');
    await page.fill('input[type=search]', '</script>');
    await picture(page);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toBe('</script><img src=x onerror=alert(1)>');
    expect(incidents).toEqual([]);
    await page.context().close();
  });

  test('a report of one measurement shows its sphere without a slider', async () => {
    const { page, incidents } = await opened('measure.html', calm);
    await page.waitForSelector('#sphere[data-ready=true]');
    expect(await page.locator('input[type=range]').count()).toBe(0);
    expect(incidents).toEqual([]);
    await page.context().close();
  });

  test('a phone needs no scrolling to the side, paper shows two globes and no buttons', async () => {
    const { page } = await opened('full.html', { viewport: { width: 360, height: 700 } });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 700, height: 900 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#sphere-sheet').isVisible()).toBe(true);
    expect(await page.locator('canvas').isVisible()).toBe(false);
    expect(await page.locator('button[data-save]').first().isVisible()).toBe(false);
    await page.context().close();
  });

  test('a figure is saved as a drawing that stands alone', async () => {
    const { page, incidents } = await opened('full.html', calm);
    const download = page.waitForEvent('download');
    await page.click('button[data-save="pairwise-angles"]');
    const file = await download;
    expect(file.suggestedFilename()).toBe('pairwise-angles.svg');
    const stream = await file.createReadStream();
    let svg = '';
    for await (const chunk of stream) svg += String(chunk);
    const wellFormed = await page.evaluate((source) => {
      const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
      return parsed.querySelector('parsererror') === null;
    }, svg);
    expect(wellFormed).toBe(true);
    expect(incidents.filter((line) => !line.startsWith('request: blob:'))).toEqual([]);
    await page.context().close();
  });
});
