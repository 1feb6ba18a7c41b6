import { readdirSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { learnerById, learnerIds } from '../apps/verbs/learn.ts';
import { configure as configureLearn } from './commands/learn.ts';
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

// Two flags of one name are refused by the parser itself.
test.each(learnerIds())('every option of the learner %s is a flag of its own', (id) => {
  const command = new Command('learn');
  configureLearn(command, ['learn', id]);
  const names = command.options.map((option) => option.attributeName());
  const options = Object.keys(learnerById(id).spec.options);
  expect(names).toEqual(expect.arrayContaining(options));
});
