import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserName, browserMissing, launchBrowser } from '../testing/browsers.ts';
import { viewPage } from '../testing/view-page.ts';
import type { Camera } from './camera.ts';
import type { Cloud } from './cloud.ts';
import type * as View from './index.ts';
import { boxed } from './lasso.ts';
import { placementOf } from './placement.ts';

declare const tammes: typeof View;

interface Told {
  readonly name: string;
  readonly detail: Record<string, unknown>;
}

const BODY = `<tammes-view></tammes-view><script>
window.told = [];
for (const name of ['pick', 'hover', 'lasso', 'camera', 'mode', 'ready'])
  addEventListener(name, ({ detail }) =>
    told.push({ name, detail: detail.rows ? { ...detail, rows: [...detail.rows] } : detail }));
document.querySelector('tammes-view').labels = [{ row: 12, text: '<b>' }];
</script>`;

/** A grid of 9 × 7 points, 30 units apart; on the globe the same as directions. */
function grid(dims: 2 | 3): number[] {
  return Array.from({ length: 63 }, (_, i) => {
    const [x, y] = [(i % 9) - 4, Math.floor(i / 9) - 3];
    if (dims === 2) return [30 * x, 30 * y];
    const length = Math.hypot(x, y, 6);
    return [x / length, y / length, 6 / length];
  }).flat();
}

const cloudOf = (dims: 2 | 3): Cloud => ({
  positions: Float32Array.from(grid(dims)),
  dims,
  shades: new Uint8Array(63),
});
const SIZE = { width: 400, height: 300 };

