import { describe, expect, it } from 'vitest';
import { TammesError } from '../core/errors.ts';
import { type ReadOptions, read } from './index.ts';

const ROWS = [
  [0.25, -1.5, 3.125],
  [1.75, 0.5, -2.25],
  [0.875, 2.5, 1.0625],
];
const LABELS = ['the', 'of', 'and'];

const file = (name: string, ...parts: (string | Uint8Array)[]): File =>
  new File(parts as BlobPart[], name);

async function expectRows(source: File, labels?: readonly string[]): Promise<void> {
  const table = await read(source);
  expect([table.points.rows, table.points.cols]).toEqual([3, 3]);
  expect([...table.points.data]).toEqual(ROWS.flat());
  if (labels) expect(table.labels).toEqual(labels);
}

async function sentence(source: File, options: ReadOptions = {}): Promise<string> {
  const error: unknown = await read(source, options).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(TammesError);
  return (error as TammesError).message;
}

describe('JSON documents over several lines', () => {
  const records = ROWS.map((embedding, i) => ({ id: LABELS[i], embedding }));
  const oneALine = (values: readonly unknown[]): string =>
    `[${values.map((value) => JSON.stringify(value)).join(',\n')}]`;

  it.each(['v.json', 'v.txt', 'v'])('are read whatever the file is called: %s', async (name) => {
    for (const indent of [undefined, 1, 2, 4, '\t']) {
      await expectRows(file(name, JSON.stringify(ROWS, null, indent)));
      await expectRows(file(name, JSON.stringify(records, null, indent)), LABELS);
    }
    await expectRows(file(name, oneALine(ROWS)));
    await expectRows(file(name, oneALine(records)), LABELS);
    await expectRows(file(name, oneALine(ROWS).replace('[', '[\r\n')));
  });

  it('rows of lists are JSON lines, and lists beside a label a table', async () => {
    await expectRows(file('v.jsonl', ROWS.map((row) => `${JSON.stringify(row)}\n`).join('')));
    const cells = ROWS.map((row, i) => `"${JSON.stringify(row)}",${LABELS[i]}\n`).join('');
    await expectRows(file('v.csv', cells), LABELS);
  });
});

describe('tables', () => {
  it('a column of numbers may be the label beside columns that are counted', async () => {
    const lines = ROWS.map((row, i) => [i * i + 3, ...row].join(','));
    for (const name of ['label', 'target', 'class']) {
      for (const count of ['0,1,2', '1,2,3']) {
        const source = file('v.csv', [`${name},${count}`, ...lines].join('\n'));
        const { points } = await read(source, { vector: count.split(',') });
        expect([...points.data]).toEqual(ROWS.flat());
      }
    }
    await expectRows(file('v.csv', ['label,0,1,2', ...lines].join('\n')), ['3', '4', '7']);
  });

  it('arrays that NumPy prints over several lines stand in quotation marks', async () => {
    const long = Array.from({ length: 12 }, (_, i) => i + 0.5);
    const printed = `[${long.slice(0, 6).join('  ')}\n ${long.slice(6).join('  ')}]`;
    const lines = ['a', 'b', 'c', 'd'].map((id, i) => `${id},${i},"${printed}"`);
    for (const name of ['v.csv', 'v.txt', 'v']) {
      const { points } = await read(file(name, `id,n,embedding\n${lines.join('\n')}\n`));
      expect([...points.data.subarray(36)]).toEqual(long);
    }
  });

  it('the delimiter is that of the line of names', async () => {
    const lines = ROWS.map((row, i) => `${LABELS[i]},${i},${row.join(';')}`);
    await expectRows(file('v.csv', ['id,n,embedding', ...lines].join('\n')), LABELS);
  });

  it('a delimiter at the end of rows without names makes no label', async () => {
    const lines = ROWS.map((row) => `${row.join(';').replaceAll('.', ',')};`);
    const { points, labels } = await read(file('v.csv', lines.join('\n')));
    expect([...points.data]).toEqual(ROWS.flat());
    expect(labels).toBeUndefined();
  });

  it('points between thousands are refused', async () => {
    for (const row of ['1.234,5;2.345,6', '12.345,25;0,5', '-1.234.567,5;3,5']) {
      expect(await sentence(file('v.csv', `${row}\n${row}\n`))).toMatch(
        /column 1 has points between thousands/,
      );
    }
  });

  it('a label that ends in a decimal is refused unless it is named', async () => {
    const source = file('v.csv', 'GPT 3.5,0.5,1.25\nLlama 3.1,2,0.5\n');
    expect(await sentence(source)).toMatch(/"GPT 3.5,0.5".*--label 1/);
    expect((await read(source, { label: '1' })).labels).toEqual(['GPT 3.5', 'Llama 3.1']);
  });
});

