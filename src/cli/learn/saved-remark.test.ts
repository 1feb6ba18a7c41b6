import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AbortedError } from '../../core/errors.ts';
import { savedRemark } from './saved-remark.ts';

test('a stopped training is said to be saved where there is a checkpoint, and not before', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tammes-saved-')), 'run.safetensors');
  const stopped = new AbortedError('classifier');
  expect(savedRemark(stopped, file)).toBeUndefined();
  writeFileSync(file, '');
  expect(savedRemark(stopped, file)).toBe(
    `Saved in ${file}; the same command with --resume goes on.`,
  );
  expect(savedRemark(stopped, undefined)).toBeUndefined();
  expect(savedRemark(new Error('other'), file)).toBeUndefined();
});
