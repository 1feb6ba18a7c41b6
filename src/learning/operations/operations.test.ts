import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder);
const textOf = (file: string) => readFileSync(`${folder}${file}`, 'utf8');

/** `elementwise` makes operations of functions and is none. */
const operations = files.filter(
  (file) =>
    !/\.test\.ts$|^elementwise\.ts$/.test(file) &&
    /^export function [^{]*(\{[^{}]*\}[^{}]*)*\): Tensor \{/m.test(textOf(file)),
);

test('operations are found by what they return', () => {
  expect(operations).toEqual(expect.arrayContaining(['add.ts', 'conv2d.ts', 'objective.ts']));
});

test('every operation has a test beside it', () => {
  const testOf = (file: string) => file.replace(/\.ts$/, '.test.ts');
  expect(operations.filter((file) => !files.includes(testOf(file)))).toEqual([]);
});

test('every operation is in the index', () => {
  const index = textOf('index.ts');
  expect(operations.filter((file) => !index.includes(`'./${file}'`))).toEqual([]);
});