describe('JSON that is not what it seems', () => {
  it('labels that are not UTF-8 are refused, or read as they are encoded', async () => {
    const line = new TextEncoder().encode('{"id":"caf?","vector":[1,2]}\n');
    const latin = line.map((byte) => (byte === 0x3f ? 0xe9 : byte));
    expect(await sentence(file('v.jsonl', line, latin))).toMatch(/line 2 is not UTF-8.*--encoding/);
    expect(await sentence(file('v.json', '[', latin, ']'))).toMatch(/is not UTF-8/);
    const { labels } = await read(file('v.jsonl', line, latin), { encoding: 'latin1' });
    expect(labels).toEqual(['caf?', 'café']);
  });

  it('truth values under the name of a vector are no vector', async () => {
    const text = '{"n":1,"embedding":true}\n{"n":2,"embedding":false}\n';
    expect(await sentence(file('v.jsonl', text))).toMatch(/"embedding" holds a truth value/);
  });

  it('what stands around the vector is no label', async () => {
    const text = ROWS.map((float) => JSON.stringify({ embedding: { float } })).join('\n');
    await expectRows(file('v.jsonl', text));
    expect((await read(file('v.jsonl', text))).labels).toBeUndefined();
  });
});

describe('word2vec binary', () => {
  const rowsOf = (numbers: readonly (readonly number[])[], little: boolean): Uint8Array[] =>
    numbers.map((row) => {
      const bytes = new Uint8Array(4 * row.length);
      const view = new DataView(bytes.buffer);
      for (const [i, x] of row.entries()) view.setFloat32(4 * i, x, little);
      return bytes;
    });
  const encoded = (counts: string, little: boolean, numbers = ROWS): (string | Uint8Array)[] => [
    `${counts}\n`,
    ...rowsOf(numbers, little).flatMap((row, i) => [`${LABELS[i]} `, row, '\n']),
  ];

  it('of a few numbers may look like text', async () => {
    // Bytes of letters: "ABC>" and so on.
    const floats = new Float32Array(new TextEncoder().encode('ABC>QRS?').buffer);
    const source = file('v.bin', ...encoded('2 1', true, [[floats[0]], [floats[1]]]));
    const { points, labels, source: from } = await read(source);
    expect([...points.data]).toEqual([...floats]);
    expect([labels, from?.format]).toEqual([LABELS.slice(0, 2), 'word2vec-binary']);
  });

  it('is read little-endian; the other order is named', async () => {
    await expectRows(file('v.bin', ...encoded('3 3', true)), LABELS);
    expect(await sentence(file('v.bin', ...encoded('3 3', false)))).toMatch(/big-endian float32/);
  });

  it('with more numbers in a row than the first line says has no labels of their bytes', async () => {
    for (const options of [{}, { encoding: 'latin1' }] as const) {
      const message = await sentence(file('v.bin', ...encoded('3 2', true)), options);
      expect(message).toMatch(/row 2 has numbers where its label should begin/);
    }
  });
});

it('a word among numbers with decimal commas does not make them labels', async () => {
  const source = file('v.tsv', '16\t0,9550\n9\t0,8613\n5\toops\n3\t0,3546\n4\t-0,0105\n');
  expect(await sentence(source)).toMatch(/row 3, column "2" is "oops"/);
});

it('several numbers in one field of a row are no label', async () => {
  for (const row of ['0.1, 0.25 1.5 2.5 3.5', '0.5,1.25;2.5,3', '1,0.5;0.25,2']) {
    for (const name of ['v.tsv', 'v.csv']) await sentence(file(name, `${row}\n`));
  }
});

describe('NumPy’s archives', () => {
  const encoder = new TextEncoder();

  /** An npy file of version 1. */
  function npy(descr: string, shape: string, data: Uint8Array): Uint8Array {
    const header = `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117);
    return Uint8Array.from([
      0x93,
      ...encoder.encode('NUMPY'),
      1,
      0,
      118,
      0,
      ...encoder.encode(`${header}\n`),
      ...data,
    ]);
  }

  it('texts of records that are not UTF-8 are refused by the name of their field', async () => {
    const record = (last: number): number[] => [
      ...encoder.encode('caf'),
      last,
      ...new Uint8Array(Float32Array.of(0.5, 2).buffer),
    ];
    const fields = "[('w', '|S4'), ('emb', '<f4', (2,))]";
    const good = npy(fields, '(2,)', Uint8Array.from([...record(0x65), ...record(0x66)]));
    expect((await read(good)).labels).toEqual(['cafe', 'caff']);
    const bad = npy(fields, '(2,)', Uint8Array.from([...record(0xe9), ...record(0xe8)]));
    expect(await sentence(file('v.npy', bad))).toMatch(/field "w" holds bytes that are not UTF-8/);
  });
});
