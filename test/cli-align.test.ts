import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { read } from '../src/io/index.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-align-');

const random = Random.fromSeed(1);
const rows = Array.from({ length: 60 }, () => [random.normal(), random.normal(), random.normal()]);
const csv = (points: readonly (readonly number[])[], from = 0) =>
  ['id,x0,x1,x2', ...points.map((x, i) => `r${i + from},${x.join()}`)].join('\n');
/** Turned, and moved by 4. */
const turned = rows.map(([x, y, z]) => [y + 4, z + 4, x + 4]);
writeFileSync(at('old.csv'), csv(rows));
// Twenty of the rows are not in the new space.
writeFileSync(at('new.csv'), csv(turned.slice(20), 20));

test('a map is fitted by label, told, saved and applied', async () => {
  const { err, code } = tammes(
    'align',
    'fit',
    at('old.csv'),
    at('new.csv'),
    '-o',
    at('m.safetensors'),
  );
  expect(code).toBe(0);
  expect(err).toContain('procrustes: fitted to 40 pairs');
  expect(err).toContain('among all 40 rows of B');
  expect(err).toContain('Verdict: use it');
  tammes('align', 'apply', at('m.safetensors'), at('old.csv'), '-o', at('moved.csv'));
  const { points, labels } = await read(at('moved.csv'));
  expect(labels?.[0]).toBe('r0');
  turned.flat().forEach((x, e) => {
    expect(points.data[e]).toBeCloseTo(x, 4);
  });
});

test('pairs that name no row, and parts below two, are refused in a sentence', () => {
  writeFileSync(at('pairs.csv'), 'r20,r20\nr21,r99\n');
  const fit = ['align', 'fit', at('old.csv'), at('new.csv'), '-o', at('m2.safetensors')];
  const refused = tammes(...fit, '--pairs', at('pairs.csv'));
  expect(refused.code).not.toBe(0);
  expect(refused.err).toMatch(/pairs\.csv: "r99" of pair \d is no row\./);
  const folds = tammes(...fit, '--folds', '1');
  expect(folds.code).not.toBe(0);
  expect(folds.err).toContain('option "folds" must be a whole number from 2 on; got 1');
});

test('a first pair that is no pair of rows is refused, not taken for names of the columns', () => {
  const bare = (name: string) => {
    writeFileSync(at(name), rows.map((row) => row.join()).join('\n'));
    return at(name);
  };
  const fit = ['align', 'fit', bare('a.csv'), bare('b.csv'), '-o', at('m3.safetensors')];
  writeFileSync(at('minus.csv'), '-1,-1\n0,0\n1,1\n2,2\n');
  expect(tammes(...fit, '--pairs', at('minus.csv')).err).toContain('"-1" of pair 1 is no row.');
  writeFileSync(at('half.csv'), '1.5,1.5\n0,0\n1,1\n2,2\n');
  expect(tammes(...fit, '--pairs', at('half.csv')).err).toContain('"1.5" of pair 1 is no row.');
});

test('a number beside labels that are numbers is a label or a mistake, and a repeated label is refused', () => {
  const labelled = (name: string, label: (i: number) => string) => {
    const lines = rows.map((x, i) => `${label(i)},${x.join()}`);
    writeFileSync(at(name), ['label,x0,x1,x2', ...lines].join('\n'));
    return at(name);
  };
  const counted = labelled('from-one.csv', (i) => `${i + 1}`);
  const fit = ['align', 'fit', counted, counted, '-o', at('m4.safetensors')];
  writeFileSync(at('from-zero.csv'), '0,0\n1,1\n2,2\n');
  expect(tammes(...fit, '--pairs', at('from-zero.csv')).err).toContain('"0" of pair 1 is no row.');
  const classes = labelled('classes.csv', (i) => `${i % 3}`);
  const odd = ['align', 'fit', classes, classes, '-o', at('m4.safetensors')];
  expect(tammes(...odd, '--pairs', at('from-zero.csv')).err).toContain(
    '"0" of pair 1 is the label of several rows; take labels that tell rows apart (--label NAME), or number rows from 0 (--no-label).',
  );
  expect(tammes(...odd).err).toMatch(
    /^align: The labels of A and B repeat .*--no-label pairs them/,
  );
  expect(tammes(...odd, '--no-label').err).toContain('fitted to 60 pairs');
});

test('labels that come several times pair no rows, and a sentence says so', () => {
  const twice = csv(rows).replace('r1,', 'r0,');
  writeFileSync(at('twice.csv'), twice);
  const { err } = tammes(
    'align',
    'fit',
    at('twice.csv'),
    at('old.csv'),
    '-o',
    at('m5.safetensors'),
  );
  expect(err).toContain('fitted to 58 pairs');
  expect(err).toContain('1 label of both files, first "r0", found several times in one of them');
});
