import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeAdapterLaws } from '../../testing/adapter-laws.ts';
import { loadPeer, missingPeer } from '../../testing/peers.ts';
import { lancedb } from './lancedb.ts';

const missing = missingPeer('@lancedb/lancedb');
const at = () => ({ place: mkdtempSync(join(tmpdir(), 'tammes-lance-')), load: loadPeer });

describe.skipIf(missing)(`LanceDB${missing && ` (skipped: ${missing})`}`, () => {
  describeAdapterLaws(lancedb, at);

  test('a table that is there stays as it is, and others stand beside it', async () => {
    const place = at();
    await (await lancedb.build({ points: [[1, 0]] }, place)).close();
    await expect(lancedb.build({ points: [[0, 1]] }, place)).rejects.toThrow(
      'lancedb: the table "vectors" is there already: name another with --table.',
    );
    await (await lancedb.build({ points: [[0, 1]] }, { ...place, table: 'b' })).close();
    const rows = await lancedb.open(place);
    expect((await rows.query([[1, 0]]))[0].scores[0]).toBeCloseTo(1, 6);
    await rows.close();
  });
});

test('an address is refused: nothing is asked that is not in a folder', async () => {
  const load = async () => ({});
  await expect(lancedb.open({ place: 'db://papers', load })).rejects.toThrow(
    'lancedb: expected a folder; got the address "db://papers".',
  );
});
