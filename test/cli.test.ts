import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { bin, commandIn } from './shared/command.ts';
import { FIELDS } from './shared/fields.ts';
import { writePoints } from './shared/points.ts';

const { folder, at, tammes } = commandIn('tammes-cli-');
beforeAll(() => writePoints(at));

describe('tammes disperse', () => {
  const quick = ['--passes', '20', '--batch', '100', '--fidelity', '0.1'];

  test('writes unit rows, with labels and norms beside a format that has no place for them', () => {
    const { code, out } = tammes('disperse', 'points.csv', '-o', 'spread.npy', '--json', ...quick);
    expect(code).toBe(0);
    const found = JSON.parse(out);
    for (const field of ['objective', 'steps', 'stepsPerSecond', 'before', 'after', 'engine']) {
      expect(found).toHaveProperty(field);
    }
    for (const field of FIELDS) {
      expect(found.before).toHaveProperty(field);
      expect(found.after).toHaveProperty(field);
    }
    expect(found.steps).toBe(60);
    expect(found.after.medianNearestAngleDeg).toBeGreaterThan(found.before.medianNearestAngleDeg);
    const beside = readFileSync(at('spread.rows.csv'), 'utf8').split('\n');
    expect(beside[0]).toBe('label,norm');
    expect(beside[1]).toMatch(/^"word 0, ""quoted""",(1|0\.99999)/);
  });

  test('gives the same bytes for the same seed, and for one and two threads', () => {
    const bytes = ['1', '2'].map((threads) => {
      const file = `threads-${threads}.npy`;
      tammes('disperse', 'points.npy', '-o', file, '--no-measure', '--threads', threads, ...quick);
      return readFileSync(at(file));
    });
    expect(bytes[0]?.equals(bytes[1] ?? Buffer.alloc(0))).toBe(true);
  });

  test('repeats a run from its recipe, byte for byte', () => {
    const first = tammes(
      'disperse',
      'points.npy',
      '-o',
      'a.npy',
      '--json',
      '--seed',
      '3',
      ...quick,
    );
    writeFileSync(at('recipe.json'), JSON.stringify(JSON.parse(first.out).recipe));
    const again = tammes('disperse', 'points.npy', '-o', 'b.npy', '--recipe', 'recipe.json');
    expect(again.err).toContain('byte for byte');
    expect(readFileSync(at('b.npy')).equals(readFileSync(at('a.npy')))).toBe(true);
  });

  test('spreads the classes of a column, and the recipe repeats that', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [
      `w${i}`,
      `t${i % 3}`,
      1,
      Math.sin(i),
      Math.cos(2 * i),
    ]);
    writeFileSync(at('topics.csv'), ['word,topic,x,y,z', ...rows].join('\n'));
    const run = ['--objective', 'sup-con', '--classes', 'topic', '--passes', '5', '--json'];
    const first = JSON.parse(tammes('disperse', 'topics.csv', '-o', 'first.npy', ...run).out);
    expect(first.recipe.classes).toBe('topic');
    writeFileSync(at('classes.json'), JSON.stringify(first.recipe));
    const again = tammes('disperse', 'topics.csv', '-o', 'again.npy', '--recipe', 'classes.json');
    expect(again.err).toContain('byte for byte');
    const without = tammes('disperse', 'topics.csv', '-o', 'no.npy', '--objective', 'sup-con');
    expect(without.code).not.toBe(0);
    expect(without.err).toContain('the class of each row is needed (--classes COLUMN); got none.');
  });

  test('stopped by Ctrl-C it leaves a checkpoint, and a resumed run ends in the same bytes', async () => {
    const settings =
      '--steps 8000 --batch 100 --fidelity 0.1 --optimizer riemannian-adam --no-measure';
    const long = settings.split(' ');
    tammes('disperse', 'points.npy', '-o', 'whole.npy', ...long);
    // How long the start takes depends on the machine: a signal before the run is too early.
    let said = '';
    for (let delay = 400; !said.includes('Stopped'); delay *= 1.6) {
      const child = spawn(
        process.execPath,
        [bin, 'disperse', 'points.npy', '-o', 'part.npy', ...long],
        {
          cwd: folder,
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      child.stderr.on('data', (chunk) => {
        said += chunk;
      });
      setTimeout(() => child.kill('SIGINT'), delay);
      const code = await new Promise((done) => child.on('exit', done));
      expect(code, 'the run ended before the signal').not.toBe(0);
      expect(existsSync(at('part.npy'))).toBe(false);
      if (said.includes('Stopped')) expect(code).toBe(130);
    }
    expect(said).toMatch(/Stopped after step \d+/);
    const resumed = tammes(
      'disperse',
      'points.npy',
      '-o',
      'part.npy',
      '--resume',
      'part.npy.checkpoint',
    );
    expect(resumed.code).toBe(0);
    expect(readFileSync(at('part.npy')).equals(readFileSync(at('whole.npy')))).toBe(true);
    expect(existsSync(at('part.npy.checkpoint'))).toBe(false);
  });

  test('combines objectives in an expression', () => {
    const objective = '0.5*koleo + riesz-energy(s=2, distance=geodesic)';
    const { out } = tammes(
      'disperse',
      'points.npy',
      '-o',
      'c.npy',
      '--json',
      '--objective',
      objective,
      ...quick,
    );
    expect(JSON.parse(out).objective).toMatch(
      /^0\.5\*koleo\(.*\) \+ riesz-energy\(s=2, distance=geodesic\) \+ 0\.1\*fidelity$/,
    );
  });
});

