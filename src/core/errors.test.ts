import { expect, test } from 'vitest';
import {
  AbortedError,
  InputError,
  InternalError,
  OptionError,
  ShapeError,
  TammesError,
  UnsupportedError,
} from './errors.ts';

test('every error says its kind by name and code, which no minifier changes', () => {
  const errors = [
    new ShapeError('f', 'a', 'b'),
    new OptionError('f', 'k', 'a', 1),
    new InputError('f', 'a'),
    new UnsupportedError('f', 'a'),
    new InternalError('f', 'a'),
    new AbortedError('f'),
  ];
  expect(errors.map(({ name, code }) => `${name} ${code}`)).toEqual([
    'ShapeError shape',
    'OptionError option',
    'InputError input',
    'UnsupportedError unsupported',
    'InternalError internal',
    'AbortedError aborted',
  ]);
  for (const error of errors) expect(error).toBeInstanceOf(TammesError);
});

test('control characters from a file stay out of the sentence', () => {
  const { message } = new InputError('a\nb.csv', 'the column "x\u0000\r" is none.');
  expect(message).toBe('a\\u000ab.csv: the column "x\\u0000\\u000d" is none.');
});
