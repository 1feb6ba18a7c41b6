import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// What a test file, its commands and its browsers put into the folder for temporary files lies in a folder of that test file,
// which goes with it: also where a test fails.
const before = process.env['TMPDIR'];
const folder = mkdtempSync(join(tmpdir(), 'tammes-test-'));
// Servers that refuse to run as root run as another user, and their folder lies in this one.
chmodSync(folder, 0o711);
process.env['TMPDIR'] = folder;

afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  // A browser that was told to end may still write for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
