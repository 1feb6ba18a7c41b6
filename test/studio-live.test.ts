import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { exactly, type Reader } from '../src/testing/reader.ts';
import type { TammesView } from '../src/view/index.ts';
import { commandIn } from './shared/command.ts';
import { inEachBrowser } from './shared/in-browsers.ts';

const { at, folder } = commandIn('tammes-live-');
/** Twelve points crowded about one direction, of two kinds. */
const rows = Array.from({ length: 12 }, (_, i) => ({
  label: `point ${i}`,
  kind: i % 2 === 0 ? 'even' : 'odd',
  vector: [1, 0.3 * Math.cos(1.7 * i), 0.3 * Math.sin(2.3 * i + 1)],
}));
/** The same rows an epoch later. */
const moved = rows.map(({ vector: [x, y, z], ...row }) => ({ ...row, vector: [x / 2, y, 2 * z] }));
for (const [name, ones] of Object.entries({ twelve: rows, later: moved }))
  writeFileSync(at(`${name}.jsonl`), ones.map((row) => `${JSON.stringify(row)}\n`).join(''));

const button = (of: Reader, name: string) => of.button(name, '.panel');

async function set(of: Reader, title: string, value: string): Promise<void> {
  await of.write(await of.field(title), value);
}

async function stepNow(of: Reader): Promise<number> {
  const words = await of.shown('.panel p', /^Step \S+ of/);
  return Number(/Step (\S+) of/.exec(words)?.[1]?.replace(/\D/g, ''));
}

async function smallest(of: Reader): Promise<number> {
  const line = await of.shown('.panel .numbers > div', 'Smallest angle');
  return Number.parseFloat(/([\d.]+)°/.exec(line)?.[1] ?? '');
}

inEachBrowser({ files: [at('twelve.jsonl')], folder, height: 900 }, (inBrowser) => {
  let last = 0;

  inBrowser('a drag turns the sphere, and the row under the pointer goes with it', async (of) => {
    const front = await of.page.$eval('tammes-view', (view) =>
      (view as TammesView)
        .placement()
        ?.depth.reduce((best, depth, i, all) => (depth > all[best] ? i : best), 0),
    );
    const { x, y } = await of.placeOf(front ?? 0);
    // Looked at before the pointer lets go: a sphere that was thrown turns on.
    await of.point({ x, y });
    await of.page.mouse.down();
    await of.page.mouse.move(x + 60, y + 20, { steps: 3 });
    const after = await of.placeOf(front ?? 0);
    await of.page.mouse.up();
    expect(Math.hypot(after.x - x - 60, after.y - y - 20)).toBeLessThan(2);
    await of.press('Home');
  });

  inBrowser('twelve points spread until they are the icosahedron, 63.43° apart', async (of) => {
    await of.press('d');
    await of.click('.panel summary', 'Steps, pace, what is kept');
    await set(of, 'keep', '0');
    await set(of, 'steps', '400');
    await of.select(await of.field('optimizer'), 'riemannian-adam');
    await button(of, 'Start');
    await of.find('.panel button', 'Go on');
    // In float32 they come to rest before the last step.
    last = await stepNow(of);
    expect(last).toBeGreaterThan(100);
    expect(await smallest(of)).toBeCloseTo(63.43, 1);
    expect(await of.all('.panel .chart svg')).toHaveLength(3);
    expect(await of.all('.file')).toHaveLength(1);
  });

  inBrowser(
    'it goes back to the start, and forth to be kept: a step that U takes back',
    async (of) => {
      const slider = await of.find('.panel input[type=range]');
      await slider.focus();
      await of.press('Home');
      await of.find('.panel p', /^Step 0 of/);
      expect(await smallest(of)).toBeLessThan(20);
      expect(await of.page.$$eval('.panel button:disabled', (ones) => ones.length)).toBe(1);
      await (await of.find('.panel input[type=range]')).focus();
      await of.press('End');
      await of.find('.panel p', `Step ${last} of`);
      await button(of, 'Keep');
      await of.find('.panel button', 'Start');
      await of.press('8');
      await of.find('.panel b', 'disperse');
      await of.press('u');
      await of.gone('.panel b', 'disperse');
    },
  );

  inBrowser('a run is paused, found again after a reload, and discarded', async (of) => {
    await of.press('d');
    await of.click('.panel summary', 'Steps, pace, what is kept');
    await set(of, 'keep', '0');
    await set(of, 'steps', '1000000');
    await button(of, 'Start');
    await of.find('.panel p', /^Step \S+ of/);
    await button(of, 'Pause');
    await of.find('.panel button', 'Go on');
    const step = await stepNow(of);
    expect(step).toBeGreaterThan(0);
    await of.page.reload();
    await of.find('tammes-view[data-map]');
    if ((await of.all('.panel')).every((shown) => !shown.includes('Go on'))) await of.press('d');
    await of.find('.panel button', 'Go on');
    expect(await stepNow(of)).toBe(step);
    expect(await smallest(of)).toBeGreaterThan(0);
    await button(of, 'Discard');
    await of.find('.panel button', 'Start');
  });

  inBrowser(
    'a search for twelve points ends with its proof, and its points on the map',
    async (of) => {
      await of.press('o');
      await set(of, 'Points', '12');
      await set(of, 'Starts', '2');
      await button(of, 'Search');
      await of.find('.panel', 'Proven: no points can be further apart.');
      expect(await smallest(of)).toBeCloseTo(63.434949, 5);
      await of.find('.file', '12 points of 3 columns');
      expect(await of.page.$$('.panel tammes-view')).toHaveLength(1);
      await of.press('u');
      await of.gone('.file', '12 points');
    },
  );

  inBrowser(
    'rows are centered, with the numbers before and after, and it is undone',
    async (of) => {
      await of.press('a');
      await button(of, 'Center');
      await of.find('.panel', 'Center: before and after');
      expect(await of.shown('.panel', 'Half of the rows turned by less than')).toMatch(
        /the furthest by [\d.]+°/,
      );
      await button(of, 'Undo');
      await of.gone('.panel', 'Center: before and after');
    },
  );

  inBrowser('what helps with a finding is done, with the numbers before and after', async (of) => {
    await of.press('2');
    await button(of, 'Examine everything');
    await of.find('.finding');
    await of.click('.finding button', 'Do it');
    await of.find('.panel', 'What helps: before and after');
    await button(of, 'Undo');
    await of.gone('.panel', 'before and after');
  });

  inBrowser('snapshots are played in one map, half way between two of them too', async (of) => {
    await of.upload(at('later.jsonl'));
    await of.find('.file', 'later.jsonl');
    await of.press('f');
    await button(of, 'Put them in one map');
    await of.find('.panel', 'Snapshot 1 of 2');
    await button(of, 'Play');
    await of.find('.panel', 'Snapshot 2 of 2');
    await of.find('.panel button', exactly('Play'));
    expect(await of.all('.panel .chart svg')).toHaveLength(1);
  });
});
