import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrowserName, browserMissing, launchBrowser } from '../../testing/browsers.ts';
import { mapExample } from '../../testing/map-report-data.ts';
import { measureExample, reportExample } from '../../testing/report-data.ts';
import type { GlobeCamera } from '../../view/camera.ts';
import type { TammesView } from '../../view/element.ts';
import { mapReportHtml } from './map/report.ts';
import { reportHtml } from './report.ts';
import { sphereFigure } from './sphere/figure.ts';

const EVIL = '</script><img src=x onerror=alert(1)>';

function hostileExample() {
  const example = reportExample();
  const { sphere } = example;
  if (!sphere) throw new Error('the example has no sphere');
  return {
    ...example,
    title: EVIL,
    source: EVIL,
    sphere: { ...sphere, labels: sphere.labels.map(() => EVIL) },
    hubs: { k: 10, before: [{ label: EVIL, count: 3 }] },
  };
}

const map = mapExample();
const pages = {
  'full.html': reportHtml(reportExample()),
  'measure.html': reportHtml(measureExample()),
  'hostile.html': reportHtml(hostileExample()),
  'map.html': mapReportHtml({ ...map, panels: [map.panels[0], map.panels[0], map.panels[0]] }),
};

/** A row that looks at the reader in the first view, and where. */
function frontRow(): { row: number; x: number; y: number } {
  const example = reportExample();
  if (!example.sphere) throw new Error('the example has no sphere');
  const [{ positions }] = sphereFigure(example, example.sphere).panels;
  const depth = Array.from({ length: positions.length / 3 }, (_, i) => positions[3 * i + 2]);
  const row = depth.indexOf(Math.max(...depth));
  return { row, x: positions[3 * row], y: positions[3 * row + 1] };
}

