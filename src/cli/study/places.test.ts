import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { studyData } from './places.ts';

test('a full set lies in the folder of its name in the one that was given', async () => {
  const given = mkdtempSync(join(tmpdir(), 'tammes data '));
  mkdirSync(join(given, 'mnist'));
  const found = await studyData(given).full('mnist');
  expect(fileURLToPath(new URL('file', found))).toBe(join(given, 'mnist', 'file'));
  await expect(studyData(given).full('fashion-mnist')).rejects.toThrow(
    `--data ${given}: expected a folder fashion-mnist in it; got none`,
  );
});

test('a folder that is not there is refused at once, and one that is there says whether it was wanted', async () => {
  expect(() => studyData('no-such-folder')).toThrow('--data no-such-folder: expected a folder');
  const data = studyData(mkdtempSync(join(tmpdir(), 'tammes-data-')));
  expect(data.wasAsked()).toBe(false);
  await data.full('mnist').catch(() => undefined);
  expect(data.wasAsked()).toBe(true);
});

test('without a folder there is no full set, and the slice is in study-data', async () => {
  expect(await studyData().full('mnist')).toBeUndefined();
  expect((await studyData().folder('mnist')).pathname).toMatch(/\/study-data\/mnist\/$/);
  await expect(studyData().folder('no-such-data')).rejects.toThrow('study-data/no-such-data');
});
