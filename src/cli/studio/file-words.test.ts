import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fileInWords } from './file-words.ts';

const HERE = resolve('somewhere');

test('a file below the folder is named from there, others as they were given', () => {
  expect(fileInWords(join(HERE, 'data', 'a.npy'), HERE)).toBe(join('data', 'a.npy'));
  expect(fileInWords('data/a.npy', HERE)).toBe('data/a.npy');
  expect(fileInWords('dataset:glove', HERE)).toBe('dataset:glove');
  expect(fileInWords(resolve('elsewhere', 'a.npy'), HERE)).toBe(resolve('elsewhere', 'a.npy'));
  expect(fileInWords(HERE, HERE)).toBe(HERE);
  expect(fileInWords(join(HERE, '..a.npy'), HERE)).toBe('..a.npy');
});
