import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { exactly, Reader } from '../src/testing/reader.ts';
import type { TammesView } from '../src/view/index.ts';
import { commandIn } from './shared/command.ts';
import { inEachBrowser } from './shared/in-browsers.ts';

const { at, folder, tammes } = commandIn('tammes-page-');
const KINDS = ['citrus', 'berry', 'stone'];
/** Three groups of two columns apart from one another, by turns. */
const rows = Array.from({ length: 90 }, (_, i) => {
  const angle = ((i % 3) * 2 * Math.PI) / 3 + 0.004 * i;
  const vector = [Math.cos(angle), Math.sin(angle)];
  return { label: `fruit ${i}`, kind: KINDS[i % 3], price: i, picture: 'dot.png', vector };
});
/** A picture of one pixel. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
writeFileSync(at('dot.png'), Buffer.from(DOT, 'base64'));
writeFileSync(at('fruit.jsonl'), lines(rows));
const turned = rows.map(({ vector: [x, y], ...row }) => ({ ...row, vector: [-y, x] }));
writeFileSync(at('other.jsonl'), lines(turned));
writeFileSync(at('broken.npy'), 'no vectors');
const gaps = Array.from(
  { length: 20 },
  (_, i) => `r${i},${i % 3},${i % 5},${i % 7},${i === 2 ? 'NaN' : i % 4}`,
);
writeFileSync(at('gaps.csv'), ['label,a,b,c,d', ...gaps].join('\n'));

function lines(objects: readonly object[]): string {
  return objects.map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** What Chromium notes of an answer that is a refusal. */
const REFUSED = /Failed to load resource: .* 400/;
const COLOR_BY = '[aria-label$="by"]';
const CONDITION = '[aria-label="Condition"]';

