import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { commandIn } from '../../test/shared/command.ts';
import type { LoadableFamily } from '../catalog/index.ts';
import { type Matrix, matrix, zerosLike } from '../core/matrix.ts';
import { read, write } from '../io/index.ts';
import { defineMethod } from '../method/method.ts';
import { number } from '../method/options.ts';
import { applyCommand } from './apply.ts';

/** Every value times a factor. */
const scaled = defineMethod({
  id: 'scaled',
  family: 'stretching',
  title: 'Scaled',
  summary: 'Every value times a factor.',
  references: [],
  options: { factor: number(2, 'What values are multiplied by.', { min: 0, symbol: 'c' }) },
  compute(points: Matrix, { factor }) {
    const out = zerosLike(points);
    for (let e = 0; e < out.data.length; e++) out.data[e] = factor * points.data[e];
    return { points: out, factor, list: [1, 2, 3] };
  },
});

const family: LoadableFamily = {
  id: 'stretching',
  order: 1,
  title: 'Stretching',
  summary: 'Makes points longer.',
  maps: 'points → points',
  command: { name: 'stretch', description: 'Make points longer.' },
  load: async () => ({ scaled }),
};

async function stretch(...words: string[]): Promise<void> {
  const program = new Command('tammes').exitOverride();
  const argv = ['node', 'tammes', 'stretch', ...words];
  const command = program.command('stretch').exitOverride();
  command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
  (await applyCommand(family)).configure(command, argv);
  await program.parseAsync(argv);
}

describe('the command of a family that makes points of points', () => {
  const { at } = commandIn('tammes-apply-');
  afterEach(() => {
    vi.restoreAllMocks();
  });
  /** Four labelled rows. */
  const file = async () => {
    await write(at('in.npz'), {
      points: matrix(Float32Array.from([1, 0, 0, 1, -1, 0, 0, -1]), 4, 2),
      labels: ['a', 'b', 'c', 'd'],
    });
    return at('in.npz');
  };

  test('writes the points with their labels, and says what was done in JSON', async () => {
    const print = vi.spyOn(process.stdout, 'write').mockImplementation((_text, ...rest) => {
      const done = rest.find((own) => typeof own === 'function') as (() => void) | undefined;
      done?.();
      return true;
    });
    const words = ['--method', 'scaled', '--factor', '3', '--json'];
    await stretch(await file(), '-o', at('out.csv'), ...words);
    const facts = JSON.parse(String(print.mock.calls[0]?.[0]));
    expect(facts).toMatchObject({ method: 'scaled', n: 4, d: 2, dim: 2, factor: 3 });
    expect(facts).not.toHaveProperty('list');
    const { points, labels } = await read(at('out.csv'));
    expect([...points.data]).toEqual([3, 0, 0, 3, -3, 0, 0, -3]);
    expect(labels).toEqual(['a', 'b', 'c', 'd']);
  });

  test('refuses a method that there is not, a value out of range and an output of no format', async () => {
    const input = await file();
    await expect(stretch(input, '-o', at('x.npy'), '--method', 'bent')).rejects.toThrow(
      /Allowed choices are scaled/,
    );
    await expect(stretch(input, '-o', at('x.npy'), '--factor', '-1', '--quiet')).rejects.toThrow(
      'scaled: option "factor" must be a number in [0, ∞]; got -1.',
    );
    await expect(stretch(input, '-o', at('x.none'))).rejects.toThrow(
      'the extension names no format',
    );
    expect(() => readFileSync(at('x.npy'))).toThrow(/ENOENT/);
  });
});
