import {
  columnFromArray,
  dictionary,
  float32,
  list,
  tableFromColumns,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { npyBytes } from '../testing/structured/numpy.ts';
import { joinedBytes, numberBytes, textBytes } from '../testing/structured/table.ts';
import { info, type ReadOptions, read } from './index.ts';

const lines = (...rows: unknown[]): Uint8Array =>
  textBytes(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));

async function sentence(bytes: Uint8Array, options: ReadOptions = {}): Promise<string> {
  const error: unknown = await read(bytes, options).catch((cause: unknown) => cause);
  return String((error as Error).message ?? error);
}

const batch = (id: string, embeddings: number[][]): unknown => ({
  id: `req_${id}`,
  custom_id: id,
  response: {
    status_code: 200,
    body: {
      data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    },
  },
  error: null,
});

describe('answers of services', () => {
  it('a batch has its vectors in the answers and its labels in custom_id', async () => {
    const { points, labels } = await read(lines(batch('b', [[1, 2]]), batch('a', [[3, 4]])));
    expect([...points.data]).toEqual([1, 2, 3, 4]);
    expect(labels).toEqual(['b', 'a']);
    const one = await read(lines(batch('only', [[1, 2]])));
    expect(one.labels).toEqual(['only']);
  });

  it('a line without an answer is named by its line and id, with what it says', async () => {
    const failed = { custom_id: 'c', response: { body: { error: { message: 'too long.' } } } };
    expect(await sentence(lines(batch('a', [[1, 2]]), failed))).toBe(
      'bytes: line 2 (custom_id "c") has no vector: too long.',
    );
  });

  it('several vectors in one answer are not read as one', async () => {
    const file = lines(
      batch('a', [[1, 2]]),
      batch('b', [
        [1, 2],
        [3, 4],
      ]),
    );
    expect(await sentence(file)).toMatch(
      /line 2 \(custom_id "b"\) holds 2 vectors \(response\.body\.data\)/,
    );
    const { points } = await read(file, { vector: 'response.body.data.0.embedding' });
    expect([...points.data]).toEqual([1, 2, 1, 2]);
  });

  it('a path leads to the vector and to the label', async () => {
    const row = (n: number): unknown => ({
      a: { b: [{ weights: [n, 1] }], key: { name: `k${n}` } },
      n,
    });
    const options = { vector: 'a.b.0.weights', label: 'a.key.name' };
    const { points, labels } = await read(lines(row(1), row(2)), options);
    expect([...points.data]).toEqual([1, 1, 2, 1]);
    expect(labels).toEqual(['k1', 'k2']);
    const document = textBytes(JSON.stringify({ rows: [row(1), row(2)] }));
    const inside = await read(document, { vector: 'rows.a.b.0.weights' });
    expect(inside.points.rows).toBe(2);
  });

  it('the bulk format of Elasticsearch has an action before each document', async () => {
    const file = lines(
      { index: { _id: 'x' } },
      { embedding: [1, 2] },
      { index: { _id: 'y' } },
      { embedding: [3, 4] },
    );
    expect((await read(file)).labels).toEqual(['x', 'y']);
    expect((await info(file)).rows).toBe(2);
  });

  it('lists of one length beside a list of vectors say something of each', async () => {
    const file = textBytes(
      JSON.stringify({
        ids: ['p', 'q'],
        embeddings: [
          [1, 2],
          [3, 4],
        ],
        documents: ['u', 'v'],
      }),
    );
    const { labels, columns } = await read(file);
    expect([labels, columns]).toEqual([['p', 'q'], { documents: ['u', 'v'] }]);
  });

  it.each([
    [
      'split',
      {
        columns: ['id', 'embedding'],
        index: [0, 1],
        data: [
          ['a', [1, 2]],
          ['b', [3, 4]],
        ],
      },
    ],
    ['by column', { id: { 0: 'a', 1: 'b' }, embedding: { 0: [1, 2], 1: [3, 4] } }],
    ['by row', { 0: { id: 'a', embedding: [1, 2] }, 1: { id: 'b', embedding: [3, 4] } }],
  ])('a table as pandas writes it, %s', async (_, document) => {
    const { points, labels } = await read(textBytes(JSON.stringify(document)));
    expect([[...points.data], labels]).toEqual([
      [1, 2, 3, 4],
      ['a', 'b'],
    ]);
  });

  it('a vector under each id, and lists that are columns instead', async () => {
    const { points, labels } = await read(textBytes('{"a": [0.5, 1], "b": [2, 3.5]}'));
    expect([[...points.data], labels]).toEqual([
      [0.5, 1, 2, 3.5],
      ['a', 'b'],
    ]);
    expect(await sentence(textBytes('{"x": [0.5, 1], "y": [2, 3.5]}'))).toMatch(
      /could be any of the columns "x", "y"; name one/,
    );
  });

  it('an object without vectors is not taken for one row of its numbers', async () => {
    const answer = { data: [], total: 5, usage: { tokens: 3 } };
    expect(await sentence(textBytes(JSON.stringify(answer)))).toMatch(
      /the JSON document is an object without a list of vectors \(its fields are data, total, usage\)/,
    );
    const lists = { ids: ['a', 'b'], scores: [0.5, 1] };
    expect(await sentence(textBytes(JSON.stringify(lists)))).toMatch(/without a list of vectors/);
  });

  it('a single vector with a name is read; ids of MongoDB are their text', async () => {
    const row = (n: number): unknown => ({ _id: { $oid: `id${n}` }, vector: { title: [n, 1] } });
    const { points, labels, columns } = await read(lines(row(1), row(2)));
    expect([[...points.data], labels, columns]).toEqual([[1, 1, 2, 1], ['id1', 'id2'], {}]);
  });

  it('several vectors in a structure are named, not chosen between', async () => {
    const file = lines(
      { vector: { title: [1, 2], body: [3, 4] } },
      { vector: { title: [1, 2], body: [3, 4] } },
    );
    expect(await sentence(file)).toMatch(
      /any of the columns "vector\.title", "vector\.body"; name one/,
    );
  });
});

