import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { matrix } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { read, write } from '../src/io/index.ts';
import { clickTable } from './shared/click-table.ts';
import { bin, commandIn } from './shared/command.ts';

const { at, folder, tammes } = commandIn('tammes-learn-');

const lines = (file: string, ...rows: string[]) => writeFileSync(at(file), `${rows.join('\n')}\n`);

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
  await write(at('bare.npy'), { points });
  lines('odd.csv', 'a,b,kind', '1,2,red', '3,4,blue', '5,NaN,red', '7,8,blue');
  lines('gap.csv', 'a,b,kind', '1,2,red', '3,4,', '5,6,red', '7,8,blue');
  lines('odd-edges.csv', '0,x', '1,2');
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

test('a table comes by a stream as well, its classes being what would be taken for labels', () => {
  const args = ['learn', 'classifier', '-', '--classes', 'kind', '-o', 'piped.safetensors'];
  const { status, stderr } = spawnSync(
    process.execPath,
    [bin, ...args, '--steps', '2', '--dim', '4', '--quiet'],
    { cwd: folder, encoding: 'utf8', input: 'a,b,kind\n1,2,red\n3,4,blue\n5,6,red\n7,8,blue\n' },
  );
  expect([status, stderr]).toEqual([0, '']);
});

test('embed says where a file is needed and where it is not', () => {
  expect(tammes(...learnt('few.safetensors', '--steps', '2', '--quiet')).code).toBe(0);
  expect(tammes('embed', 'few.safetensors', '-o', 'few.npy').err).toBe(
    'embed: vectors are needed; name a file of them.\n',
  );
  lines(
    'text.txt',
    ...Array.from({ length: 12 }, (_, i) => `the cat number ${i % 3} sat on a mat`),
  );
  const words = ['learn', 'language-model', 'text.txt', '-o', 'words.safetensors', '--steps', '2'];
  expect(tammes(...words, '--dim', '8', '--quiet').code).toBe(0);
  expect(tammes('embed', 'words.safetensors', 'text.txt', '-o', 'words.npy').err).toBe(
    'words.safetensors: the model gives vectors of its own and reads no file; leave out text.txt.\n',
  );
});

