import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from '@uwdata/flechette';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { read, writeColumns } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tammes-columns-'));
const at = (name: string) => join(folder, name);
const rows = {
  labels: ['a', 'b, "c"', 'd'],
  columns: {
    'two-nn': Float64Array.of(1.5, Number.NaN, 1 / 3),
    'hubs.count': Float64Array.of(0, 12, 3),
  },
};
const bytesOf = (name: string) => new Uint8Array(readFileSync(at(name)));

describe('writeColumns', () => {
  test('CSV and JSON lines have a column for each name and no vector', async () => {
    const written = await writeColumns(at('rows.csv'), rows);
    expect(written).toMatchObject({ format: 'csv', rows: 3, cols: 0, dropped: [] });
    expect(readFileSync(at('rows.csv'), 'utf8').split('\n')).toEqual([
      'label,two-nn,hubs.count',
      'a,1.5,0',
      '"b, ""c""",NaN,12',
      'd,0.3333333333333333,3',
      '',
    ]);
    await writeColumns(at('rows.jsonl'), rows);
    const lines = readFileSync(at('rows.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))[1]).toEqual({
      label: 'b, "c"',
      'two-nn': null,
      'hubs.count': 12,
    });
  });

  test('Parquet and Arrow are read as tables of these columns', async () => {
    await writeColumns(at('rows.parquet'), rows);
    const { buffer } = bytesOf('rows.parquet');
    const objects = await parquetReadObjects({ file: buffer });
    expect(objects[2]).toEqual({ label: 'd', 'two-nn': 1 / 3, 'hubs.count': 3 });
    await writeColumns(at('rows.arrow'), rows);
    const table = tableFromIPC(bytesOf('rows.arrow'));
    expect(table.names).toEqual(['label', 'two-nn', 'hubs.count']);
    expect([...table.getChild('hubs.count')]).toEqual([0, 12, 3]);
  });

  test.each(['npz', 'safetensors', 'tsv'])('%s takes them', async (extension) => {
    const { dropped } = await writeColumns(at(`rows.${extension}`), rows);
    expect(dropped).toEqual([]);
    expect(bytesOf(`rows.${extension}`).length).toBeGreaterThan(50);
  });

  test('npy gets the numbers in their order; what it has no place for is named', async () => {
    const { dropped } = await writeColumns(at('rows.npy'), rows);
    expect(dropped).toEqual(['labels', 'two-nn', 'hubs.count']);
    const { points } = await read(at('rows.npy'));
    expect([...points.data]).toEqual([1.5, 0, Number.NaN, 12, Math.fround(1 / 3), 3]);
  });

  test('no columns, other lengths and text without a place are refused', async () => {
    await expect(writeColumns(at('x.csv'), { columns: {} })).rejects.toThrow('no columns');
    const short = { labels: ['a'], columns: rows.columns };
    await expect(writeColumns(at('x.csv'), short)).rejects.toThrow('1 values in column "two-nn"');
    const texts = { columns: { name: ['a', 'b'] } };
    await expect(writeColumns(at('x.npy'), texts)).rejects.toThrow('holds numbers only');
  });
});
