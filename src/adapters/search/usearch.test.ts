import { copyFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { describeAdapterLaws } from '../../testing/adapter-laws.ts';
import { loadPeer, missingPeer } from '../../testing/peers.ts';
import { usearch } from './usearch.ts';

const missing = missingPeer('usearch');
const folder = () => mkdtempSync(join(tmpdir(), 'tammes-usearch-'));
const at = (place = join(folder(), 'a.usearch')) => ({ place, load: loadPeer });

describe.skipIf(missing)(`usearch${missing && ` (skipped: ${missing})`}`, () => {
  describeAdapterLaws(usearch, at);

  test('rows that are a part of a larger buffer are found before and after the file is opened', async () => {
    const all = Float32Array.of(9, 9, 1, 0, 0, 1, 9, 9);
    const place = at();
    const made = await usearch.build({ points: matrix(all.subarray(2, 6), 2, 2) }, place);
    for (const rows of [made, await usearch.open(place)]) {
      const [{ rows: found, exact }] = await rows.query([[0, 1]], { k: 1 });
      expect([found, exact]).toEqual([[1], false]);
      const many = Array.from({ length: 32 }, () => [0, 1]);
      expect((await rows.query(many, { k: 1 }))[31].estimatedRecall).toBe(1);
      await rows.close();
    }
  });

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
