import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Random } from '../src/core/random.ts';
import { exactly, type Reader } from '../src/testing/reader.ts';
import { commandIn } from './shared/command.ts';
import { inEachBrowser } from './shared/in-browsers.ts';

const { at, folder } = commandIn('tammes-looks-');
const COLORS = ['red', 'green', 'blue'];
const N = 300;
/** Three groups of six columns, and a place of each row, three of them far from the others. */
const random = Random.fromSeed(1);
const rows = Array.from({ length: N }, (_, i) => {
  const vector = Array.from({ length: 6 }, (_value, c) => (c === i % 3 ? 3 : 0) + random.normal());
  const [x, y] = [i < 3 ? 1000 : random.normal(), random.normal()];
  return { label: `${COLORS[i % 3]} ${i}`, first: vector[0], x, y, vector };
});
writeFileSync(at('groups.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** Opens the panel of a key, wherever the focus was. */
async function open(of: Reader, key: string): Promise<void> {
  await of.click('.status');
  const [now] = await of.all('.rail .tab[aria-selected=true] .kbd');
  if (now !== key.toUpperCase()) await of.press(key);
  await of.find('.rail .tab[aria-selected=true] .kbd', exactly(key.toUpperCase()));
  await of.find('.panel h2');
}

const button = (of: Reader, name: string) => of.button(name, '.panel');
const count = (of: Reader, css: string) => of.page.$$eval(css, (ones) => ones.length);

interface Shown {
  readonly labels: readonly { readonly text: string; readonly isRegion?: boolean }[];
  readonly dashedLinks: ArrayLike<number>;
  readonly links: ArrayLike<number>;
}

inEachBrowser({ files: [at('groups.jsonl')], folder }, (inBrowser) => {
  inBrowser(
    'regions are named by words of their rows where no category colors the map',
    async (of) => {
      await of.page.waitForFunction(() =>
        (document.querySelector('tammes-view') as unknown as Shown).labels.some(
          ({ isRegion, text }) => isRegion && /red|green|blue/.test(text),
        ),
      );
      expect(await count(of, '.legend')).toBe(0);
      await of.button('Find clusters');
      await of.find('.legend button');
      expect(await of.shown('.legend')).toMatch(/1 (red|green|blue)/);
    },
  );

  inBrowser(
    'an axis says how surely it orders rows, draws them in their bands, colors the map',
    async (of) => {
      await open(of, 'x');
      await of.select(await of.field('Column'), 'first');
      await button(of, 'Fit the axis');
      await of.find('.panel .chart svg');
      expect(await of.shown('.panel')).toMatch(
        /Rank correlation[\s\S]*random directions stay below/,
      );
      expect(await count(of, '.panel .chart circle')).toBe(17);
      expect(await count(of, '.panel .chart path')).toBe(17);
      await button(of, 'Color by it');
      await of.find('.ramp');
      const color = await of.find('.panel button', exactly('Color by it'));
      expect(await color.evaluate((one) => one.getAttribute('aria-pressed'))).toBe('true');
      await button(of, 'Select the highest');
      await of.find('.status', '30 selected by highest along first');
    },
  );

  inBrowser('two groups of rows are the ends of an axis, and two axes are a map', async (of) => {
    await of.select(await of.field('Fitted to'), 'ends');
    await button(of, 'Take the selected rows as the high end');
    await of.find('.panel button:disabled', exactly('Fit the axis'));
    await button(of, 'Select the lowest');
    await button(of, 'Take the selected rows as the low end');
    await button(of, 'Fit the axis');
    await button(of, 'Show the map');
    await of.find('.maps .item.taken', 'extremes, first');
    await of.press('Escape');
  });

  inBrowser(
    'a map with a few far rows shows the others first, and all of them when asked',
    async (of) => {
      await open(of, '1');
      await of.select(await of.field('From'), 'fields');
      await of.select('.panel select[aria-label=Right]', 'x');
      await of.select('.panel select[aria-label=Up]', 'y');
      await button(of, 'Show');
      await of.find('.status', '297 in the picture');
      await of.page.focus('tammes-view');
      await of.press('Home');
      await of.gone('.status', 'in the picture');
      expect(await of.shown('.status')).toContain('300 rows shown');
    },
  );

  inBrowser('neighbors on the map alone have dashed lines and a sentence', async (of) => {
    await of.click('.maps .item');
    await open(of, '4');
    await of.press('/');
    await of.page.keyboard.type('row 5');
    await of.press('Enter');
    await of.find('.panel .rows .item');
    await open(of, '3');
    await of.find('.panel', 'Near on the map alone');
    expect(await of.shown('.panel')).toContain('in the space they are not among its nearest');
    const lines = await of.page.evaluate(() => {
      const { links, dashedLinks } = document.querySelector('tammes-view') as unknown as Shown;
      return [links.length / 2, dashedLinks.length / 2];
    });
    expect(lines).toEqual([10, await count(of, '.panel .item.false')]);
  });

  inBrowser('a finding names the file without the folders that it lies in', async (of) => {
    await open(of, '2');
    of.page.setDefaultTimeout(50_000);
    await of.button('Examine everything');
    await of.find('.finding');
    const words = (await of.all('.finding')).join();
    expect(words).toContain('groups.jsonl');
    expect(words).not.toContain(folder);
  });

  inBrowser('a number that is typed stays while the page draws anew', async (of) => {
    await open(of, 'o');
    const points = await of.find(await of.field('Points'));
    const value = () => points.evaluate((one) => (one as HTMLInputElement).value);
    await points.focus();
    await points.evaluate((one) => (one as HTMLInputElement).select());
    await of.page.keyboard.type('20');
    await of.page.evaluate(() => document.querySelector<HTMLElement>('.maps .item')?.click());
    expect(await value()).toBe('20');
    await of.page.keyboard.type('0');
    expect(await value()).toBe('200');
  });

  inBrowser('a search for a code that is stopped keeps the best so far', async (of) => {
    await of.write(await of.field('Starts'), '500');
    await button(of, 'Search');
    await of.find('.panel', 'Best so far');
    await of.button('Stop', '.job');
    await of.find('.panel', 'The best so far is kept as a table of its own');
    await of.find('.file', '200 points of 3 columns');
  });

  inBrowser('after a change a map is made again from where its rows lie', async (of) => {
    await of.click('.file', 'groups.jsonl');
    await of.click('.maps .item');
    await open(of, 'a');
    await button(of, 'Whiten');
    expect(await of.shown('.outdated')).toContain('Where rows were before the last change.');
    await of.button('Make it again from here', '.outdated');
    await of.gone('.outdated');
    expect(await of.shown('.maps .item.taken')).toContain('Principal components');
  });
});