describe.each<BrowserName>(['chromium', 'firefox'])('report in %s', (name) => {
  const skip = browserMissing(name);
  describe.skipIf(skip)(skip ? `(skipped: ${skip})` : 'opened from a file', () => {
    let folder = '';
    let browser: Browser;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tammes-report-'));
      for (const [file, html] of Object.entries(pages)) await writeFile(join(folder, file), html);
      browser = await launchBrowser(name);
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    interface Opened {
      readonly page: Page;
      /** Console messages, errors, dialogs and requests beyond the file itself. */
      readonly incidents: string[];
    }

    async function opened(file: keyof typeof pages): Promise<Opened> {
      const page = await browser.newPage();
      await page.setViewport({ width: 1000, height: 900 });
      const incidents: string[] = [];
      const address = pathToFileURL(join(folder, file)).href;
      page.on('console', (message) => incidents.push(`console: ${message.text()}`));
      page.on('pageerror', (error) => incidents.push(`error: ${String(error)}`));
      page.on('dialog', (dialog) => {
        incidents.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        if (request.url() !== address && !request.url().startsWith('data:'))
          incidents.push(`request: ${request.url()}`);
      });
      await page.goto(address);
      await page.waitForSelector('.cloud[data-ready=true]');
      await page.evaluate(async () => {
        const views = [...document.querySelectorAll<TammesView>('tammes-view')];
        while (!views.every((view) => view.about))
          await new Promise((done) => setTimeout(done, 10));
        views[0].scrollIntoView({ block: 'center' });
        for (const view of views) await view.settled();
      });
      return { page, incidents };
    }

    const camera = (page: Page): Promise<GlobeCamera> =>
      page.evaluate(() => document.querySelector<TammesView>('tammes-view')?.camera as GlobeCamera);

    const marks = (page: Page): Promise<number[]> =>
      page.evaluate(() => [
        ...Array.from(document.querySelector<TammesView>('tammes-view')?.marks ?? []),
      ]);

    const pressed = (page: Page, selector: string): Promise<string | null | undefined> =>
      page.evaluate(
        (query) => document.querySelector(query)?.getAttribute('aria-pressed'),
        selector,
      );

    const said = (page: Page): Promise<string | null | undefined> =>
      page.evaluate(() => document.querySelector('output')?.textContent);

    /** The middle of the view in the window. */
    async function middle(page: Page): Promise<[x: number, y: number]> {
      const box = await (await page.$('tammes-view'))?.boundingBox();
      if (!box) throw new Error('the view is not shown');
      return [box.x + box.width / 2, box.y + box.height / 2];
    }

    /** Waits until a condition of the page holds. */
    const until = (page: Page, condition: string) =>
      page.waitForFunction(condition, { timeout: 10_000, polling: 20 });

    test('it opens without an error, a message or a request, and the processor draws', async () => {
      const { page, incidents } = await opened('full.html');
      const shown = await page.evaluate(async () => {
        const view = document.querySelector('tammes-view') as TammesView;
        const image = await createImageBitmap(await view.picture());
        return { about: view.about?.about, width: image.width, wanted: view.clientWidth };
      });
      expect(shown.about).toBe('the processor, on the page’s own thread: as asked');
      expect(shown.width).toBe(shown.wanted);
      expect(incidents).toEqual([]);
      await page.close();
    });

    test('dragging and the arrow keys turn the sphere, Home turns it back', async () => {
      const { page, incidents } = await opened('full.html');
      const first = await camera(page);
      const [x, y] = await middle(page);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 80, y + 30, { steps: 4 });
      // A drag that rests before it ends does not go on turning.
      await new Promise((done) => setTimeout(done, 100));
      await page.mouse.up();
      const dragged = await camera(page);
      expect(dragged.turn[2]).toBeGreaterThan(0.2);
      await page.keyboard.press('ArrowLeft');
      await until(
        page,
        `document.querySelector('tammes-view').camera.turn[2] < ${dragged.turn[2]}`,
      );
      await page.keyboard.press('Home');
      await until(page, `Math.abs(document.querySelector('tammes-view').camera.turn[2]) < 1e-9`);
      expect((await camera(page)).scale).toBeCloseTo(first.scale, 9);
      expect(incidents).toEqual([]);
      await page.close();
    });

    test('pointing at a dot names it; a click keeps the name, one beside all lets it go', async () => {
      const { page } = await opened('full.html');
      const { row, x, y } = frontRow();
      const { scale } = await camera(page);
      const [centerX, centerY] = await middle(page);
      await page.mouse.move(centerX + scale * x, centerY - scale * y);
      await until(page, `document.querySelector('.card').textContent === 'word${row}'`);
      await page.mouse.click(centerX + scale * x, centerY - scale * y);
      expect(await said(page)).toBe(`word${row}`);
      expect(await marks(page)).toEqual([row]);
      await page.mouse.click(centerX + 1.04 * scale, centerY - 0.5 * scale);
      expect(await said(page)).toBe('');
      expect(await marks(page)).toEqual([]);
      await page.close();
    });

    test('the buttons and the slider move the points from before to after and back', async () => {
      const { page } = await opened('full.html');
      const places = () =>
        page.evaluate(() => [
          ...(document.querySelector<TammesView>('tammes-view')?.cloud?.positions.slice(0, 3) ??
            []),
        ]);
      const slide = (value: string) =>
        page.evaluate((wanted) => {
          const slider = document.querySelector('input[type=range]') as HTMLInputElement;
          slider.value = wanted;
          slider.dispatchEvent(new Event('input'));
        }, value);
      const before = await places();
      await page.click('button[data-share="1"]');
      await page.waitForSelector('button[data-share="1"][aria-pressed=true]');
      const after = await places();
      expect(after).not.toEqual(before);
      expect(await page.$eval('input[type=range]', (slider) => slider.value)).toBe('100');
      await slide('50');
      const halfway = await places();
      expect(Math.hypot(...halfway)).toBeCloseTo(1, 5);
      expect(halfway).not.toEqual(after);
      await slide('0');
      expect(await places()).toEqual(before);
      await page.close();
    });

    test('the sphere is seen as its equal-area maps and along a great circle', async () => {
      const { page } = await opened('full.html');
      for (const id of ['mollweide', 'lambert', 'slice', 'globe']) {
        await page.click(`button[data-projection=${id}]`);
        expect((await camera(page)).projection).toBe(id);
        expect(await pressed(page, `button[data-projection=${id}]`)).toBe('true');
      }
      expect(await pressed(page, 'button[data-projection=slice]')).toBe('false');
      await page.close();
    });

    test('the search field brings a label to the front and says what is missing', async () => {
      const { page } = await opened('full.html');
      await page.type('input[type=search]', 'word12');
      expect(await said(page)).toBe('word12');
      expect(await marks(page)).toEqual([12]);
      await until(
        page,
        `(() => {
          const view = document.querySelector('tammes-view');
          const [x, y, z] = view.cloud.positions.slice(36, 39);
          const turn = view.camera.turn;
          return turn[6] * x + turn[7] * y + turn[8] * z > 0.999;
        })()`,
      );
      await page.type('input[type=search]', 'nowhere');
      expect(await said(page)).toBe('not in this sample');
      await page.close();
    });

    test('the wheel scrolls the page until the view was clicked, and zooms then', async () => {
      const { page } = await opened('measure.html');
      const [x, y] = await middle(page);
      const { scale } = await camera(page);
      await page.mouse.move(x, y);
      await page.mouse.wheel({ deltaY: 40 });
      await until(page, 'scrollY > 0');
      expect((await camera(page)).scale).toBe(scale);
      const [x2, y2] = await middle(page);
      await page.mouse.click(x2, y2);
      await page.mouse.wheel({ deltaY: -40 });
      await until(page, `document.querySelector('tammes-view').camera.scale > ${scale}`);
      await page.close();
    });

    test('a hostile label does nothing', async () => {
      const { page, incidents } = await opened('hostile.html');
      await page.type('input[type=search]', '</script>');
      const [x, y] = await middle(page);
      await page.mouse.click(x, y);
      expect(await page.$$('img')).toHaveLength(0);
      expect(await page.$eval('h1', (title) => title.textContent)).toBe(EVIL);
      expect(incidents).toEqual([]);
      await page.close();
    });

    test('a report of one measurement shows its sphere without a slider', async () => {
      const { page, incidents } = await opened('measure.html');
      expect(await page.$('input[type=range]')).toBeNull();
      expect(incidents).toEqual([]);
      await page.close();
    });

    test('a map shows classes alone, hides marks, and points at a row in all its panels', async () => {
      const { page, incidents } = await opened('map.html');
      await page.click('button[data-shade="0"]');
      const selected = () =>
        page.evaluate(() =>
          [...document.querySelectorAll<TammesView>('tammes-view')].map(
            (view) => view.cloud?.selected?.reduce((sum, one) => sum + one, 0) ?? -1,
          ),
        );
      expect(await selected()).toEqual([20, 20, 20]);
      await page.click('button[data-shade="0"]');
      expect(await selected()).toEqual([-1, -1, -1]);
      expect(await marks(page)).toEqual([7, 8]);
      await page.click('button[data-mark="0"]');
      expect(await marks(page)).toEqual([]);
      const [x, y] = await page.evaluate(() => {
        const view = document.querySelector('tammes-view') as TammesView;
        const placement = view.placement();
        const { left, top } = view.getBoundingClientRect();
        return [left + (placement?.x[9] ?? 0), top + (placement?.y[9] ?? 0)];
      });
      await page.mouse.move(x, y);
      await until(page, `document.querySelector('.card').textContent !== ''`);
      const hovered = await page.evaluate(() =>
        [...document.querySelectorAll<TammesView>('tammes-view')].map((view) => view.hovered),
      );
      expect(hovered).toEqual([9, 9, 9]);
      expect(await page.$eval('.card', (card) => card.textContent)).toBe(
        'w9<<b> · false neighbours 0.10 · missing neighbours 0.60',
      );
      expect(incidents).toEqual([]);
      await page.close();
    });

    test('a chart is saved as a drawing that stands alone, points as they are seen', async () => {
      const { page, incidents } = await opened('full.html');
      await page.evaluate(() => {
        const saved: Blob[] = [];
        Object.assign(window, { saved });
        URL.createObjectURL = (blob) => {
          saved.push(blob as Blob);
          return '#';
        };
      });
      await page.click('button[data-save="pairwise-angles"]');
      await page.click('button[data-picture=svg]');
      await page.click('button[data-picture=png]');
      await until(page, 'saved.length === 3');
      const files = await page.evaluate(async () => {
        const { saved } = window as unknown as { saved: Blob[] };
        const isWhole = async (blob: Blob) =>
          new DOMParser()
            .parseFromString(await blob.text(), 'image/svg+xml')
            .querySelector('parsererror') === null;
        return {
          whole: [await isWhole(saved[0]), await isWhole(saved[1])],
          dots: (await saved[1].text()).split('h0').length - 1,
          type: saved[2].type,
        };
      });
      expect(files).toEqual({ whole: [true, true], dots: 300, type: 'image/png' });
      expect(incidents).toEqual([]);
      await page.close();
    });

    test('a phone needs no scrolling to the side', async () => {
      const { page } = await opened('map.html');
      await page.setViewport({ width: 360, height: 700 });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      await page.close();
    });

    // Firefox's protocol has no way to print to the screen or to turn scripts off.
    describe.skipIf(name === 'firefox')('without scripts', () => {
      const seen = (page: Page) =>
        page.evaluate(() =>
          ['.sheet', '.stage', '.controls', '.legend', 'button[data-save]'].map(
            (selector) => document.querySelector(selector)?.checkVisibility() ?? false,
          ),
        );

      test('paper shows pictures and what their colors mean, and no buttons to press', async () => {
        const { page } = await opened('map.html');
        expect(await seen(page)).toEqual([false, true, true, true, false]);
        await page.emulateMediaType('print');
        expect(await seen(page)).toEqual([true, false, false, true, false]);
        await page.close();
      });

      test('a reader without scripts sees the same pictures', async () => {
        const page = await browser.newPage();
        await page.setJavaScriptEnabled(false);
        await page.goto(pathToFileURL(join(folder, 'full.html')).href);
        expect(await (await page.$('#sphere-still-1'))?.isVisible()).toBe(true);
        expect(await (await page.$('.controls'))?.isVisible()).toBe(false);
        await page.close();
      });
    });
  });
});