inEachBrowser({ files: [at('fruit.jsonl')], folder }, (inBrowser) => {
  inBrowser('a file opens to a map, colored by its first column of categories', async (of) => {
    expect(await of.shown('.file b')).toBe('fruit.jsonl');
    expect(await of.shown('.status')).toContain('90 rows shown');
    await of.find('.legend li');
    expect(await of.all('.legend li')).toHaveLength(3);
    expect(of.page.url()).not.toContain('token');
  });

  inBrowser('a row under the cursor tells its columns and shows its picture', async (of) => {
    await of.point(await of.placeOf(4));
    expect(await of.shown('.card', 'fruit')).toMatch(/fruit \d+[\s\S]*kind\s+berry/);
    const picture = await of.find('.card img');
    expect(await picture.evaluate((image) => (image as HTMLImageElement).decode())).toBe(undefined);
  });

  inBrowser(
    'a drag moves the map, a turn of the wheel brings it nearer, Home shows all',
    async (of) => {
      const before = await of.placeOf(4);
      const other = await of.placeOf(5);
      const middle = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 };
      await of.drag(middle, { x: middle.x + 30, y: middle.y + 20 });
      const moved = await of.placeOf(4);
      expect(moved.x - before.x).toBeCloseTo(30, 0);
      expect(moved.y - before.y).toBeCloseTo(20, 0);
      await of.page.mouse.wheel({ deltaY: -300 });
      await of.until(async () => {
        const [a, b] = [await of.placeOf(4), await of.placeOf(5)];
        return (
          Math.hypot(a.x - b.x, a.y - b.y) >
          1.2 * Math.hypot(before.x - other.x, before.y - other.y)
        );
      });
      await of.press('Home');
      await of.rests(4, before);
    },
  );

  inBrowser('a lasso selects what it goes around, and Escape gives it up', async (of) => {
    const { x, y } = await of.placeOf(0);
    await of.press('l');
    await of.until(() =>
      of.page.$eval('tammes-view', (view) => (view as TammesView).mode === 'lasso'),
    );
    const around = Array.from({ length: 25 }, (_, i) => ({
      x: x + 20 * Math.cos(i / 3.8),
      y: y + 20 * Math.sin(i / 3.8),
    }));
    await of.drag(...around);
    expect(await of.shown('.status', 'by lasso')).toMatch(/\d+ selected by lasso/);
    await of.press('Escape');
    await of.gone('.status', 'selected');
  });

  inBrowser('a category of the legend is hidden and shown, and a ramp is brushed', async (of) => {
    await of.click('.legend button');
    await of.find('.status', '60 of 90 rows shown');
    await of.find('.legend button[aria-pressed=false]');
    await of.click('.legend button');
    await of.find('.status', /^90 rows shown/);
    await of.select(COLOR_BY, 'price');
    const box = await (await of.find('.ramp')).evaluate((ramp) => {
      const { x, y, width } = (ramp.querySelector('svg') as SVGElement).getBoundingClientRect();
      return { x, y, width };
    });
    const y = box.y + 10;
    await of.drag({ x: box.x + 1, y }, { x: box.x + box.width / 2, y });
    await of.find('.status', /4\d of 90 rows shown/);
    await of.click('.filters button');
    await of.find('.status', /^90 rows shown/);
  });

  inBrowser('a search rings what it finds and lists it, nearest first', async (of) => {
    await of.press('/');
    await of.page.keyboard.type('fruit 7');
    await of.press('Enter');
    expect(await of.shown('.panel .rows .item')).toContain('fruit');
    const ringed = await of.page.$eval(
      'tammes-view',
      (view) => (view as HTMLElement & { marks: number[] }).marks.length,
    );
    expect(ringed).toBeGreaterThanOrEqual(20);
    await of.press('Escape', 'Escape');
  });

  inBrowser('every panel opens and closes by its key, and ? lists them', async (of) => {
    const titles = await of.all('.rail .tab span:first-child');
    const keys = await of.all('.rail .tab .kbd');
    expect(new Set(keys).size).toBe(keys.length);
    await of.press('1');
    for (const [i, key] of keys.entries()) {
      await of.press(key.toLowerCase());
      if (i === 0) await of.press(key.toLowerCase());
      await of.find('.panel h2', exactly(titles[i]));
    }
    await of.press('?');
    await of.find('dialog[open]', 'Lasso');
    await of.press('Escape');
    await of.gone('dialog[open]');
  });

  inBrowser('a kept selection is a step: it is undone and redone', async (of) => {
    await of.press('6');
    await of.write(CONDITION, 'kind = "berry" and price < 30', 'Enter');
    await of.find('.status', '10 selected');
    await of.write('[aria-label="Name of the selection"]', 'cheap berries', 'Enter');
    await of.find('.kept-selection', 'cheap berries');
    await of.click('.panel h2');
    await of.press('u');
    await of.gone('.kept-selection');
    await of.press('y');
    await of.find('.kept-selection');
  });

  inBrowser('what was measured goes with the vectors, and comes back with them', async (of) => {
    await of.press('2');
    await of.button('Look for hubs');
    await of.find('.panel button', /^Select these/);
    await of.press('a');
    await of.button('Center', '.panel');
    await of.idle();
    await of.press('2');
    await of.find('.panel button', 'Look for hubs');
    await of.click('.panel h2');
    await of.press('u');
    await of.find('.panel button', /^Select these/);
  });

  inBrowser('a refusal is a sentence that can be dismissed', async (of) => {
    await of.press('6');
    await of.write(CONDITION, 'weight > 3', 'Enter');
    expect(await of.shown('.panel .bad', /\S/)).toContain('weight');
    await of.press('Escape');
    await of.upload(at('broken.npy'), '.files input[type=file]');
    const toast = await of.find('.toast.error', 'broken.npy');
    const panel = await of.find('.panel');
    const [{ x, width }, beside] = await Promise.all([toast, panel].map((one) => of.boxOf(one)));
    expect(x + width).toBeLessThan(beside.x);
    await of.click('.toast.error button');
    await of.gone('.toast.error');
    of.forgive(REFUSED);
  });

  inBrowser('a file with gaps is mapped without the rows that have them', async (of) => {
    await of.upload(at('gaps.csv'), '.files input[type=file]');
    await of.click('.file', 'gaps.csv');
    await of.button('Make a map');
    await of.find('.toast.error', 'NaN');
    await of.click('.toast.error button');
    await of.button('Leave out rows with gaps');
    await of.find('.status', /^19 rows shown/);
    await of.idle();
    // Both steps and the file go again.
    await of.press('u', 'u', 'u');
    await of.gone('.file', 'gaps.csv');
    await of.find('.status', /^90 rows shown/);
  });

  inBrowser('the theme goes from the system to light and dark', async (of) => {
    const theme = () => of.page.evaluate(() => document.documentElement.dataset['theme']);
    await of.click('.status');
    await of.press('t', 't');
    expect(await theme()).toBe('dark');
    await of.press('t');
    expect(await theme()).toBe('light');
  });

  inBrowser(
    'the exported page opens without a server and names what is under the cursor',
    async (of, { browser }) => {
      await of.press('9');
      await of.button('HTML page');
      const name = 'fruit-jsonl-the-points-as-they-are.html';
      const saved = await of.saved(name);
      expect(saved.length).toBeLessThan(200_000);
      writeFileSync(at('map.html'), saved);
      const other = await Reader.at(browser, `file://${at('map.html')}`);
      await other.page.waitForFunction(
        () =>
          (document.querySelector('tammes-view') as (HTMLElement & { about?: unknown }) | null)
            ?.about,
      );
      await other.point(await other.placeOf(4));
      expect(await other.shown('#card', 'fruit')).toMatch(/fruit \d+/);
      expect(await other.shown('aside h2')).toBe('price');
      expect(other.complaints).toEqual([]);
      await other.page.close();
    },
  );

  inBrowser('the picture, the drawing and the coordinates are saved as files', async (of) => {
    await of.button('PNG');
    expect(
      (await of.saved('fruit-jsonl-the-points-as-they-are.png')).subarray(1, 4).toString(),
    ).toBe('PNG');
    await of.button('SVG');
    expect(String(await of.saved('fruit-jsonl-the-points-as-they-are.svg'))).toMatch(
      /^<svg[\s\S]*<\/svg>\s*$/,
    );
    await of.button('Coordinates');
    const saved = String(await of.saved('fruit-jsonl-the-points-as-they-are.csv'));
    expect(saved.trim().split('\n')).toHaveLength(91);
  });

  inBrowser('rows are reached by keys alone: the list shows, pins and selects them', async (of) => {
    await of.click('.status');
    await of.press('Escape', '5');
    await of.find('.grid .line');
    await (await of.find('.grid')).focus();
    await of.press('ArrowDown', 'Enter');
    await of.find('.one .name', /^fruit 1$/);
    await of.press(' ');
    await of.find('.status', /\b1 selected/);
  });

  inBrowser('a second file is turned to, mapped, and compared with the first', async (of) => {
    await of.press('Escape');
    await of.upload(at('other.jsonl'), '.files input[type=file]');
    await of.click('.file', 'other.jsonl');
    await of.button('Make a map');
    await of.page.waitForFunction(() => document.querySelectorAll('.maps .item').length === 2);
    await of.press('7');
    const right = await of.field('Right');
    await of.select(
      right,
      await of.page.$eval(
        `${right} option:nth-child(2)`,
        (one) => (one as HTMLOptionElement).value,
      ),
    );
    await of.find('figure:nth-of-type(2) tammes-view[data-map]');
    await of.button('Compare them');
    await of.button(/^Colou?r both by change$/);
    // A turn changes no neighbor.
    expect(await of.shown('.panel')).toContain('Of the 10 nearest rows 0 % are others');
    await of.point(await of.placeOf(5));
    await of.find('.card');
    const over = await of.page.$$eval('tammes-view', (views) =>
      views.map((view) => (view as HTMLElement & { hovered: number }).hovered),
    );
    expect(over[0]).toBeGreaterThanOrEqual(0);
    expect(over[1]).toBe(over[0]);
    // Where an uploaded file lay is not known, and nor are its pictures.
    await of.find('.card', /picture|--media/);
    of.forgive(REFUSED);
  });

  inBrowser(
    'the recipe that the history saves is replayed to the same bytes',
    async (of, { name }) => {
      await of.click('.status');
      await of.press('8');
      expect(await of.shown('.panel')).toContain('compare');
      expect(await of.shown('.panel')).toMatch(
        /npx tammes studio replay recipe\.json .*fruit\.jsonl/,
      );
      await of.button('Save the recipe');
      const saved = String(await of.saved('recipe.json'));
      writeFileSync(at('again.json'), saved);
      const { steps } = JSON.parse(saved) as {
        steps: { action: string }[];
      };
      expect(steps.map(({ action }) => action)).toContain('select');
      const { code, out, err } = tammes(
        'studio',
        'replay',
        'again.json',
        'fruit.jsonl',
        'other.jsonl',
        '-o',
        name,
        '--json',
        '--quiet',
      );
      expect([code, err]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject({ same: true, sameFiles: true });
    },
  );
});
