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
