import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { pageServer } from './shared/page-server.ts';

interface Step {
  readonly loss: number;
  readonly accuracy: number;
  /** x and y of each prototype in turn. */
  readonly prototypes: readonly number[];
}

const STEPS = 250;

/** The smallest angle between two of the points, in degrees. */
function smallestAngle(points: readonly number[]): number {
  const angles = Array.from({ length: points.length / 2 }, (_, i) =>
    Math.atan2(points[2 * i + 1], points[2 * i]),
  ).sort((a, b) => a - b);
  const gaps = angles.map((angle, i) => (angles[i + 1] ?? angles[0] + 2 * Math.PI) - angle);
  return (Math.min(...gaps) * 180) / Math.PI;
}

test('the page is shorter than 60 lines', () => {
  const page = readFileSync(new URL('../examples/train.html', import.meta.url), 'utf8');
  expect(page.trimEnd().split('\n').length).toBeLessThan(60);
});

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test.skipIf(chromiumMissing)(
  `a page trains a classifier, spreads its prototypes and draws them${skipped}`,
  async () => {
    const server = await pageServer('mpa');
    const browser = await launchChromium();
    try {
      await server.listen();
      const page = await browser.newPage();
      const failed: string[] = [];
      page.on('pageerror', ({ message }) => failed.push(message));
      await page.goto(`${server.resolvedUrls?.local[0]}examples/train.html`);
      await page.waitForFunction(`window.training?.length === ${STEPS}`, undefined, {
        timeout: 120_000,
      });
      const training: readonly Step[] = await page.evaluate('window.training');
      const [first, last] = [training[0], training[STEPS - 1]];
      expect(last.loss).toBeLessThan(first.loss / 10);
      expect(last.accuracy).toBeGreaterThan(0.98);
      expect(smallestAngle(first.prototypes)).toBeLessThan(10);
      // Five points on a circle are at most 72° apart.
      expect(smallestAngle(last.prototypes)).toBeGreaterThan(70);
      const pixels = await page.evaluate(
        "[...document.querySelector('canvas').getContext('2d').getImageData(0, 0, 440, 440).data].filter(Boolean).length",
      );
      expect(pixels).toBeGreaterThan(0);
      expect(await page.textContent('p')).toContain(
        `Step ${STEPS}: loss ${last.loss.toFixed(3)}, ${Math.round(300 * last.accuracy)} of 300 right`,
      );
      expect(failed).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
