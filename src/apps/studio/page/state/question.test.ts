import { expect, test } from 'vitest';
import { questionOf } from './question.ts';

const read = (text: string) =>
  questionOf(text, (label) => ['king', '2024', 'rock - pop'].includes(label));

test('rows, vectors, labels, formulas and words are told apart', () => {
  expect(read('row 17').parameters).toEqual({ row: [17] });
  expect(read('#3').parameters).toEqual({ row: [3] });
  expect(read('0.5, -1e-3 2').parameters).toEqual({ vector: [0.5, -0.001, 2] });
  expect(read('[1 2 3]').parameters).toEqual({ vector: [1, 2, 3] });
  expect(read(' king ').parameters).toEqual({ label: 'king' });
  expect(read('king - man + woman').parameters).toEqual({ formula: 'king - man + woman' });
  expect(read('well-known songs').parameters).toEqual({ words: 'well-known songs' });
});

test('a label wins over what it looks like', () => {
  expect(read('2024').parameters).toEqual({ label: '2024' });
  expect(read('rock - pop').parameters).toEqual({ label: 'rock - pop' });
});