describe('bad input gets one sentence, exit code 1, and nothing half-written', () => {
  const npy = (header: string, body: number) => {
    const text = `${header.padEnd(117)}\n`;
    const bytes = Buffer.alloc(10 + text.length + body);
    bytes.write('\x93NUMPY\x01\x00', 'latin1');
    bytes.writeUInt16LE(text.length, 8);
    bytes.write(text, 10, 'latin1');
    return bytes;
  };
  const f4 = (shape: string) => `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
  const cases: [name: string, content: string | Buffer][] = [
    ['empty.npy', ''],
    ['magic.npy', 'this is no file of vectors at all, whatever its name says'],
    ['short.npy', npy(f4('(100, 4)'), 800)],
    ['lies.npy', npy(f4('(1000000000000, 400000)'), 64)],
    ['zero.npy', npy(f4('(3, 2)'), 24)],
    ['nan.csv', 'a,b\n1,2\n3,nan\n'],
    ['infinite.csv', 'a,b\n1,2\n3,inf\n'],
    ['ragged.csv', 'a,b\n1,2\n3,4,5\n'],
  ];

  test.each(cases)('%s', (name, content) => {
    writeFileSync(at(name), content);
    for (const args of [
      ['measure', name],
      ['disperse', name, '-o', `${name}.out.npy`],
    ]) {
      const { code, out, err } = tammes(...args);
      expect(code, err).toBe(1);
      expect(out).toBe('');
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).not.toMatch(/at .*\.js:\d+/);
      expect(err).toMatch(/\.\n$/);
    }
    expect(readdirSync(folder).filter((file) => file.startsWith(`${name}.`))).toEqual([]);
  });

  test('a missing file, a folder, an output that cannot be written', () => {
    mkdirSync(at('sub'), { recursive: true });
    for (const args of [
      ['measure', 'nowhere.npy'],
      ['measure', 'sub'],
      ['disperse', 'points.npy', '-o', 'no/such/folder/out.npy'],
      ['disperse', 'points.npy', '-o', 'sub'],
      ['disperse', 'points.npy', '-o', 'out.unknown'],
    ]) {
      const { code, err } = tammes(...args);
      expect(code, args.join(' ')).toBe(1);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });

  test('one row and one column are measured, with nulls where there is no number', () => {
    writeFileSync(at('one.csv'), 'a,b,c\n1,2,3\n');
    writeFileSync(at('column.csv'), 'a\n1\n-2\n3\n');
    expect(JSON.parse(tammes('measure', 'one.csv', '--json').out)).toMatchObject({
      n: 1,
      minAngleDeg: null,
    });
    expect(JSON.parse(tammes('measure', 'column.csv', '--json').out)).toMatchObject({
      d: 1,
      minAngleDeg: 0,
    });
  });
});

describe('wrong use gets a sentence and exit code 2', () => {
  const uses: string[][] = [
    [],
    ['nonsense'],
    ['measure'],
    ['measure', 'points.npy', '--threads', 'many'],
    ['disperse', 'points.npy'],
    ['disperse', 'points.npy', '-o', 'x.npy', '--objective', 'gravity'],
    ['disperse', 'points.npy', '-o', 'x.npy', '--objective', 'riesz-energy(s=-9)'],
    ['disperse', 'points.npy', '-o', 'x.npy', '--objective', 'koleo(gamma=1)'],
    ['disperse', 'points.npy', '-o', 'x.npy', '--fidelity', '-1'],
    ['disperse', 'points.npy', '-o', 'x.npy', '--optimizer', 'magic'],
    ['methods', 'nothing'],
  ];
  test.each(uses.map((args) => [args.join(' ') || '(nothing)', args] as const))('%s', (_, args) => {
    const { code, err } = tammes(...args);
    expect(code, err).toBe(2);
    expect(err).not.toBe('');
    expect(existsSync(at('x.npy'))).toBe(false);
  });

  test('--help has an example for every command', () => {
    const names = /Commands:\n([\s\S]*?)\n\n/.exec(tammes('--help').out)?.[1] ?? '';
    const commands = [...names.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);
    expect(commands).toContain('disperse');
    for (const command of commands.filter((name) => name !== 'help')) {
      const { code, out } = tammes(command, '--help');
      expect(code).toBe(0);
      expect(out, command).toMatch(/Examples?:\n {2}\$ /);
    }
  });
});
