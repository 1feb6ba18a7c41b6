import { expect, test } from 'vitest';
import { readTexts } from './texts.ts';

const file = (name: string, text: string) => new File([text], name);

test('a .txt file has one text a line, whatever it holds', async () => {
  const { texts, columns } = await readTexts(file('a.txt', 'One, two.\n\n  three\tfour \n'));
  expect(texts).toEqual(['One, two.', 'three\tfour']);
  expect(columns).toEqual({});
});

test('a table has its texts in the usual column, and brings the others along', async () => {
  const { texts, columns } = await readTexts(file('a.csv', 'intent,text\nA,"x, y"\nB,z\n'));
  expect(texts).toEqual(['x, y', 'z']);
  expect(columns).toEqual({ intent: ['A', 'B'] });
});

test('JSON lines name the column', async () => {
  const lines = '{"q":"one","year":2001}\n{"q":"two","year":2002}\n';
  const { texts, columns } = await readTexts(file('a.jsonl', lines));
  expect(texts).toEqual(['one', 'two']);
  expect(columns).toEqual({ year: Float64Array.of(2001, 2002) });
});

test('a table of several columns of text wants to know which', async () => {
  await expect(readTexts(file('a.csv', 'q,a\nx,y\n'))).rejects.toThrow(
    'a.csv: columns of text are q, a; not clear which column holds the text (--text NAME).',
  );
  await expect(readTexts(file('a.csv', 'q,a\nx,y\n'), { column: 'b' })).rejects.toThrow(
    'a.csv: columns of text are q, a; there is no "b".',
  );
});

test('lines have no columns, and an empty file no texts', async () => {
  await expect(readTexts(file('a.txt', 'x\n'), { column: 'text' })).rejects.toThrow(
    'a.txt: a file of plain lines has no column "text".',
  );
  await expect(readTexts(file('a.txt', '\n'))).rejects.toThrow(
    'a.txt: there is no text in the file.',
  );
});
