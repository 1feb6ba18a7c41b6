import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { decodeDirections } from '../src/structures/directions/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-explain-dictionary-');

// Three kinds of rows, each with a column of its own.
const random = Random.fromSeed(1);
const lines = Array.from({ length: 120 }, (_, i) => {
  const numbers = Array.from({ length: 4 }, (_, c) =>
    ((c === i % 3 ? 1 + random.uniform() : 0) + 0.1 * random.normal()).toFixed(4),
  );
  return [`row${i}`, `kind${i % 3}`, ...numbers].join(',');
});
writeFileSync(at('rows.csv'), ['name,kind,x0,x1,x2,x3', ...lines].join('\n'));
const small = ['--features', '8', '--k', '1', '--steps', '100', '--batch', '32'];
const explain = (...args: string[]) => tammes('explain', 'dictionary', ...args);

test('tells what features explain, and writes them as directions', async () => {
  const file = at('features.safetensors');
  const { code, out } = explain(
    at('rows.csv'),
    ...small,
    '--classes',
    'kind',
    '-o',
    file,
    '--json',
  );
  expect(code).toBe(0);
  const told = JSON.parse(out);
  expect(told.features).toBe(8);
  expect(told.varianceExplained).toBeGreaterThan(told.baselines.random);
  expect(Object.keys(told.coherence)).toEqual(['features', 'dimensions', 'principal', 'random']);
  expect(told.classes.map((own: { class: string }) => own.class)).toEqual([
    'kind0',
    'kind1',
    'kind2',
  ]);
  const { names, provenance } = await decodeDirections(readFileSync(file));
  expect(names.length).toBe(told.list.length);
  expect(provenance.method).toBe('dictionary');
});

test('prints features with their rows', () => {
  const { code, out } = explain(at('rows.csv'), ...small, '--top', '2', '--quiet');
  expect(code).toBe(0);
  expect(out).toMatch(/^8 features, \d\.\d of them in a row; /);
  expect(out).toMatch(/row\d+, row\d+/);
});

test('a wrong option, file or column gets a sentence', () => {
  expect(explain(at('rows.csv'), '--features', '8', '--k', '9').err).toBe(
    'explain dictionary: option "k" must be at most the 8 features; got 9.\n',
  );
  expect(explain(at('none.csv')).err).toContain('there is no such file or folder.');
  expect(explain(at('rows.csv'), '--classes', 'nope').err).toContain('there is no column "nope"');
});
