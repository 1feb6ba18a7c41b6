import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder);
const textOf = (file: string) => readFileSync(`${folder}${file}`, 'utf8');

/** What makes operations and is none. */
const MAKERS = ['activation.ts', 'elementwise.ts'];

const operations = files.filter(
  (file) =>
    !file.endsWith('.test.ts') &&
    !MAKERS.includes(file) &&
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
