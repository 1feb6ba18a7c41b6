import { beforeAll, describe, expect, test } from 'vitest';
import { readNeighbors } from '../src/io/index.ts';
import { commandIn } from './shared/command.ts';
import { writePoints } from './shared/points.ts';

const { at, tammes } = commandIn('tammes-neighbors-');
beforeAll(() => writePoints(at));

describe('tammes neighbors', () => {
  test('writes the lists that measure takes, the same of a table in shards and in workers', async () => {
    const told = JSON.parse(tammes('neighbors', 'points.npy', '-o', 'whole.npz', '--json').out);
    expect(told).toMatchObject({ n: 300, k: 15, exact: true, recall: null });
    expect(tammes('shard', 'points.npy', '-o', 'table', '--shard-size', '2000').code).toBe(0);
    const stored = tammes('neighbors', 'table', '-o', 'cut.npz', '--workers', '2');
    expect(stored.out).toBe('15 neighbors of 300 rows: exact\n');
    const whole = await readNeighbors(at('whole.npz'));
    expect(await readNeighbors(at('cut.npz'))).toEqual(whole);
    tammes('measure', 'points.npy', '--save-neighbors', 'measured.npz', '--metrics', 'hubness');
    const measured = await readNeighbors(at('measured.npz'));
    expect(whole.indices.slice(0, 15)).toEqual(measured.indices.slice(0, 15));
    expect(whole.distances.slice(0, 15)).toEqual(measured.distances.slice(0, 15));
  });

  test('says before what it takes', () => {
    const { code, out } = tammes('neighbors', 'table', '-o', 'x.npz', '--plan');
    expect(code).toBe(0);
    expect(out).toMatch(/^neighbor graph +tasks +products/);
    const build = tammes('search', 'build', 'table', '-o', 'x.index', '--index', 'ivf', '--plan');
    expect(build.out).toMatch(/^lists +tasks +products/);
  });

  test.each([
    [
      ['points.npy', '-o', 'x.csv'],
      'option "output" must be a name that ends in .npz; got "x.csv"',
    ],
    [
      ['points.npy', '-o', 'x.npz', '--workers', '2'],
      'option "workers" must be left out for files',
    ],
    [['points.npy', '-o', 'x.npz', '-k', '0'], 'Expected an integer, at least 1.'],
    [['none.npy', '-o', 'x.npz'], 'none.npy: there is no such file or folder.'],
  ])('%s', (words, sentence) => {
    const { code, err } = tammes('neighbors', ...words);
    expect(code).not.toBe(0);
    expect(err).toContain(sentence);
  });
});
