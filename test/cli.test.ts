import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KnnGraph } from '../src/core/graph.ts';
import { gathered } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { read, readNeighbors, write } from '../src/io/index.ts';
import { powerSpherical } from '../src/manifolds/index.ts';
import { occurrences, skewness } from '../src/metrics/shared/occurrences.ts';

const bin = fileURLToPath(new URL('../bin/tammes.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tammes-cli-'));
const at = (name: string) => join(folder, name);

function tammes(...args: string[]) {
  const run = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

beforeAll(async () => {
  const mean = Float64Array.of(1, 0, 0, 0, 0, 0);
  const points = powerSpherical(300, mean, 20, Random.fromSeed(5));
  const labels = Array.from({ length: 300 }, (_, i) => `word ${i}, "quoted"`);
  await write(at('points.npy'), { points });
  await write(at('points.csv'), { points, labels });
});

const FIELDS = [
  'n',
  'd',
  'engine',
  'seconds',
  'minAngleDeg',
  'medianNearestAngleDeg',
  'meanNearestAngleDeg',
  'circularVariance',
  'meanCosine',
  'mmd',
  'uniformity',
  'effectiveRank',
  'hubnessSkewness',
];

describe('tammes measure', () => {
  test('prints one JSON object with the promised fields and nothing else', () => {
    const { code, out, err } = tammes('measure', 'points.npy', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    for (const field of FIELDS) expect(found, field).toHaveProperty(field);
    expect(found).toMatchObject({ n: 300, d: 6 });
    expect(['native', 'wasm']).toContain(found.engine);
    expect(err).toBe('');
  });

  test('gives the same numbers for one and two threads', () => {
    const [one, two] = ['1', '2'].map((threads) => {
      const found = JSON.parse(tammes('measure', 'points.npy', '--json', '--threads', threads).out);
      return { ...found, seconds: 0, threads: 0 };
    });
    expect(one).toEqual(two);
  });

  test('agrees with the float64 reference', () => {
    const [wasm, reference] = ['wasm', 'reference'].map((engine) =>
      JSON.parse(tammes('measure', 'points.npy', '--json', '--engine', engine).out),
    );
    expect(reference.engine).toBe('reference');
    for (const field of FIELDS.slice(4)) expect(wasm[field]).toBeCloseTo(reference[field], 4);
  });
});

describe('tammes measure of files', () => {
  const measured = (...args: string[]) => JSON.parse(tammes('measure', ...args, '--json').out);

  test('--sample draws so many, the same by seed, and says of how many', () => {
    const args = ['points.csv', '--sample', '50', '--metrics', 'spread'];
    const [first, again, other] = [args, args, [...args, '--seed', '1']].map((a) => measured(...a));
    expect(first).toMatchObject({ n: 50, population: 300 });
    expect(again.metrics).toEqual(first.metrics);
    expect(other.metrics).not.toEqual(first.metrics);
    const { code, err } = tammes('measure', 'points.csv', '--sample', '0');
    expect(code).toBe(2);
    expect(err).toContain('Expected an integer, at least 1.');
  });

  test('--queries and --relevance judge searches; one without the other is refused', () => {
    writeFileSync(at('qrels.txt'), Array.from({ length: 300 }, (_, i) => `${i} ${i}`).join('\n'));
    const args = ['points.npy', '--queries', 'points.npy', '--relevance', 'qrels.txt'];
    const { metrics } = measured(...args, '--metrics', 'labels');
    const ids = ['average-precision', 'ndcg', 'recall', 'reciprocal-rank'];
    expect(metrics.map(({ id }: { id: string }) => id)).toEqual(ids);
    for (const { value } of metrics) expect(value).toBeCloseTo(1, 12);
    const { code, err } = tammes('measure', 'points.npy', '--queries', 'points.npy');
    expect(code).toBe(2);
    expect(err).toContain('measure: option "relevance" must be given with --queries');
  });

  test('--correct writes lists with fewer hubs', async () => {
    const lists = ['--metrics', 'hubness', '--save-neighbors'];
    tammes('measure', 'points.npy', ...lists, 'plain.npz');
    tammes('measure', 'points.npy', ...lists, 'fair.npz', '--correct', 'mutual-proximity');
    const [plain, fair] = await Promise.all(
      ['plain', 'fair'].map((x) => readNeighbors(at(`${x}.npz`))),
    );
    const skew = (graph: KnnGraph) => skewness(occurrences(graph, 10));
    expect(fair.k).toBe(10);
    expect(skew(fair)).toBeLessThan(skew(plain) / 2);
  });
});

describe('tammes compare', () => {
  test('a file with itself in another format: the same vectors, parity included', () => {
    const { code, out, err } = tammes('compare', 'points.npy', 'points.csv', '--parity', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ n: 300, dA: 6, dB: 6, parity: { verdict: 'identical' } });
    for (const row of found.comparisons) {
      expect(row.value, row.id).toBeCloseTo(row.kind === 'similarity' ? 1 : 0, 4);
      expect(row.level).toBe(0.95);
    }
    expect(err).toBe('');
  });

  test('rows shifted by one: little in common, and the verdict says why', async () => {
    const { points } = await read(at('points.npy'));
    const order = Array.from({ length: 300 }, (_, i) => (i + 1) % 300);
    await write(at('cycled.npy'), { points: gathered(points, order) });
    const { code, out, err } = tammes('compare', 'points.npy', 'cycled.npy', '--fail-on', 'parity');
    expect(code).toBe(1);
    expect(out).toContain('Nothing in common beyond chance');
    expect(out).toContain('Parity: The rows of B are those of A in another order');
    expect(err).toContain('parity: The rows of B are those of A in another order');
  });

  test('a bound that is crossed is exit code 1, a wrong condition 2', () => {
    const bound = 'neighbor-overlap<0.9';
    expect(tammes('compare', 'points.npy', 'points.npy', '--fail-on', bound).code).toBe(0);
    const { code, err } = tammes('compare', 'points.npy', 'cycled.npy', '--fail-on', bound);
    expect(code).toBe(1);
    expect(err).toMatch(/neighbor-overlap is 0\.\d+; it fails < 0\.9\./);
    expect(tammes('compare', 'points.npy', 'points.npy', '--fail-on', 'nonsense').code).toBe(2);
    expect(tammes('compare', 'points.npy', 'points.npy', '--fail-on', 'error').code).toBe(2);
    expect(tammes('compare', 'points.npy').code).toBe(2);
  });
});

describe('tammes compare writes files', () => {
  const written = ['c.html', 'c.sarif', 'c.xml'];

  test('the report, SARIF and JUnit, with the verdict as the one finding', () => {
    const [html, log, cases] = written;
    const files = ['--report', html, '--sarif', log, '--junit', cases];
    const { code, err } = tammes('compare', 'points.npy', 'cycled.npy', '--parity', ...files);
    expect(code).toBe(0);
    for (const name of written) expect(err).toContain(`Wrote ${name}`);
    expect(readFileSync(at(html), 'utf8')).toContain('Rows that moved most');
    const [run] = JSON.parse(readFileSync(at(log), 'utf8')).runs;
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['parity']);
    expect(readFileSync(at(cases), 'utf8')).toContain('tests="1" failures="1"');
  });

  test('nothing is found where the files are the same', () => {
    tammes('compare', 'points.npy', 'points.npy', '--parity', '--sarif', 'same.sarif');
    expect(JSON.parse(readFileSync(at('same.sarif'), 'utf8')).runs[0].results).toEqual([]);
  });

  test('no report where there is no folder for it, and no work is done for it', () => {
    const { code, err } = tammes('compare', 'points.npy', 'points.npy', '--report', 'no/c.html');
    expect(code).toBe(1);
    expect(err).toContain('there is no folder no to write into');
  });
});