test('embed does not write over the model', () => {
  expect(tammes(...learnt('kept.safetensors', '--steps', '2', '--quiet')).code).toBe(0);
  const before = readFileSync(at('kept.safetensors'));
  const { err } = tammes('embed', 'kept.safetensors', 'points.parquet', '-o', './kept.safetensors');
  expect(err).toBe(
    'embed: option "output" must be another file than the model; got "./kept.safetensors".\n',
  );
  expect(readFileSync(at('kept.safetensors')).equals(before)).toBe(true);
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
    'a value that is no number',
    ['learn', 'classifier', 'odd.csv', '--classes', 'kind', '-o', 'x'],
    /classifier: 1 row has values that are not finite: 2 \(counted from 0; the first is NaN in column 1\)/,
  ],
  [
    'a row without a class',
    ['learn', 'classifier', 'gap.csv', '--classes', 'kind', '-o', 'x'],
    /gap\.csv: row 1 has no class in the column "kind" \(counted from 0\)/,
  ],
  [
    'a file without columns',
    ['learn', 'classifier', 'bare.npy', '--classes', 'kind', '-o', 'x'],
    /the file has none \(--metadata FILE adds some\)/,
  ],
  [
    'a flag for what the learner does not read',
    ['learn', 'autoencoder', 'points.parquet', '--classes', 'kind', '-o', 'x'],
    /option "classes" must be left out where vectors are all that is read; got "kind"/,
  ],
  [
    'an edge to a name that is no row',
    [
      'learn',
      'graph-classifier',
      'points.parquet',
      '--classes',
      'kind',
      '--edges',
      'odd-edges.csv',
      '-o',
      'x',
    ],
    /odd-edges\.csv: "x" of edge 1 is no row/,
  ],
  [
    'a checkpoint in the place of the model',
    learnt('x', '--checkpoint', './x'),
    /option "checkpoint" must be another file than --output; got ".\/x"/,
  ],
  [
    'a learning rate beyond all rules',
    learnt('x', '--learning-rate', '1e30'),
    /classifier: option "learningRate" must be a number in \[0, 100000\]; got 1e\+30/,
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

test('two towers learn from two files, and embed says whose rows it gets', async () => {
  const { points } = await read(at('bare.npy'));
  const shifted = matrix(
    points.data.map((x, e) => x - points.data[e - (e % 5)] / 2),
    300,
    5,
  );
  await write(at('others.npy'), { points: shifted });
  const model = ['-o', 'towers.safetensors', '--dim', '4', '--hidden', '8', '--steps', '20'];
  const learn = ['learn', 'two-towers', 'bare.npy', ...model];
  const { out, code } = tammes(...learn, '--others', 'others.npy', '--json');
  expect(code).toBe(0);
  const { report } = JSON.parse(out);
  expect(report.heldOut).toBe(60);
  expect(report.recallAt10).toBeGreaterThan(0);
  const embed = ['embed', 'towers.safetensors', 'others.npy', '-o', 'side.npy'];
  expect(tammes(...embed, '--side', 'b', '--json').code).toBe(0);
  expect((await read(at('side.npy'))).points.cols).toBe(4);
  expect(tammes(...embed).err).toBe(
    'towers.safetensors: the model embeds two kinds of rows; say whose these are: --side a (the first), or --side b (--others).\n',
  );
  expect(tammes(...learn).err).toBe(
    'learn: vectors of the other side are needed: --others FILE.\n',
  );
  expect(tammes('embed', 'few.safetensors', 'bare.npy', '-o', 'x.npy', '--side', 'a').err).toBe(
    'embed: option "side" must be left out: the model embeds one kind of rows; got "a".\n',
  );
});

test('distillation learns from texts and the vectors of teachers, and embed takes texts', async () => {
  const texts = Array.from({ length: 60 }, (_, i) => `${i % 2 ? 'rain' : 'jazz'} number ${i}`);
  lines('texts.txt', ...texts);
  const data = Float32Array.from({ length: 120 }, (_, e) => (((e >> 1) + e) % 2 ? 1 : 0.1));
  await write(at('teacher.npy'), { points: matrix(data, 60, 2) });
  await write(at('short.npy'), { points: matrix(data.subarray(0, 80), 40, 2) });
  const learn = ['learn', 'distillation', 'texts.txt', '-o', 'student.safetensors'];
  const size = ['--dim', '4', '--narrowest', '2', '--buckets', '64', '--steps', '20'];
  const both = ['--teacher', 'teacher.npy', '--teacher', 'teacher.npy'];
  const { out, code } = tammes(...learn, ...size, ...both, '--held-out', '0.5', '--json');
  expect(code).toBe(0);
  const { report } = JSON.parse(out);
  expect(Object.keys(report)).toEqual(['heldOut', 'recallAt10', 'recallAt10Of2']);
  lines('asked.txt', 'rain', 'a word that no text had');
  expect(tammes('embed', 'student.safetensors', 'asked.txt', '-o', 'asked.npy').code).toBe(0);
  const { points } = await read(at('asked.npy'));
  expect([points.rows, points.cols]).toEqual([2, 4]);
  expect(tammes(...learn).err).toBe(
    'learn: vectors of a teacher are needed: --teacher FILE (again for another one).\n',
  );
  expect(tammes(...learn, '--teacher', 'short.npy').err).toBe(
    'short.npy: expected 60 rows, one for each text; got 40 (blank lines of a file of lines are no texts).\n',
  );
  expect(tammes(...learnt('x.safetensors', '--teacher', 'short.npy')).err).toBe(
    'learn: option "teacher" must be left out where vectors and classes are all that is read; got "short.npy".\n',
  );
});

test('few numbers are trained with --adapt, and the delta with the first model embeds as the whole', () => {
  const small = ['--head', 'softmax', '--steps', '40'];
  expect(tammes(...learnt('first.safetensors', ...small)).code).toBe(0);
  const adapted = tammes(
    ...learnt('adapted.safetensors', ...small, '--start', 'first.safetensors', '--json'),
    ...['--adapt', 'lora', '--rank', '1', '--delta', 'delta.safetensors', '--seed', '3'],
  );
  expect(adapted.err).toBe('');
  // (8 + 5) + (4 + 8) + (3 + 4) in the place of 8·5 + 8 + 4·8 + 4 + 3·4 + 3.
  const { adapted: few } = JSON.parse(adapted.out);
  expect(few).toEqual({ by: 'lora', trained: 32, of: 99, warnings: [] });
  const embedded = (out: string, ...model: string[]) =>
    tammes('embed', ...model, 'points.parquet', '-o', out);
  expect(embedded('whole.npy', 'adapted.safetensors').err).not.toContain('error');
  embedded('parts.npy', 'first.safetensors', '--delta', 'delta.safetensors');
  expect(readFileSync(at('parts.npy'))).toEqual(readFileSync(at('whole.npy')));
  expect(embedded('odd.npy', 'adapted.safetensors', '--delta', 'delta.safetensors').err).toContain(
    'apply it to the model that it began with.',
  );
});

test('a delta without its model or its method is refused before anything is read', () => {
  const delta = ['--delta', 'delta.safetensors'];
  expect(tammes(...learnt('x.safetensors', ...delta)).err).toContain(
    'learn: option "delta" must be left out where all weights are trained (no --adapt)',
  );
  expect(tammes(...learnt('x.safetensors', ...delta, '--adapt', 'lora')).err).toContain(
    'left out without --start',
  );
  expect(tammes(...learnt('x.safetensors', '--adapt', 'none')).err).toContain(
    'learn: option "adapt" must be one of',
  );
  expect(tammes(...learnt('x.safetensors', '--adapt', 'lora', '--rank', '99')).err).toContain(
    'lora: option "rank" must be at most 5, which is a full rank here; got 99.',
  );
});

test('a sentence encoder learns from pairs, graded or not, and embed cuts it', async () => {
  const grade = (i: number) => (i % 3 === 0 ? 4.5 : i % 3);
  const rows = Array.from({ length: 24 }, (_, i) => {
    const word = i % 2 ? 'rain' : 'jazz';
    return `${word} number ${i},${word} again ${i % 5},${grade(i)}`;
  });
  lines('pairs.csv', 'one,other,grade', ...rows);
  lines('ungraded.csv', 'one,other,grade', ...rows.with(4, 'rain,jazz,'));
  lines('asked.txt', 'rain today', 'jazz');
  const learn = (file: string, ...more: string[]) =>
    tammes(
      ...['learn', 'sentence-encoder', file, '--text', 'one', '--translations', 'other'],
      ...['--dim', '4', '--blocks', '2', '--heads', '1', '--steps', '5', '--min-count', '1'],
      ...['--held-out', '0.5', '-o', 'encoder.safetensors', ...more],
    );
  const { out, code } = learn('pairs.csv', '--json');
  expect(code).toBe(0);
  const report = Object.keys(JSON.parse(out).report);
  expect(report).toEqual(['heldOut', 'recallAt1', 'recallAt1Layer1Dims2']);
  const graded = learn('pairs.csv', '--scores', 'grade', '--json');
  expect(Object.keys(JSON.parse(graded.out).report)).toContain('spearmanLayer1Dims2');
  expect(learn('ungraded.csv', '--scores', 'grade').err).toBe(
    'ungraded.csv: row 4 has no number in the column "grade" but "" (counted from 0); give it one, or leave the row out.\n',
  );
  expect(learn('pairs.csv', '--scores', 'nothing').err).toMatch(
    /^learn: option "scores" must be one of .*grade.*; got "nothing"\.\n$/,
  );

  const embed = (...more: string[]) =>
    tammes('embed', 'encoder.safetensors', 'asked.txt', '-o', 'asked.npy', ...more);
  const small = embed('--layer', '1', '--dims', '2', '--json');
  expect(JSON.parse(small.out)).toMatchObject({ n: 2, d: 2 });
  expect(small.err).toBe('');
  const odd = embed('--dims', '3', '--json');
  expect(JSON.parse(odd.out)).toMatchObject({ n: 2, d: 3 });
  expect(odd.err).toBe(
    'The model was not trained to be cut to --layer 2 --dims 3; it was to --layer 1 --dims 2, --layer 2 --dims 4.\n',
  );
  expect(embed('--layer', '3').err).toBe(
    'sentence-encoder: option "layer" must be a whole number from 1 to 2, the blocks of the model; got 3.\n',
  );
  expect(embed('--dims', '5').err).toBe(
    'sentence-encoder: option "dims" must be a whole number from 1 to 4, the columns of the model; got 5.\n',
  );
  expect(embed('--layer', 'two').err).toMatch(/Expected a whole number from 1 on/);
  const other = ['embed', 'few.safetensors', 'points.parquet', '-o', 'x.npy'];
  expect(tammes(...other, '--dims', '2').err).toBe(
    'classifier: option "dims" must be left out: this model was not made to be cut (tammes compress --codec pca makes fewer columns); got 2.\n',
  );
  const student = ['embed', 'student.safetensors', 'asked.txt', '-o', 'asked.npy', '--json'];
  expect(JSON.parse(tammes(...student, '--dims', '2').out)).toMatchObject({ n: 2, d: 2 });
  expect(tammes(...student, '--layer', '1').err).toBe(
    'distillation: option "layer" must be left out: this model has no blocks to leave out; got 1.\n',
  );
});

test('nothing that is read, and no model that a delta needs, is written over', () => {
  const clicked = clickTable(at, 'kept.jsonl');
  const before = readFileSync(at('kept.jsonl'));
  const few = ['--steps', '1'];
  for (const flag of ['-o', '--checkpoint']) {
    const output = flag === '-o' ? [] : ['-o', 'free.safetensors'];
    const { code, err } = tammes(...clicked, ...output, flag, 'kept.jsonl', ...few);
    expect(code).toBe(2);
    expect(err).toContain('must be another file than the input; got "kept.jsonl"');
  }
  expect(readFileSync(at('kept.jsonl'))).toEqual(before);

  tammes(...learnt('start.safetensors', ...few));
  const start = readFileSync(at('start.safetensors'));
  const adapting = ['--start', 'start.safetensors', '--adapt', 'lora', '--rank', '1', ...few];
  for (const [model, delta] of [
    ['start.safetensors', 'd.safetensors'],
    ['m.safetensors', 'start.safetensors'],
  ])
    expect(tammes(...learnt(model, ...adapting, '--delta', delta)).code).toBe(2);
  expect(readFileSync(at('start.safetensors'))).toEqual(start);
  // Without a delta nothing needs it any more.
  expect(tammes(...learnt('start.safetensors', ...adapting)).code).toBe(0);

  const { code } = tammes('embed', 'start.safetensors', 'points.parquet', '-o', 'points.parquet');
  expect(code).toBe(2);
});
