import { expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { evaluateAll, parameter, Workspace } from '../../learning/index.ts';
import { wordSpan } from './word-span.ts';

const words = () =>
  parameter('words', Float64Array.of(1, 0, 0, 0, 1, 0, 5, 5, 5, -1, 0, 0, 2, 1, 0), [5, 3]);

test('of the example: two rows are mixed, at first the row itself alone', async () => {
  const table = parameter('words', Float32Array.of(1, 0, 0, 1, 1, 1, 2, 1), [4, 2]);
  const { parameters, of } = await wordSpan([table], { basis: 2 });
  expect([parameters[0].data.join(' '), of]).toEqual(['1 0', 8]);
});

test('the row is a mix of itself and of the rows with the largest products; others stay', async () => {
  // Products with (2, 1, 0): 2, 1, 15, −2 and itself.
  const found = await wordSpan.bind({ basis: 3 }).over([words()]);
  found.parameters[0].data.set([2, 0.1, -1]);
  const [values] = await evaluateAll([...found.tensors.values()], new Workspace(referenceEngine));
  const mixed = [2 * 2 + 0.5 - 1, 2 * 1 + 0.5, 0.5];
  expect([...values]).toEqual([...words().data.slice(0, 12), ...mixed]);
});

test('another row is learned where it is named', async () => {
  const found = await wordSpan.bind({ basis: 2, place: 0 }).over([words()]);
  found.parameters[0].data.set([0, 1]);
  const [values] = await evaluateAll([...found.tensors.values()], new Workspace(referenceEngine));
  // Of (1, 0, 0), row 2 has the largest product.
  expect([...values]).toEqual([5, 5, 5, ...words().data.slice(3)]);
});

test('the table is the weight of two axes with the most rows', async () => {
  const others = [parameter('b', Float64Array.of(1, 2, 3, 4, 5, 6), [6]), words()];
  const small = parameter('w', Float64Array.of(1, 2, 3, 4), [4, 1]);
  expect((await wordSpan([small, ...others], { basis: 2 })).adapted).toEqual(['words']);
});

test('a basis as large as the columns says that it restricts nothing', async () => {
  const warned = async (basis: number) => (await wordSpan([words()], { basis })).warnings;
  expect(await warned(2)).toEqual([]);
  expect(await warned(3)).toEqual([
    '3 rows of 3 columns may span all of them, and then restrict nothing; a basis below 3 does.',
  ]);
});

test('what it cannot use is refused in a sentence', async () => {
  await expect(wordSpan([words()], { basis: 6 })).rejects.toThrow(
    'option "basis" must be at most 5, the rows of words; got 6.',
  );
  await expect(wordSpan([words()], { basis: 2, place: 5 })).rejects.toThrow(
    'option "place" must be at most 4, the last row of words; got 5.',
  );
  await expect(wordSpan([parameter('b', new Float64Array(6), [6])])).rejects.toThrow(
    'word-span: no weight of the model has two axes; a table of rows is expected.',
  );
  await expect(
    wordSpan([parameter('words', new Float64Array(6), [3, 2])], { basis: 2 }),
  ).rejects.toThrow(
    'word-span: row 2 of words is 0, and no row is near it; put a copy of the word to begin with there.',
  );
  const bad = words();
  bad.data[4] = NaN;
  await expect(wordSpan([bad], { basis: 2 })).rejects.toThrow('row 1, column 1 is NaN');
});
