import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { convert, info, read, readBlocks, type VectorTable, write, writeColumns } from './index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tammes-metadata-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const text = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);

const points = { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, cols: 2 };
const bare: VectorTable = { points };
const labelled: VectorTable = { points, labels: ['a', 'b', 'c'] };

/** What is read with these metadata, and what was remarked. */
async function joined(table: VectorTable, metadata: Uint8Array | string, options = {}) {
  await write(at('v.npz'), table);
  const remarks: string[] = [];
  const onRemark = (sentence: string) => remarks.push(sentence);
  const found = await read(at('v.npz'), { metadata, onRemark, ...options });
  return { labels: found.labels, columns: found.columns, remarks };
}

describe('rows of metadata are joined by their key', () => {
  const shuffled = text('id,kind', 'c,third', 'a,first', 'b,second');

  test('in any order, however the column is called', async () => {
    for (const name of ['id', 'label', 'anything']) {
      const table = text(`${name},kind`, 'c,third', 'a,first', 'b,second');
      const { labels, columns, remarks } = await joined(labelled, table);
      expect(labels).toEqual(['a', 'b', 'c']);
      expect(columns).toEqual({ kind: ['first', 'second', 'third'] });
      expect(remarks).toEqual([`bytes: joined by "${name}".`]);
    }
  });

  test('from CSV, TSV, JSON lines and Parquet alike', async () => {
    const columns = { key: ['c', 'a', 'b'], year: Float64Array.of(3, 1, 2) };
    for (const extension of ['csv', 'tsv', 'jsonl', 'parquet']) {
      await writeColumns(at(`m.${extension}`), { columns });
      const found = await joined(labelled, at(`m.${extension}`));
      expect(
        Array.from(new Map(Object.entries(found.columns ?? {})).get('year') ?? [], Number),
        extension,
      ).toEqual([1, 2, 3]);
    }
  });

  test('from a JSON list', async () => {
    const list = '[{"id": "c", "n": 3}, {"id": "a", "n": 1},\n{"id": "b", "n": null}]';
    const { columns } = await joined(labelled, text(list));
    expect(columns).toEqual({ n: Float64Array.of(1, NaN, 3) });
    await expect(joined(labelled, text('[{"id": "a"}, 2]'))).rejects.toThrow(
      'entry 2 of the list is not an object',
    );
  });

  test('whole numbers of 64 bits stay what they are', async () => {
    const ids = ['9007199254740992', '9007199254740993', '-9223372036854775807'];
    const lines = ids.map(
      (id, i) => `{"n": ${i}.1234567890123456789, "id": ${id}, "s": "is ${id}"}`,
    );
    const table = await joined({ points, labels: ids }, text(...lines));
    expect(table.columns).toEqual({
      n: Float64Array.of(0.12345678901234568, 1.1234567890123457, 2.1234567890123457),
      s: ids.map((id) => `is ${id}`),
    });
  });

  test('with the mark and the line ends of Windows', async () => {
    const { columns } = await joined(labelled, text('\ufeffid,kind\r', 'a,1\r', 'b,2\r', 'c,3\r'));
    expect(columns).toEqual({ kind: ['1', '2', '3'] });
  });

  test('more rows than vectors are said, and one row may serve several vectors', async () => {
    const more = text('id,kind', 'z,last', 'b,second', 'a,first', 'y,last');
    const { columns, remarks } = await joined({ points, labels: ['a', 'b', 'a'] }, more);
    expect(columns).toEqual({ kind: ['first', 'second', 'first'] });
    expect(remarks[0]).toContain('at least 1 row of it have no vector');
  });

  test('a label without a row, and a key that comes twice, are refused', async () => {
    await expect(joined({ points, labels: ['a', 'b', 'x'] }, shuffled)).rejects.toThrow(
      'bytes: 1 of 3 rows have no line in the 3 of the metadata: row 2 is "x", which its column "id" does not have.',
    );
    const twice = text('id,kind', 'a,1', 'b,2', 'a,3', 'c,4');
    await expect(joined(labelled, twice)).rejects.toThrow(
      'its column "id" has "a" more than once.',
    );
  });

  test('by an id that both have, where labels are something else', async () => {
    const table = { ...labelled, columns: { id: ['7', '8', '9'] } };
    const ids = text('id,kind', '9,third', '7,first', '8,second');
    const { columns } = await joined(table, ids);
    expect(columns).toEqual({ id: ['7', '8', '9'], kind: ['first', 'second', 'third'] });
  });
});

