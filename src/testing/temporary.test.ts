import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

test('what tests and their commands put into the folder for temporary files goes with the test file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tammes-'));
  expect(basename(dirname(folder))).toMatch(/^tammes-test-/);
  expect(existsSync(folder)).toBe(true);
  const print = "process.stdout.write(require('node:os').tmpdir())";
  const { stdout } = spawnSync(process.execPath, ['-e', print], { encoding: 'utf8' });
  expect(stdout).toBe(tmpdir());
});
