import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from './commands.ts';

test('every file of cli/commands is a command of that name, and families add theirs', async () => {
  const files = readdirSync(new URL('./commands', import.meta.url))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -3));
  const names = commands.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(files));
  for (const { description, load } of commands) {
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect((await load()).configure).toBeTypeOf('function');
  }
});