describe.each<BrowserName>(['chromium', 'firefox'])('<tammes-view> in %s', (name) => {
  const skip = browserMissing(name);
  describe.skipIf(skip)(skip ? `(skipped: ${skip})` : 'in a page from a folder', () => {
    let browser: Browser;
    let page: Page;
    let folder: Awaited<ReturnType<typeof viewPage>>;
    const errors: string[] = [];

    beforeAll(async () => {
      folder = await viewPage(BODY);
      browser = await launchBrowser(name);
      page = await browser.newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(folder.address);
      await page.evaluate(() => tammes.defineTammesView());
      await until('ready');
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await folder?.remove();
    });
    beforeEach(async () => {
      await page.keyboard.press('Escape');
      await page.mouse.move(399, 299);
    });

    /** Waits for the next event of a name after `since` events. */
    async function until(event: string, since = 0): Promise<Told> {
      const found = await page.waitForFunction(
        (event, since) =>
          (window as unknown as { told: Told[] }).told
            .slice(since)
            .find(({ name }) => name === event),
        { timeout: 10_000, polling: 20 },
        event,
        since,
      );
      return (await found.jsonValue()) as Told;
    }

    const count = (): Promise<number> =>
      page.evaluate(() => (window as unknown as { told: Told[] }).told.length);

    /** Gives the element a cloud, and waits until it stands. */
    const show = (dims: 2 | 3): Promise<void> =>
      page.evaluate(
        async (positions, dims) => {
          const view = document.querySelector('tammes-view') as View.TammesView;
          view.cloud = {
            positions: Float32Array.from(positions),
            dims,
            shades: new Uint8Array(positions.length / dims),
          };
          view.fit();
          await view.picture();
        },
        grid(dims),
        dims,
      );

    const camera = (): Promise<Camera> =>
      page.evaluate(
        () => (document.querySelector('tammes-view') as View.TammesView).camera as Camera,
      );

    async function placeOf(row: number, dims: 2 | 3): Promise<readonly [number, number]> {
      const { x, y } = placementOf(cloudOf(dims), await camera(), SIZE);
      return [x[row], y[row]];
    }

    const liveText = (): Promise<string> =>
      page.evaluate(
        () =>
          document.querySelector('tammes-view')?.shadowRoot?.querySelector('[role=status]')
            ?.textContent ?? '',
      );

    test('the processor draws in a worker, and the element says why no card does', async () => {
      const { detail } = await until('ready');
      expect(detail['tier']).toBe('cpu');
      expect(detail['about']).toMatch(/^the processor, in a worker: .*Web/);
    });

    test('what was set before the element was known counts', async () => {
      const labels = await page.evaluate(
        () => (document.querySelector('tammes-view') as View.TammesView).labels,
      );
      expect(labels).toEqual([{ row: 12, text: '<b>' }]);
    });

    test.each([2, 3] as const)(
      'hover and click mean the point under them (%s columns)',
      async (dims) => {
        await show(dims);
        const [x, y] = await placeOf(20, dims);
        let since = await count();
        await page.mouse.move(x + 3, y - 2);
        expect((await until('hover', since)).detail['row']).toBe(20);
        since = await count();
        await page.mouse.click(x + 3, y - 2);
        expect((await until('pick', since)).detail).toMatchObject({ row: 20, change: 'replace' });
        expect(await liveText()).toBe('row 20');
      },
    );

    test.each([2, 3] as const)('a box selects what Node selects (%s columns)', async (dims) => {
      await show(dims);
      await page.focus('tammes-view');
      await page.keyboard.press('b');
      const since = await count();
      const [from, to] = [
        [101, 80],
        [260, 199],
      ] as const;
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(180, 150, { steps: 3 });
      await page.mouse.move(...to, { steps: 3 });
      await page.mouse.up();
      const { detail } = await until('lasso', since);
      const rows = boxed(placementOf(cloudOf(dims), await camera(), SIZE), from, to);
      expect(detail).toEqual({ rows: [...rows], change: 'replace' });
      expect(rows.length).toBeGreaterThan(8);
      expect(await liveText()).toBe(`${rows.length} points in the area.`);
    });

    test('with Shift a drag draws a lasso at once, and Escape gives it up', async () => {
      await show(2);
      let since = await count();
      const draw = async () => {
        await page.keyboard.down('Shift');
        await page.mouse.move(100, 60);
        await page.mouse.down();
        for (const [x, y] of [
          [300, 60],
          [300, 240],
          [100, 240],
        ] as const)
          await page.mouse.move(x, y, { steps: 4 });
      };
      await draw();
      await page.mouse.up();
      await page.keyboard.up('Shift');
      const { detail } = await until('lasso', since);
      expect(detail['change']).toBe('replace');
      expect((detail['rows'] as number[]).length).toBeGreaterThan(10);
      since = await count();
      await page.focus('tammes-view');
      await draw();
      await page.keyboard.press('Escape');
      await page.mouse.up();
      await page.keyboard.up('Shift');
      const after = await page.evaluate(
        (since) =>
          (window as unknown as { told: Told[] }).told
            .slice(since)
            .some(({ name }) => name === 'lasso'),
        since,
      );
      expect(after).toBe(false);
    });

    test('a lasso goes through every place of the pointer, also where a slow picture gets them as one event', async () => {
      await show(2);
      const since = await count();
      await page.keyboard.down('Shift');
      await page.mouse.move(100, 60);
      await page.mouse.down();
      await page.evaluate(() => {
        const view = document.querySelector('tammes-view') as View.TammesView;
        const { left, top } = view.getBoundingClientRect();
        const own = (pointerId: number) => view.hasPointerCapture(pointerId);
        const pointerId = [0, 1, 2].find(own) ?? 1;
        const at = (x: number, y: number) => ({
          pointerId,
          clientX: left + x,
          clientY: top + y,
        });
        const coalescedEvents = [
          [300, 60],
          [300, 240],
          [100, 240],
        ].map(([x, y]) => new PointerEvent('pointermove', at(x, y)));
        view.dispatchEvent(new PointerEvent('pointermove', { ...at(100, 240), coalescedEvents }));
      });
      await page.mouse.up();
      await page.keyboard.up('Shift');
      const { detail } = await until('lasso', since);
      const rows = boxed(placementOf(cloudOf(2), await camera(), SIZE), [100, 60], [300, 240]);
      expect(detail['rows']).toEqual([...rows]);
    });

    test('a drag turns the globe under the pointer, the wheel zooms', async () => {
      await show(3);
      const [x, y] = await placeOf(20, 3);
      let since = await count();
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 30, y + 12, { steps: 4 });
      await until('camera', since);
      const [after, down] = await placeOf(20, 3);
      // Pointer places are whole pixels.
      expect(Math.hypot(after - x - 30, down - y - 12)).toBeLessThan(1.5);
      await page.mouse.up();
      await page.keyboard.press('Escape');
      const { scale } = await camera();
      since = await count();
      await page.mouse.wheel({ deltaY: -100 });
      await until('camera', since);
      expect((await camera()).scale).toBeGreaterThan(1.1 * scale);
    });

    test('keys move, zoom, and bring all back', async () => {
      await show(2);
      const first = await camera();
      await page.focus('tammes-view');
      const rest = async () => {
        let last: string;
        let now = '';
        do {
          last = now;
          await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120)));
          now = JSON.stringify(await camera());
        } while (now !== last);
      };
      await page.keyboard.press('ArrowRight');
      await rest();
      const moved = await camera();
      expect(moved.kind === 'plane' && moved.center[0]).toBeCloseTo(300 / 16 / first.scale, 6);
      await page.keyboard.press('+');
      await rest();
      expect((await camera()).scale).toBeCloseTo(1.25 * first.scale, 6);
      await page.keyboard.press('Home');
      await rest();
      expect(await camera()).toEqual(first);
      const since = await count();
      await page.keyboard.press('Enter');
      expect((await until('pick', since)).detail['row']).toBe(31);
    });

    test('two fingers zoom where they are', async () => {
      await show(2);
      const before = await camera();
      await page.evaluate(() => {
        const view = document.querySelector('tammes-view') as View.TammesView;
        view.setPointerCapture = () => undefined;
        const finger = (type: string, pointerId: number, clientX: number) =>
          view.dispatchEvent(
            new PointerEvent(type, { pointerId, clientX, clientY: 100, pointerType: 'touch' }),
          );
        finger('pointerdown', 7, 100);
        finger('pointerdown', 8, 200);
        finger('pointermove', 8, 300);
        finger('pointerup', 7, 100);
        finger('pointerup', 8, 300);
      });
      expect((await camera()).scale).toBeCloseTo(2 * before.scale, 6);
    });

    test('a picture is a PNG of what is seen, an SVG has a dot a point and its labels', async () => {
      await show(2);
      const made = await page.evaluate(async () => {
        const view = document.querySelector('tammes-view') as View.TammesView;
        const blob = await view.picture();
        const image = await createImageBitmap(blob);
        const svg = await view.svg();
        const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
        return {
          type: blob.type,
          width: image.width,
          height: image.height,
          dots: svg.split('h0').length - 1,
          texts: [...parsed.querySelectorAll('text')].map((text) => text.textContent),
        };
      });
      expect(made).toEqual({ type: 'image/png', ...SIZE, dots: 63, texts: ['<b>'] });
    });

    test('its name tells the number of points and the keys', async () => {
      const label = await page.evaluate(() =>
        document.querySelector('tammes-view')?.getAttribute('aria-label'),
      );
      expect(label).toMatch(/^63 points\. Arrow keys .* Escape gives up\.$/);
    });

    test('taken out of the page and put back it draws again', async () => {
      await show(2);
      const since = await count();
      await page.evaluate(() => {
        const view = document.querySelector('tammes-view') as View.TammesView;
        view.remove();
        document.body.append(view);
      });
      await until('ready', since);
      await show(3);
      const [x, y] = await placeOf(5, 3);
      const row = await page.evaluate(
        (x, y) => (document.querySelector('tammes-view') as View.TammesView).rowAt(x, y),
        x,
        y,
      );
      expect(row).toBe(5);
    });

    test('where the page allows no worker it draws on the page’s own thread, and says so', async () => {
      const strict = await viewPage(
        `<meta http-equiv="Content-Security-Policy" content="worker-src 'none'"><tammes-view></tammes-view>`,
      );
      const other = await browser.newPage();
      await other.goto(strict.address);
      const about = await other.evaluate(async (positions) => {
        tammes.defineTammesView();
        const view = document.querySelector('tammes-view') as View.TammesView;
        await new Promise((resolve) => view.addEventListener('ready', resolve));
        view.cloud = {
          positions: Float32Array.from(positions),
          dims: 2,
          shades: new Uint8Array(63),
        };
        await view.picture();
        return view.about?.about;
      }, grid(2));
      await other.close();
      await strict.remove();
      expect(about).toContain('on the page’s own thread');
    });

    test('no error was thrown or logged', () => {
      expect(errors).toEqual([]);
    });
  });
});
