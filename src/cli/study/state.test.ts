import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { AbortedError } from '../../core/errors.ts';
import type { Repeat } from '../../studies/index.ts';
import { resumable } from './state.ts';

const path = join(mkdtempSync(join(tmpdir(), 'tammes-study-')), 'a', 'state.json');
const repeat: Repeat = { seed: 1, lines: { a: { value: 1 } }, readings: {} };
const at = (key: string) => ({ path, key, command: 'tammes study a' });

test('finished repeats are kept when a run is stopped, and removed when it ends', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const stopped = resumable(at('one'), async ({ onRepeat }) => {
    await onRepeat([repeat]);
    throw new AbortedError('a');
  });
  await expect(stopped).rejects.toThrow(AbortedError);
  expect(said).toHaveBeenCalledWith('Stopped after 1 seed. To go on:\n  tammes study a\n');
  said.mockRestore();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ key: 'one', repeats: [repeat] });
  expect(await resumable(at('another'), async ({ finished }) => finished.length)).toBe(0);
});

test('repeats of the same key are found; those of another, and a broken file, are not', async () => {
  writeFileSync(path, JSON.stringify({ key: 'one', repeats: [repeat] }));
  expect(await resumable(at('one'), async ({ finished }) => finished)).toEqual([repeat]);
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, '{"key":"one"');
  expect(await resumable(at('one'), async ({ finished }) => finished)).toEqual([]);
});