describe('a column that is meant as the vector', () => {
  it.each([
    [
      'text',
      { embedding: 'a text', n: 1 },
      /column "embedding" holds text, not numbers \("a text"\) \(row 1\)/,
    ],
    ['a number', { embedding: 7, n: 1 }, /"embedding" holds one number a row, not a list/],
    ['nothing', { embedding: null, n: 1 }, /"embedding" is empty in the first rows/],
    ['an object', { embedding: { model: 'm' }, n: 1 }, /"embedding" holds an object \(model\)/],
    [
      'text in a structure',
      { payload: { titleVector: 'x' }, n: 1 },
      /"payload\.titleVector" holds text/,
    ],
  ])('is not passed over where it holds %s', async (_, row, expected) => {
    expect(await sentence(lines(row, row))).toMatch(expected);
  });

  it('in CSV is read from a tensor and refused where it is cut off', async () => {
    const head = 'id,embedding,n\n';
    const { points } = await read(
      textBytes(`${head}a,"tensor([1., 2.])",5\nb,"tensor([3., 4.])",6\n`),
    );
    expect([...points.data]).toEqual([1, 2, 3, 4]);
    expect(await sentence(textBytes(`${head}a,[1 ... 2],5\n`))).toMatch(
      /"embedding" is cut off by "\.\.\."/,
    );
  });

  it('twice under one name is refused', async () => {
    const column = columnFromArray([[1, 2]], list(float32()));
    const bytes = tableToIPC(
      tableFromColumns([
        ['embedding', column],
        ['embedding', column],
      ]),
      {},
    );
    expect(await sentence(bytes ?? textBytes(''))).toMatch(/two columns have the name "embedding"/);
  });
});

describe('ids and labels', () => {
  it('64-bit ids stay as they are, alone and in blocks beside small ones', async () => {
    const file = lines(
      '{"id":1234567890123456781,"vector":[1]}',
      '{"id":1234567890123456782,"vector":[2]}',
    );
    expect((await read(file)).labels).toEqual(['1234567890123456781', '1234567890123456782']);
    const { columns } = await read(file, { label: false });
    expect(columns).toEqual({ id: ['1234567890123456781', '1234567890123456782'] });
  });

  it.each([
    ['an id before a category', 'id,lang,x0\n1,en,1\n2,de,2\n3,en,3\n', 'id'],
    ['a word before an id', 'id,word,x0\n1,up,1\n2,on,2\n', 'word'],
    ['what Tammes writes before an id', 'id,label,x0\n1,a,1\n2,a,2\n', 'label'],
    ['a category where the ids come twice', 'id,lang,x0\n1,en,1\n1,de,2\n1,en,3\n', 'lang'],
    ['a count of rows before a category', 'index,lang,x0\n5,en,1\n3,en,2\n', 'index'],
  ])('%s', async (_, text, label) => {
    expect((await info(textBytes(text))).labels).toBe(label);
  });

  it('a dictionary that another replaces holds for the rows behind it', async () => {
    const stream = (words: string[]): Uint8Array[] => {
      const columns: [string, ReturnType<typeof columnFromArray>][] = [
        ['id', columnFromArray(words, dictionary(utf8()))],
        [
          'embedding',
          columnFromArray(
            words.map((_, i) => [i, 1]),
            list(float32()),
          ),
        ],
      ];
      return messages(
        tableToIPC(tableFromColumns(columns as never), { format: 'stream' }) ?? textBytes(''),
      );
    };
    const [schema, ...first] = stream(['a', 'b']);
    const [, ...second] = stream(['c', 'd']);
    const { labels } = await read(joinedBytes([schema, ...first, ...second]));
    expect(labels).toEqual(['a', 'b', 'c', 'd']);
  });
});

/** The messages of an Arrow stream, without its end. */
function messages(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = view.getInt32(at + 4, true);
    if (length === 0) break;
    const head = at + 8;
    const table = head + view.getUint32(head, true);
    // The list of a table's fields is as long as its last one that is there; the body's length is the fourth.
    const fields = table - view.getInt32(table, true);
    const slot = view.getUint16(fields, true) > 10 ? view.getUint16(fields + 10, true) : 0;
    const size = 8 + length + (slot === 0 ? 0 : Number(view.getBigInt64(table + slot, true)));
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}

describe('rows without a vector', () => {
  it('are named, and the width is what the others have', async () => {
    const file = lines({ id: 'a', v: [1, 2] }, { id: 'b', v: null }, { id: 'c', v: [3, 4] });
    expect((await info(file)).cols).toBe(2);
    expect(await sentence(file)).toBe('bytes: line 2 (id "b") has no vector.');
    const short = lines({ v: [1] }, { v: [1, 2] }, { v: [3, 4] });
    expect(await sentence(short)).toMatch(/line 1: field "v" has 1 number; 2 are expected/);
  });
});

describe('arrays', () => {
  it('bytes behind an array are counted', async () => {
    const file = npyBytes('<f4', [1, 2], numberBytes([1, 2], 'f4'));
    expect(await sentence(joinedBytes([file, textBytes('more')]))).toBe(
      'bytes: 4 bytes follow the array of 1 × 2; none are expected.',
    );
    const other = npyBytes('<f4', [1, 3], numberBytes([1, 2, 3], 'f4'));
    expect(await sentence(joinedBytes([file, other]))).toMatch(
      /an array of 1 × 3 <f4, which does not go on/,
    );
  });
});