describe('rows of metadata are joined by place', () => {
  test('with a header and without, and said', async () => {
    const rows = ['of\t5', 'the\t7', '"\t9'];
    const head = await joined(bare, text('word\tcount', ...rows));
    expect(head).toEqual({
      labels: ['of', 'the', '"'],
      columns: { count: ['5', '7', '9'] },
      remarks: ['bytes: joined by place, row by row.'],
    });
    const none = await joined(bare, text(...rows));
    expect(none.columns).toEqual({ 'column 1': ['of', 'the', '"'], 'column 2': ['5', '7', '9'] });
  });

  test('one column is the labels, blank lines included', async () => {
    for (const [lines, labels] of [
      [
        ['of', 'a, b', ''],
        ['of', 'a, b', ''],
      ],
      [
        ['word', 'of', 'the', 'at'],
        ['of', 'the', 'at'],
      ],
    ]) {
      writeFileSync(at('m.tsv'), text(...lines));
      expect((await joined(bare, at('m.tsv'))).labels).toEqual(labels);
    }
  });

  test('--label says which column names the rows, --no-label that none does', async () => {
    const table = text('id,title,kind', '1,one,x', '2,two,y', '3,three,z');
    expect((await joined(bare, table)).labels).toEqual(['1', '2', '3']);
    const { labels, columns } = await joined(bare, table, { label: 'kind' });
    expect(labels).toEqual(['x', 'y', 'z']);
    expect(Object.keys(columns ?? {})).toEqual(['id', 'title']);
    expect((await joined(bare, table, { label: false })).labels).toBeUndefined();
    await expect(joined(bare, table, { label: 'name' })).rejects.toThrow(
      'there is no column "name"; there are',
    );
  });

  test('quotation marks hold what separates, and line breaks', async () => {
    const quoted = text('id,note', '1,"a, b"', '2,"two', 'lines"', '3,"say ""so"""');
    expect((await joined(bare, quoted)).columns).toEqual({
      note: ['a, b', 'two\nlines', 'say "so"'],
    });
  });

  test('other counts are refused with both numbers', async () => {
    await expect(joined(bare, text('id,kind', 'x,1', 'y,2'))).rejects.toThrow(
      /bytes: the metadata have 2 rows, and .*v\.npz has 3 vectors; the vectors have no labels/,
    );
    const short = text('id,kind', 'x,1', 'y,2', 'z,3', 'w,4');
    await expect(joined(labelled, short)).rejects.toThrow(
      /the metadata have 4 rows, and .* has 3 vectors; no column of it has the labels to join them by/,
    );
    await expect(joined(bare, text('one', 'two'))).rejects.toThrow(/have 2 rows, .* 3 vectors/);
  });

  test('a header over as many lines as vectors is no row', async () => {
    await expect(joined(bare, text('id\tcount', 'x\t1', 'y\t2'))).rejects.toThrow(/have 2 rows/);
    await expect(joined(bare, text('who\tcount', 'x\t1', 'y\t2'))).rejects.toThrow(/have 2 rows/);
  });
});

describe('metadata that cannot be joined are refused', () => {
  test.each([
    ['an empty file', new Uint8Array(0), /the file is empty/],
    ['ragged rows', text('id,kind', 'a,1', 'b'), /row 3 has 1 field; the first has 2/],
    ['an open quotation mark', text('id,kind', 'a,"1', 'b,2'), /a quotation mark is not closed/],
    [
      'two columns of one name',
      text('id,id', 'a,1', 'b,2', 'c,3'),
      /two columns have the name "id"/,
    ],
    ['JSON that is none', text('{"id": 1}', '{"id": '), /line 2 is not JSON/],
    ['binary data', Uint8Array.of(0, 1, 2, 3), /metadata are CSV, TSV, JSON lines or Parquet/],
  ])('%s', async (_, metadata, sentence) => {
    await expect(joined(labelled, metadata)).rejects.toThrow(sentence);
  });

  test('a column that the vectors have already', async () => {
    const table = { ...labelled, columns: { kind: ['x', 'y', 'z'] } };
    await expect(joined(table, text('id,kind', 'a,1', 'b,2', 'c,3'))).rejects.toThrow(
      /it has a column "kind", and so has .*v\.npz; rename one/,
    );
  });
});

test('metadata travel through blocks, info and convert, over several files', async () => {
  await write(at('v-1.npy'), bare);
  await write(at('v-2.npy'), bare);
  const lines = Array.from({ length: 6 }, (_, i) => `n${i},${i % 2}`);
  writeFileSync(at('m.csv'), text('name,odd', ...lines));
  const options = { metadata: at('m.csv') };
  expect(await info(at('v-*.npy'), options)).toMatchObject({
    rows: 6,
    labels: 'name',
    columns: ['odd'],
  });
  const seen: string[] = [];
  for await (const { labels, columns } of readBlocks(at('v-*.npy'), 4, options)) {
    seen.push(`${labels?.join()} ${new Map(Object.entries(columns ?? {})).get('odd')?.join()}`);
  }
  expect(seen).toEqual(['n0,n1,n2,n3 0,1,0,1', 'n4,n5 0,1']);
  await convert(at('v-*.npy'), at('all.parquet'), { read: options });
  expect(await read(at('all.parquet'))).toMatchObject({
    labels: ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'],
    columns: { odd: ['0', '1', '0', '1', '0', '1'] },
  });
});
