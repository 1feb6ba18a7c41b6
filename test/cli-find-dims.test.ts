import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { write } from '../src/io/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-find-dims-');

/** 120 rows about three centers of R⁵; their class is a column. */
beforeAll(async () => {
  const random = Random.fromSeed(1);
  const data = Float32Array.from({ length: 120 * 5 }, (_, e) => {
    const [i, c] = [Math.floor(e / 5), e % 5];
    return (c === i % 3 ? 5 : 0) + random.normal();
  });
  const kind = Array.from({ length: 120 }, (_, i) => ['red', 'green', 'blue'][i % 3]);
  await write(at('points.parquet'), { points: matrix(data, 120, 5), columns: { kind } });
});

const learnt = (...more: string[]) => [
  ...['learn', 'classifier', 'points.parquet', '--classes', 'kind', '-o', 'model.safetensors'],
  ...['--dim', '4', '--hidden', '8', '--head', 'softmax', '--steps', '30', ...more],
];
const found = ['--adapt', 'random-subspace', '--find-dims', '0.9'];

test('the fewest directions are found, the model is trained with as many, and the JSON says so', () => {
  const { code, out, err } = tammes(...learnt(...found, '--learning-rate', '0.02', '--json'));
  expect(err).toBe('');
  expect(code).toBe(0);
  const { dimension, adapted } = JSON.parse(out);
  expect(Object.keys(dimension)).toEqual([
    ...['target', 'seeds', 'of', 'full', 'dimension', 'curve', 'learningRate', 'warnings'],
  ]);
  expect(dimension).toMatchObject({ target: 0.9, seeds: 3, of: 99 });
  expect(adapted.trained).toBe(Math.ceil(dimension.dimension.value));
  expect(existsSync(at('model.safetensors'))).toBe(true);
});

test('what says otherwise how many directions there are is refused before anything is read', () => {
  const sentence = (...more: string[]) => tammes(...learnt(...more)).err;
  expect(sentence('--find-dims', '0.9')).toBe(
    'learn: option "find-dims" must be left out without --adapt random-subspace, whose directions are searched for; got 0.9.\n',
  );
  expect(sentence('--adapt', 'lora', '--find-dims', '0.9')).toContain('--adapt random-subspace');
  expect(sentence(...found, '--directions', '9')).toBe(
    'learn: option "directions" must be left out with --find-dims; got 9.\n',
  );
  expect(sentence('--adapt', 'random-subspace', '--find-dims', '2')).toContain(
    'Expected a share above 0, at most 1, such as 0.9.',
  );
});

test('a learner without a held-out accuracy is refused in a sentence', () => {
  const { err } = tammes(
    ...['learn', 'autoencoder', 'points.parquet', '-o', 'x.safetensors', '--dim', '2', ...found],
  );
  expect(err).toContain('must be one that measures its accuracy on rows held out');
});
