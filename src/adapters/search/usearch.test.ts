import { copyFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeAdapterLaws } from '../../testing/adapter-laws.ts';
import { loadPeer, missingPeer } from '../../testing/peers.ts';
import { usearch } from './usearch.ts';

const missing = missingPeer('usearch');
const folder = () => mkdtempSync(join(tmpdir(), 'tammes-usearch-'));
const at = (place = join(folder(), 'a.usearch')) => ({ place, load: loadPeer });

describe.skipIf(missing)(`usearch${missing && ` (skipped: ${missing})`}`, () => {
  describeAdapterLaws(usearch, at);

  test('two files that are not of one another are refused, and none is left half-written', async () => {
    const [here, there] = [at(), at()];
    await (await usearch.build({ points: [[1, 0]] }, here)).close();
    await (await usearch.build({ points: [[0, 1]] }, there)).close();
    copyFileSync(`${there.place}.rows`, `${here.place}.rows`);
    await expect(usearch.open(here)).rejects.toThrow('are not of one another');
    writeFileSync(`${here.place}.rows`, 'word,vector\n');
    await expect(usearch.open(here)).rejects.toThrow(/a\.usearch\.rows: .*\.$/);
    expect(readdirSync(join(there.place, '..')).toSorted()).toEqual([
      'a.usearch',
      'a.usearch.rows',
    ]);
    const nowhere = at(join(folder(), 'none', 'a'));
    await expect(usearch.build({ points: [[0, 1]] }, nowhere)).rejects.toThrow(
      /could not be written.*\.$/,
    );
  });
});
