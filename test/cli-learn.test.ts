import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { read, write } from '../src/io/index.ts';
import { bin, commandIn } from './shared/command.ts';

const { at, folder, tammes } = commandIn('tammes-learn-');

/** 300 rows about three centers of R⁵; their class is a column. */
beforeAll(async () => {
  const random = Random.fromSeed(1);
  const data = Float32Array.from({ length: 300 * 5 }, (_, e) => {
    const [i, c] = [Math.floor(e / 5), e % 5];
    return (c === i % 3 ? 5 : 0) + random.normal();
  });
  const kind = Array.from({ length: 300 }, (_, i) => ['red', 'green', 'blue'][i % 3]);
  const points = matrix(data, 300, 5);
  await write(at('points.parquet'), { points, columns: { kind } });
  await write(at('named.parquet'), { points, labels: kind.map((word, i) => `${word} ${i}`) });
});

const learnt = (output: string, ...more: string[]) => [
  ...['learn', 'classifier', 'points.parquet', '--classes', 'kind', '-o', output],
  ...['--dim', '4', '--hidden', '8', ...more],
];

test('learn prints one JSON object with the promised fields, and embed takes the model', async () => {
  const { code, out, err } = tammes(...learnt('model.safetensors', '--json'));
  expect(err).toBe('');
  expect(code).toBe(0);
  const found = JSON.parse(out);
  expect(found).toMatchObject({ id: 'classifier', steps: 300 });
  expect(['native', 'wasm']).toContain(found.engine);
  for (const field of ['loss', 'stepsPerSecond', 'seconds'])
    expect(found[field]).toBeGreaterThan(0);
  expect(found.report.accuracy).toBeGreaterThan(found.report.majority);

  const embedded = tammes(
    'embed',
    'model.safetensors',
    'points.parquet',
    '-o',
    'out.npy',
    '--json',
  );
  expect(JSON.parse(embedded.out)).toMatchObject({ n: 300, d: 4 });
  expect((await read(at('out.npy'))).points.cols).toBe(4);
});

test('the same seed gives the same model, with one thread and with two', () => {
  const files = ['1', '2'].map((threads) => {
    const file = `model-${threads}.safetensors`;
    expect(tammes(...learnt(file, '--threads', threads, '--quiet')).code).toBe(0);
    return readFileSync(at(file));
  });
  expect(files[0].equals(files[1])).toBe(true);
});

test('while it learns the embeddings are measured', () => {
  const more = [
    '--watch',
    'mean-cosine,effective-rank',
    '--watch-every',
    '10',
    '--steps',
    '20',
    '--json',
  ];
  const { watched } = JSON.parse(tammes(...learnt('watched.safetensors', ...more)).out);
  expect(watched.map(({ step }: { step: number }) => step)).toEqual([10, 20]);
  expect(watched[0].metrics['effective-rank']).toBeGreaterThan(1);
});

test('a run that is killed goes on where its checkpoint stands, to the same bytes', async () => {
  const long = ['--steps', '400', '--quiet'];
  expect(tammes(...learnt('whole.safetensors', ...long)).code).toBe(0);
  const kept = [...learnt('rest.safetensors', ...long), '--checkpoint', 'run.safetensors'];
  const child = spawn(process.execPath, [bin, ...kept], { cwd: folder });
  await new Promise<void>((done) => {
    const watch = setInterval(() => {
      if (!existsSync(at('run.safetensors')) && child.exitCode === null) return;
      clearInterval(watch);
      child.kill('SIGKILL');
      done();
    }, 1);
  });
  expect(existsSync(at('run.safetensors'))).toBe(true);
  expect(tammes(...kept, '--resume').code).toBe(0);
  expect(readFileSync(at('rest.safetensors')).equals(readFileSync(at('whole.safetensors')))).toBe(
    true,
  );
});

test.each([
  [
    'an unknown learner',
    ['learn', 'nonsense', 'points.parquet', '-o', 'x'],
    /option "id" must be one of autoencoder/,
  ],
  [
    'a column that is not there',
    learnt('x').map((word) => (word === 'kind' ? 'color' : word)),
    /color/,
  ],
  [
    'names in place of classes',
    ['learn', 'classifier', 'named.parquet', '-o', 'x'],
    /300 classes for 300 examples: a class needs several/,
  ],
  [
    'an unknown objective',
    learnt('x', '--spread', 'nonsense'),
    /learn: option "spread" must be one of alignment/,
  ],
  [
    'an unknown metric',
    learnt('x', '--watch', 'nonsense'),
    /learn: option "watch" must be all, a group/,
  ],
  [
    'a model that is none',
    ['embed', 'points.parquet', 'points.parquet', '-o', 'x.npy'],
    /points\.parquet: /,
  ],
])('%s is refused in one sentence', (_, args, sentence) => {
  const { code, out, err } = tammes(...args);
  expect([1, 2]).toContain(code);
  expect(out).toBe('');
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(err).toMatch(sentence);
  expect(existsSync(at('x'))).toBe(false);
});
