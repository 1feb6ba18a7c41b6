import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { type BrowserName, browserMissing, launchBrowser } from '../../testing/browsers.ts';
import { viewPage } from '../../testing/view-page.ts';
import type { Camera } from '../camera.ts';
import { fitted } from '../fit.ts';
import type * as View from '../index.ts';
import { categorical } from '../palettes/categorical.ts';
import { type ProjectionId, projections } from '../projections/index.ts';
import { rotationAbout } from '../rotation.ts';
import { drawn } from './cpu/drawn.ts';
import type { DrawSettings, Tier } from './renderer.ts';

declare const tammes: typeof View;

const SIZE = { width: 240, height: 180 };
const N = 900;
const WIDE = { pointSize: 1, opacity: 1 };

interface Scene {
  readonly dims: 2 | 3;
  readonly positions: number[];
  readonly shades: number[];
  readonly hidden: number[];
  readonly selected?: number[] | undefined;
  readonly camera: Camera;
  readonly settings: DrawSettings;
}

function sceneOf(id: ProjectionId, settings = WIDE, isSelecting = false): Scene {
  const random = Random.fromSeed(4);
  const dims = id === 'plane' || id === 'disk' ? 2 : 3;
  const positions: number[] = [];
  for (let i = 0; i < N; i++) {
    const p = Array.from({ length: dims }, () => random.normal());
    const length = dims === 3 ? Math.hypot(...p) : 3;
    positions.push(...p.map((c) => Math.fround(c / length)));
  }
  const shades = Array.from({ length: N }, (_, i) => i % 5);
  const hidden = shades.map((_, i) => (i % 11 === 0 ? 1 : 0));
  const selected = isSelecting ? shades.map((_, i) => (i % 9 === 1 ? 1 : 0)) : undefined;
  const base = fitted(cloudOf({ dims, positions, shades, hidden }), SIZE, id);
  const camera: Camera =
    base.kind === 'globe' ? { ...base, turn: rotationAbout([0.6, 0.8, 0], 0.9) } : base;
  return { dims, positions, shades, hidden, selected, camera, settings };
}

function cloudOf(scene: Pick<Scene, 'dims' | 'positions' | 'shades' | 'hidden' | 'selected'>) {
  return {
    dims: scene.dims,
    positions: Float32Array.from(scene.positions),
    shades: Uint8Array.from(scene.shades),
    hidden: Uint8Array.from(scene.hidden),
    selected: scene.selected && Uint8Array.from(scene.selected),
  };
}

const inNode = (scene: Scene) =>
  drawn(cloudOf(scene), scene.camera, SIZE, scene.settings, categorical('light'));

interface Drawn {
  readonly tier: Tier;
  readonly about: string;
  readonly data: number[];
}

function drawnIn(page: Page, tier: Tier, scene: Scene): Promise<Drawn> {
  return page.evaluate(
    async (tier, scene, size) => {
      const renderer = await tammes.bestRenderer(document.createElement('canvas'), tier);
      renderer.setPalette(tammes.categorical('light'));
      renderer.setCloud({
        dims: scene.dims,
        positions: Float32Array.from(scene.positions),
        shades: Uint8Array.from(scene.shades),
        hidden: Uint8Array.from(scene.hidden),
        selected: scene.selected && Uint8Array.from(scene.selected),
      });
      renderer.resize(size);
      await renderer.draw(scene.camera, scene.settings);
      const { data } = await renderer.pixels();
      renderer.dispose();
      return { tier: renderer.tier, about: renderer.about, data: [...data] };
    },
    tier,
    scene,
    SIZE,
  );
}

/** Lit pixels of one that have none of the other within a pixel. */
function strayPixels(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const isLit = (data: ArrayLike<number>, x: number, y: number) => {
    const at = 4 * (y * SIZE.width + x);
    return data[at] + data[at + 1] + data[at + 2] < 765;
  };
  let count = 0;
  for (let y = 1; y < SIZE.height - 1; y++) {
    for (let x = 1; x < SIZE.width - 1; x++) {
      if (!isLit(a, x, y)) continue;
      const near = [-1, 0, 1].some((dy) => [-1, 0, 1].some((dx) => isLit(b, x + dx, y + dy)));
      if (!near) count++;
    }
  }
  return count;
}

function differentPixels(a: ArrayLike<number>, b: ArrayLike<number>, rounding: number): number {
  let count = 0;
  for (let i = 0; i < a.length; i += 4)
    if ([0, 1, 2].some((c) => Math.abs(a[i + c] - b[i + c]) > rounding)) count++;
  return count;
}

const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const SOFTWARE_WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const cases: [Tier, BrowserName, readonly string[]][] = [
  ['cpu', 'chromium', []],
  ['cpu', 'firefox', []],
  ['webgl2', 'chromium', SOFTWARE_WEBGL],
  ['webgpu', 'chromium', SOFTWARE_WEBGPU],
];

describe.each(cases)('%s in %s', (tier, name, args) => {
  const skip = browserMissing(name);
  describe.skipIf(skip)(`draws as Node does${skip ? ` (skipped: ${skip})` : ''}`, () => {
    let browser: Browser;
    let page: Page;
    let folder: Awaited<ReturnType<typeof viewPage>>;

    beforeAll(async () => {
      folder = await viewPage();
      browser = await launchBrowser(name, { args });
      page = await browser.newPage();
      await page.goto(folder.address);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await folder?.remove();
    });

    test.each(Object.keys(projections) as ProjectionId[])('the points of %s', async (id) => {
      const scene = sceneOf(id);
      const expected = inNode(scene);
      const found = await drawnIn(page, tier, scene);
      expect(found.tier, found.about).toBe(tier);
      // Cards compute in float32: a point on the border of two pixels may fall into the other one.
      expect(strayPixels(found.data, expected)).toBe(0);
      expect(strayPixels(expected, found.data)).toBe(0);
      expect(differentPixels(found.data, expected, 2)).toBeLessThanOrEqual(
        tier === 'cpu' ? 0 : N / 50,
      );
    });

    test.each([
      ['many points of a map that add up', sceneOf('plane', { pointSize: 2, opacity: 0.3 })],
      ['disks', sceneOf('plane', { pointSize: 9, opacity: 0.8 })],
      ['a selection on the globe', sceneOf('globe', { pointSize: 5, opacity: 1 }, true)],
    ])('%s', async (_, scene) => {
      const expected = inNode(scene);
      const { data } = await drawnIn(page, tier, scene);
      // Edges of disks are rounded to sixteenths, and on the processor to a quarter of a pixel.
      const isRound = scene.settings.pointSize > 2.5;
      const most = tier === 'cpu' ? 0 : isRound ? 0.03 * SIZE.width * SIZE.height : N / 50;
      expect(differentPixels(data, expected, isRound ? 40 : 3)).toBeLessThanOrEqual(most);
    });
  });
});
