import { expect, it } from 'vitest';
import { nuisanceFile, verdictOf } from '../testing/nuisances/index.ts';
import { read } from './index.ts';

const { TAMMES_NUISANCE_FILES: files = '2000', TAMMES_NUISANCE_SEED: first = '0' } = process.env;
/** How many files, and the seed of the first. */
const FILES = Number(files);
const FIRST = Number(first);

it(`each of ${FILES} files with nuisances is read right or refused`, async () => {
  const wrong: string[] = [];
  const counts = { same: 0, refused: 0 };
  for (let seed = FIRST; seed < FIRST + FILES && wrong.length < 20; seed++) {
    const file = nuisanceFile(seed);
    const verdict = await verdictOf(file, read);
    if (verdict === 'same' || verdict === 'refused') counts[verdict]++;
    else wrong.push(`seed ${seed} (${file.name}: ${file.nuisances.join(', ')}): ${verdict}`);
  }
  expect(wrong).toEqual([]);
  // Refusing everything would be right, too.
  expect(counts.same).toBeGreaterThan(counts.refused);
});
