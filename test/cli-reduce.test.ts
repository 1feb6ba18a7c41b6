import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { read } from '../src/io/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-reduce-');
const N = 80;

beforeAll(() => {
  const random = Random.fromSeed(1);
  const rows = Array.from({ length: N }, (_, i) => {
    const place = [0, 1, 2, 3].map((c) => (c === i % 2 ? 3 : 0) + random.normal());
    return `r${i},c${i % 2},${place.join()}`;
  });
  writeFileSync(at('a.csv'), `id,class,x0,x1,x2,x3\n${rows.join('\n')}\n`);
});

describe('tammes reduce', () => {
  test('--json has the promised fields, the quality among them, and nothing else is printed', () => {
    const { code, out, err } = tammes('reduce', 'a.csv', '-o', 'm.npy', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ method: 'pca', n: N, d: 4, dim: 2 });
    expect(found.seconds).toBeGreaterThan(0);
    for (const name of ['trustworthiness', 'continuity', 'neighborRecall10', 'stress']) {
      const { value, low, high, null: law } = found.quality[name];
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(law.how).toContain('permuted rows');
    }
    expect(err).toBe('');
  });

  test('prints the table; --no-quality leaves it out', () => {
    const { out } = tammes('reduce', 'a.csv', '-o', 'm.npy', '--quiet');
    expect(out).toMatch(
      /^explained 0\.\d+\nvariance \d+\.\d+\n +value +95 % interval +random map\ntrustworthiness /,
    );
    const plain = tammes('reduce', 'a.csv', '-o', 'm.npy', '--quiet', '--no-quality');
    expect(plain.out).toMatch(/^explained 0\.\d+\nvariance \d+\.\d+\n$/);
    const json = tammes('reduce', 'a.csv', '-o', 'm.npy', '--json', '--no-quality');
    expect(JSON.parse(json.out).quality).toBeNull();
  });

  test('two outputs of one name, and a column that is not there, are refused before any work', () => {
    const twice = tammes('reduce', 'a.csv', '-o', 'one.csv', '--report', 'one.csv');
    expect(twice.code).toBe(2);
    expect(twice.err).toContain('option "report" must be another file than that of --output');
    const saved = tammes('reduce', 'a.csv', '-o', 'one.npy', '--save', './one.npy');
    expect(saved.err).toContain('option "save" must be another file than that of --output');
    const nowhere = tammes(
      'reduce',
      'a.csv',
      '-o',
      'u.npy',
      '--method',
      'umap',
      '--checkpoint',
      'no/c',
    );
    expect(nowhere.err).toContain('there is no folder no to write into');
    const args = ['reduce', 'a.csv', '-o', 'no-color.csv', '--report', 'r.html'];
    const { code, err } = tammes(...args, '--color-by', 'kind');
    expect(code).toBe(2);
    expect(err).toContain('option "color-by" must be one of labels, class; got "kind"');
    expect(existsSync(at('no-color.csv'))).toBe(false);
  });

  test('--row-quality writes two columns whose means are what the numbers lose', async () => {
    const { out } = tammes('reduce', 'a.csv', '-o', 'm.csv', '--json', '--row-quality');
    const { quality } = JSON.parse(out);
    const { columns = {}, labels } = await read(at('m.csv'));
    expect(labels?.[3]).toBe('r3');
    const mean = (name: string) =>
      Float64Array.from(columns[name] as Float64Array).reduce((sum, x) => sum + x / N, 0);
    expect(1 - mean('falseNeighbors')).toBeCloseTo(quality.trustworthiness.value, 10);
    expect(1 - mean('missingNeighbors')).toBeCloseTo(quality.continuity.value, 10);
    // A second time the names are taken: nothing is replaced unsaid.
    const again = tammes('reduce', 'm.csv', '-o', 'n.csv', '--row-quality');
    expect(again.code).toBe(2);
    expect(again.err).toContain('a file without a column falseNeighbors');
  });

  test('--report draws the map in the colours of the classes', () => {
    const args = ['reduce', 'a.csv', '-o', 'm.npy', '--report', 'map.html', '--quiet'];
    expect(tammes(...args).code).toBe(0);
    const html = readFileSync(at('map.html'), 'utf8');
    expect(html).toContain('>c0</text>');
    expect(html).toContain('What it keeps');
    const wrong = tammes(...args, '--color-by', 'kind');
    expect(wrong.err).toContain('must be one of');
    expect(wrong.code).toBe(2);
  });

  test('flags that could not do what they say are refused before anything is written', () => {
    const args = ['reduce', 'a.csv', '-o', 'no.npy'];
    const { err } = tammes(...args, '--no-quality', '--report', 'no.html');
    expect(err).toContain('option "report" must be left out with --no-quality');
    expect(tammes(...args, '--color-by', 'class').err).toContain('left out without --report');
    writeFileSync(at('two.csv'), 'id,x,y\na,0,1\nb,1,0\n');
    const few = tammes('reduce', 'two.csv', '-o', 'no.npy', '--row-quality');
    expect(few.err).toContain('3 rows or more for --row-quality');
  });
});
