import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexOf } from '../src/cli/study/outputs.ts';
import { docsFolder } from '../src/cli/study/places.ts';
import { studyIds } from '../src/studies/index.ts';
import { describeStudies, studyFiles } from '../src/testing/study-laws.ts';

test('the list has every file of src/studies: scripts/generate-studies.mjs writes it', () => {
  expect(studyIds()).toEqual(studyFiles());
});

test('the index has every study with its verdict', async () => {
  expect(readFileSync(join(docsFolder, 'index.md'), 'utf8')).toBe(await indexOf(docsFolder));
});

await describeStudies(0, 2);