describe('tammes measure --doctor', () => {
  test('prints findings after the numbers', () => {
    const { code, out } = tammes('measure', 'points.npy', '--doctor', '--quiet');
    expect(code).toBe(0);
    expect(out).toContain('Spread and isotropy');
    expect(out).toContain('warning: Column 0 outweighs the others in every cosine');
    expect(out).toContain('What helps:');
  });

  test('--fail-on exits with 1 where a condition holds, and says which', () => {
    const bad = tammes(
      'measure',
      'points.npy',
      '--metrics',
      'spread',
      '--fail-on',
      'meanCosine>0.1',
    );
    expect(bad.code).toBe(1);
    expect(bad.err).toMatch(/meanCosine>0.1: mean-cosine is 0\.\d+; it fails > 0\.1\./);
    const good = tammes(
      'measure',
      'points.npy',
      '--metrics',
      'spread',
      '--fail-on',
      'meanCosine>1',
    );
    expect(good.code).toBe(0);
  });

  test('writes SARIF and JUnit beside the JSON object', () => {
    const names = ['--sarif', 'out.sarif', '--junit', 'out.xml', '--fail-on', 'error', '--json'];
    const { out } = tammes('measure', 'points.npy', ...names);
    expect(JSON.parse(out)).toMatchObject({ n: 300, conditions: [{ condition: 'error' }] });
    expect(JSON.parse(readFileSync(at('out.sarif'), 'utf8')).version).toBe('2.1.0');
    expect(readFileSync(at('out.xml'), 'utf8')).toContain('<testsuite name="tammes"');
  });

  test('a wrong condition, metric, null model or column is refused in one sentence', () => {
    const wrong = [
      ['--fail-on', 'hubness', 'METRIC>NUMBER'],
      ['--metrics', 'hubs', 'a group (spread'],
      ['--null', 'flat', 'uniform'],
      ['--classes', 'topic', 'the file has no columns'],
    ];
    for (const [flag, value, sentence] of wrong) {
      const { code, err } = tammes('measure', 'points.npy', flag, value);
      expect(code, flag).toBe(2);
      expect(err).toContain(sentence);
    }
  });
});

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
