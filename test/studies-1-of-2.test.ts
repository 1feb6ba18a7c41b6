import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexOf } from '../src/cli/study/outputs.ts';
import { docsFolder } from '../src/cli/study/places.ts';
import { describeStudies } from '../src/testing/study-laws.ts';

test('the index has every study with its verdict', async () => {
  expect(readFileSync(join(docsFolder, 'index.md'), 'utf8')).toBe(await indexOf(docsFolder));
});

await describeStudies(0, 2);
