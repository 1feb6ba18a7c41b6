import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileStore } from '../src/io/byte-store.ts';
import { storedModel } from '../src/learning/index.ts';
import { commandIn } from './shared/command.ts';

/** Runs a command several times, each some hundred milliseconds. */
const SLOW = 120_000;

const { at, tammes } = commandIn('tammes-merge-');

function table(name: string, last: string, shift: number): void {
  const rows = Array.from({ length: 24 }, (_, i) => {
    const side = i % 2 ? 1 : -1;
    return `${side + shift + i / 50},${side - shift},${i % 2 ? last : 'minus'}`;
  });
  writeFileSync(at(name), ['x,y,class', ...rows].join('\n'));
}

const learn = (file: string, model: string, ...more: string[]) =>
  tammes(
    ...['learn', 'classifier', file, '--classes', 'class', '--dim', '2', '--hidden', '4'],
    ...['--steps', '5', '-o', model, ...more],
  );

beforeAll(() => {
  table('all.csv', 'plus', 0);
  table('a.csv', 'plus', 0.2);
  table('b.csv', 'plus', -0.3);
  table('c.csv', 'other', 0);
  expect(learn('all.csv', 'base.safetensors').code).toBe(0);
  for (const name of ['a', 'b'])
    expect(learn(`${name}.csv`, `${name}.safetensors`, '--start', 'base.safetensors').code).toBe(0);
  expect(learn('c.csv', 'c.safetensors').code).toBe(0);
}, SLOW);

const merge = (...words: string[]) => tammes('merge', ...words);
const models = ['a.safetensors', 'b.safetensors'];
const based = ['--base', 'base.safetensors', '--settings-of-base', 'scaling'];

describe('tammes merge', () => {
  test('writes a model that embeds as its learner’s do', { timeout: SLOW }, async () => {
    const { code, out, err } = merge(...models, ...based, '-o', 'm.safetensors', '--json');
    expect(err).toBe('');
    expect(code).toBe(0);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ method: 'task-arithmetic', kind: 'classifier', models: 2 });
    expect(told.interference.fromBase).toHaveLength(2);
    expect(told.interference.signConflicts).toBeTypeOf('number');
    expect(told.warnings).toEqual([
      'The models differ in scaling; the result has what base.safetensors has.',
    ]);
    const [base, a, b, m] = await Promise.all(
      ['base', 'a', 'b', 'm'].map((name) => storedModel(fileStore(at(`${name}.safetensors`)))),
    );
    for (const [name, { data }] of m.tensors) {
      if (m.manifolds?.has(name)) continue;
      const of = (model: typeof m, e: number) => model.tensors.get(name)?.data[e] ?? Number.NaN;
      data.forEach((x, e) => {
        const start = of(base, e);
        expect(x).toBe(Math.fround(start + 0.3 * (of(a, e) - start) + 0.3 * (of(b, e) - start)));
      });
    }
    // Class vectors are points of the sphere, in the file of the merged model too.
    expect([...(m.manifolds ?? [])]).toEqual([['head.weight', 'sphere']]);
    const [x, y] = m.tensors.get('head.weight')?.data ?? [];
    expect(Math.hypot(x, y)).toBeCloseTo(1, 6);
    expect(tammes('embed', 'm.safetensors', 'all.csv', '-o', 'e.npy').code).toBe(0);
  });

  test('tells people how the models disagree', { timeout: SLOW }, () => {
    const { code, err } = merge(...models, ...based, '-o', 't.safetensors', '--method', 'ties');
    expect(code).toBe(0);
    expect(err).toMatch(/^Distance from the base, in its length: 0\.\d+, 0\.\d+$/m);
    expect(err).toMatch(/^Numbers that some moved up and others down: [\d.]+ %$/m);
    expect(err).toMatch(/^Wrote t\.safetensors$/m);
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    [
      'settings that differ',
      [...models, '--base', 'base.safetensors'],
      /^a\.safetensors: its setting scaling\.mean\[0\] is .+--settings-of-base scaling takes what the base has\.$/,
    ],
    [
      'other classes',
      ['a.safetensors', 'c.safetensors', ...based],
      /^c\.safetensors: its setting classes\[1\] is "other", that of base\.safetensors "plus": .+\.$/,
    ],
    [
      'no base',
      models,
      /^merge: option "base" must be the model from which the others were fine-tuned; got "nothing"\.$/,
    ],
    [
      'a method that learns',
      [...models, ...based, '--method', 'adamerging'],
      /^merge: option "method" must be one of average, task-arithmetic, ties \(adamerging learns .+\.$/,
    ],
    ['a file of vectors', ['all.csv', ...based], /^all\.csv: .+\.$/],
    [
      'a file that is not there',
      ['none.safetensors', ...based],
      /^none\.safetensors: there is no model\.$/,
    ],
  ])('refuses %s in a sentence', (_, words, sentence) => {
    const { code, err } = merge(...words, '-o', 'no.safetensors');
    expect(code).not.toBe(0);
    expect(err.trim()).toMatch(sentence);
  });

  test('never writes over a model that goes in, not through a link either', {
    timeout: SLOW,
  }, () => {
    symlinkSync(at('a.safetensors'), at('link.safetensors'));
    const before = readFileSync(at('a.safetensors'));
    for (const output of ['a.safetensors', 'link.safetensors']) {
      const { code, err } = merge(...models, ...based, '-o', output);
      expect(code).not.toBe(0);
      expect(err).toContain('option "output" must be another file than the model a.safetensors');
    }
    expect(readFileSync(at('a.safetensors'))).toEqual(before);
  });
});
