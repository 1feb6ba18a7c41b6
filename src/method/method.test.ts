import { expect, test } from 'vitest';
import { OptionError } from '../core/errors.ts';
import { defineMethod } from './method.ts';
import { integer } from './options.ts';

const doubled = defineMethod({
  id: 'doubled',
  family: 'none',
  title: 'Doubled',
  summary: 'Twice the input, some times over.',
  references: [],
  options: { times: integer(1, 'How often.', { min: 1, max: 8 }) },
  compute: (input: number, { times }) => input * 2 ** times,
});

test('a method is a function with its description', async () => {
  expect(await doubled(3)).toBe(6);
  expect(await doubled(3, { times: 2 })).toBe(12);
  expect(doubled.spec.id).toBe('doubled');
});

test('a method refuses options out of range and options that it does not have', async () => {
  await expect(doubled(3, { times: 9 })).rejects.toThrow(OptionError);
  await expect(doubled(3, { times: 0 })).rejects.toThrow(
    'doubled: option "times" must be an integer in [1, 8]',
  );
  await expect(doubled(3, { time: 1 } as object)).rejects.toThrow('doubled: option "time"');
});

test('a method does not begin on an aborted signal', async () => {
  await expect(doubled(3, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
});
