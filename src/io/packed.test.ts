import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPacked, packedInMemory, writePacked } from './packed.ts';
import { columnNames, packedColumn, packedColumns, packedText } from './packed-columns.ts';

const kind = { format: 'tammes-koala', version: 1, title: 'koala' };
const columns = { year: Float64Array.of(1999, Number.NaN, 2020), topic: ['a', 'ü, "c"', ''] };
const arrays = {
  codes: { shape: [3, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 255) },
  weights: { shape: [2, 2], data: Float64Array.of(1, 1 / 3, -0, 1e300) },
  places: { shape: [3], data: Int32Array.of(-1, 7, 2 ** 31 - 1) },
  ...packedColumns(columns),
};

const path = join(mkdtempSync(join(tmpdir(), 'tammes-packed-')), 'a.koala');
await writePacked(path, kind, { leaf: 'gum' }, arrays);

describe('a packed file', () => {
  test('gives its arrays back to the bit, and its fields', async () => {
    const packed = await openPacked(path, kind);
    expect(packed.fields).toEqual({ leaf: 'gum' });
    for (const [name, { shape, data }] of Object.entries(arrays)) {
      expect(packed.shapeOf(name)).toEqual(shape);
      expect(await packed.whole(name)).toEqual(data);
    }
    await packed.close();
  });

  test('reads no more than it is asked for', async () => {
    const packed = await openPacked(path, kind);
    expect(packed.bytesRead).toBe(0);
    expect(await packed.slice('codes', 1, 3)).toEqual(Uint8Array.of(3, 4, 5, 255));
    expect(packed.bytesRead).toBe(4);
    expect(await packedText(packed, 'topic', 1)).toBe('ü, "c"');
    expect(packed.bytesRead).toBe(4 + 8 + 7);
    await packed.whole('codes');
    await packed.slice('codes', 0, 1);
    expect(packed.bytesRead).toBe(4 + 8 + 7 + 6);
    await packed.close();
  });

  test('keeps columns of numbers and of texts', async () => {
    const packed = await openPacked(path, kind);
    expect(columnNames(packed).toSorted()).toEqual(['topic', 'year']);
    expect(await packedColumn(packed, 'year')).toEqual(columns.year);
    expect(await packedColumn(packed, 'topic')).toEqual(columns.topic);
    expect(await packedColumn(packed, 'none')).toBeUndefined();
    await packed.close();
  });

  test('is the same in memory', async () => {
    const packed = packedInMemory({}, arrays);
    expect(await packed.slice('weights', 1, 2)).toEqual(Float64Array.of(-0, 1e300));
    expect(() => packed.shapeOf('leaf')).toThrow('memory: there is no array leaf in it.');
    await expect(packed.slice('codes', 2, 4)).rejects.toThrow('which has 3');
  });

  test('refuses another kind, another version and a file that was cut off', async () => {
    await expect(openPacked(path, { ...kind, format: 'tammes-bear' })).rejects.toThrow(
      'this is "tammes-koala"',
    );
    await expect(openPacked(path, { ...kind, version: 2 })).rejects.toThrow('has version 1');
    const csv = `${path}.csv`;
    writeFileSync(csv, 'id,x,y\n1,2,3\n4,5,6\n');
    await expect(openPacked(csv, kind)).rejects.toThrow(`${csv}: a koala of Tammes is expected`);
    const short = `${path}.short`;
    writeFileSync(short, readFileSync(path));
    truncateSync(short, 300);
    await expect(openPacked(short, kind)).rejects.toThrow(short);
  });
});
