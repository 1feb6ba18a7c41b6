import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { readExact } from '../src/io/exact.ts';
import { write } from '../src/io/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-code-');
const code = (...args: string[]) => tammes('code', ...args);

test('--json prints the certificate as one object, and the file holds the points', async () => {
  const { code: status, out, err } = code('--count', '13', '--dim', '3', '-o', 'a.npy', '--json');
  expect([status, err]).toEqual([0, '']);
  const { seconds, bounds, ...rest } = JSON.parse(out);
  expect(rest).toEqual({
    n: 13,
    d: 3,
    minAngleDeg: expect.closeTo(57.1367030776, 8),
    bestKnownDeg: expect.closeTo(57.1367030776, 8),
    bestKnownSource: expect.stringContaining('Lai'),
    bestKnownProof: expect.stringContaining('Musin, Tarasov'),
    gapToBoundDeg: bounds[0].deg - rest.minAngleDeg,
    provenOptimal: false,
    contacts: 24,
    start: 'stored',
    seed: 0,
  });
  expect(seconds).toBeGreaterThan(0);
  for (const bound of bounds) expect(Object.keys(bound)).toEqual(['name', 'deg']);
  const { points } = await readExact(at('a.npy'));
  expect([points.rows, points.cols, points.data instanceof Float64Array]).toEqual([13, 3, true]);

  const verified = JSON.parse(code('--verify', 'a.npy', '--json').out);
  expect(verified).toMatchObject({ file: 'a.npy', n: 13, d: 3, check: 'exact', contacts: 24 });
  expect(verified.minAngleDeg).toBeCloseTo(rest.minAngleDeg, 11);
  expect(verified.minAngleLowDeg).toBeLessThanOrEqual(verified.minAngleHighDeg);
});

test('the result does not depend on the number of threads', async () => {
  const search = ['--count', '26', '--dim', '4', '--fresh', '--chains', '3', '--patience', '4'];
  const files = ['1', '2', '3'].map((threads) => {
    const name = `threads${threads}.npy`;
    expect(code(...search, '--threads', threads, '-o', name, '--quiet').code).toBe(0);
    return name;
  });
  const [one, ...others] = await Promise.all(files.map((name) => readExact(at(name))));
  for (const other of others) expect(other.points.data).toEqual(one.points.data);
});

test('a file of points that meets a proven bound is proven optimal', async () => {
  const corners = [0, 1, 2].flatMap((axis) =>
    [1, -1].flatMap((sign) => [0, 1, 2].map((c) => (c === axis ? sign : 0))),
  );
  await write(at('octahedron.csv'), { points: matrix(Float32Array.from(corners), 6, 3) });
  const found = JSON.parse(code('--verify', 'octahedron.csv', '--json').out);
  expect(found).toMatchObject({ minAngleDeg: 90, provenOptimal: true, gapToBoundDeg: 0 });
});

test('the text says how good the code is, and where a format rounds', () => {
  const { out, err } = code('--count', '6', '--dim', '3', '-o', 'six.csv');
  expect(out).toContain('6 points in 3 dimensions: smallest angle 90.0000000000°');
  expect(out).toContain('proven optimal: the bound is met');
  expect(err).toContain('six.csv holds the points rounded to float32');
  expect(err).toContain('Wrote six.csv');
});

test('help shows examples, and wrong use gets one sentence and exit code 2', () => {
  expect(code('--help').out).toContain('$ tammes code --count 24 --dim 3 -o code.npy');
  const wrong = [
    [
      ['--count', '1', '--dim', '3'],
      '"count" must be an integer of at least 2: one point is never apart',
    ],
    [
      ['--count', '9', '--dim', '1'],
      '"dim" must be an integer of at least 2: in 1 dimension there are only',
    ],
    [['--count', '1000000000', '--dim', '64'], '"count" must be at most 1048576 in 64 dimensions'],
    [['--count', '9'], '"dim" must be given'],
    [['--dim', '3'], '"count" must be given'],
    [['--count', 'nine', '--dim', '3'], 'Expected a whole number'],
    [['--count', '9', '--dim', '3', '--energy', 'heat'], 'thomson, log or riesz:S'],
  ] as const;
  for (const [args, sentence] of wrong) {
    const { code: status, out, err } = code(...args);
    expect(status, sentence).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
});

test('points to keep that contradict are refused, and nothing is written', async () => {
  await write(at('twins.npy'), { points: matrix(Float32Array.of(1, 0, 0, 1, 0, 0), 2, 3) });
  const run = code('--count', '5', '--dim', '3', '--keep', 'twins.npy', '-o', 'more.npy');
  expect(run.code).toBe(1);
  expect(run.err).toContain(
    'rows 0 and 1 of the points to keep coincide; no code keeps both apart',
  );
  expect(existsSync(at('more.npy'))).toBe(false);
});
