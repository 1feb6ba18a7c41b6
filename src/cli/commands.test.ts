import { readdirSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { parametrizationById, parametrizationIds } from '../apps/verbs/adapt.ts';
import { alignmentById, alignmentIds } from '../apps/verbs/align.ts';
import { codecById, codecIds } from '../apps/verbs/compress.ts';
import { learnerById, learnerIds } from '../apps/verbs/learn.ts';
import { mergerById, mergerIds } from '../apps/verbs/merge.ts';
import { reductionById, reductionIds } from '../apps/verbs/reduce.ts';
import { configure as configureAlign } from './commands/align.ts';
import { configure as configureCompress } from './commands/compress.ts';
import { configure as configureLearn } from './commands/learn.ts';
import { configure as configureMerge } from './commands/merge.ts';
import { configure as configureReduce } from './commands/reduce.ts';
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

const adaptedLearners = learnerIds().flatMap((id) =>
  parametrizationIds().map((adapt) => [id, adapt] as const),
);
test.each(adaptedLearners)(
  'every option of %s with --adapt %s is a flag of its own',
  (id, adapt) => {
    const command = new Command('learn');
    configureLearn(command, ['learn', id, '--adapt', adapt]);
    const names = command.options.map((option) => option.attributeName());
    const { options } = parametrizationById(adapt).spec;
    expect(names).toEqual(expect.arrayContaining(Object.keys(options)));
  },
);

test.each(reductionIds())('every option of the reduction %s is a flag of its own', (id) => {
  const command = new Command('reduce');
  configureReduce(command, ['reduce', 'x.npy', '--method', id]);
  const names = command.options.map((option) => option.attributeName());
  expect(names).toEqual(expect.arrayContaining(Object.keys(reductionById(id).spec.options)));
});

test.each(alignmentIds())('every option of the alignment %s is a flag of its own', (id) => {
  const command = new Command('align');
  configureAlign(command, ['align', 'fit', 'a.npy', 'b.npy', '--method', id]);
  const fitting = command.commands.find((own) => own.name() === 'fit');
  const names = fitting?.options.map((option) => option.attributeName());
  expect(names).toEqual(expect.arrayContaining(Object.keys(alignmentById(id).spec.options)));
});

test.each(codecIds())('every option of the codec %s is a flag of its own', (id) => {
  const command = new Command('compress');
  configureCompress(command, ['compress', 'x.npy', '--codec', id]);
  const names = command.options.map((option) => option.attributeName());
  expect(names).toEqual(expect.arrayContaining(Object.keys(codecById(id).spec.options)));
});

test.each(mergerIds())('every option of the merger %s is a flag of its own', (id) => {
  const command = new Command('merge');
  configureMerge(command, ['merge', 'a.safetensors', '--method', id]);
  const names = command.options.map((option) => option.attributeName());
  expect(names).toEqual(expect.arrayContaining(Object.keys(mergerById(id).spec.options)));
});
