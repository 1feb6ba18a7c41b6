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
  test('tables of others: id and label are columns like any', async () => {
    const place = at();
    const { connect, makeArrowTable } = (await loadPeer('@lancedb/lancedb')) as {
      readonly connect: (folder: string) => Promise<{
        createTable(name: string, data: unknown): Promise<unknown>;
        close(): void;
      }>;
      readonly makeArrowTable: (rows: readonly object[]) => unknown;
    };
    const database = await connect(place.place);
    const rows = [
      { id: 5, vector: [1, 0], label: 'a', year: 2000 },
      { id: 9, vector: [0, 2], label: "it's", year: 2001 },
    ];
    await database.createTable('theirs', makeArrowTable(rows));
    await database.createTable('plain', makeArrowTable([{ id: 'x', body: 'y' }]));
    database.close();
    const theirs = await lancedb.open({ ...place, table: 'theirs' });
    expect(theirs).toMatchObject({ n: 2, d: 2, columns: ['id', 'label', 'year'] });
    const [own] = await theirs.query([[1, 1]], { where: "label = 'it''s' and id > 5" });
    expect(own).toMatchObject({ rows: [9], labels: ["it's"], exact: true, scanned: 1 });
    await theirs.close();
    await expect(lancedb.open({ ...place, table: 'plain' })).rejects.toThrow(
      'the table "plain" must have an id of numbers and a vector of a fixed size; its columns are id',
    );
  });
});

test('an address is refused: nothing is asked that is not in a folder', async () => {
  const load = async () => ({});
  await expect(lancedb.open({ place: 'db://papers', load })).rejects.toThrow(
    'lancedb: expected a folder; got the address "db://papers".',
  );
});
