import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexOf } from '../src/cli/study/outputs.ts';
import { docsFolder } from '../src/cli/study/places.ts';
import { papersPage } from '../src/studies/index.ts';
import { describeStudies } from '../src/testing/study-laws.ts';

test('the index has every study with its verdict', async () => {
  expect(readFileSync(join(docsFolder, 'index.md'), 'utf8')).toBe(await indexOf(docsFolder));
});

test('the page of papers is current (npm run docs)', () => {
  expect(readFileSync(join(docsFolder, '../papers.md'), 'utf8')).toBe(papersPage());
});

await describeStudies(0, 2);
