import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-axis-');

const rows = Array.from({ length: 60 }, (_, i) => {
  const x = [Math.cos(7 * i), Math.sin(3 * i), Math.cos(11 * i + 1)];
  return `item${i},${x.map((value) => value.toFixed(4)).join(',')},${(x[0] + x[1] / 2).toFixed(3)},${x[2] > 0 ? 'up' : 'down'}`;
});
writeFileSync(at('rows.csv'), ['label,a,b,c,price,side', ...rows].join('\n'));
writeFileSync(at('pairs.csv'), 'from,to\nitem0,item1\nitem2,item3\n');

const TABLE = [at('rows.csv'), '--vector', 'a,b,c'];
const json = (...args: string[]) => {
  const { code, out, err } = tammes('explain', ...args, '--json', '--quiet');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
};
const refusal = (...args: string[]) => {
  const { code, out, err } = tammes('explain', ...args);
  expect([(code ?? 0) > 0, out]).toEqual([true, '']);
  return err;
};

describe('tammes explain axis', () => {
  test('scores, in the fields that scripts rely on; the saved axis orders the rows', () => {
    const axis = at('price.safetensors');
    const told = json('axis', ...TABLE, '--scores', 'price', '-o', axis);
    expect(told.axis).toBe(axis);
    expect(Object.keys(told.spearman)).toEqual(['value', 'low', 'high']);
    expect(told.spearman.value).toBeGreaterThan(0.95);
    expect(told.null).toBeLessThan(1);
    expect(told.ceiling).toBeGreaterThan(0.8);
    const sorted = json('sort', axis, ...TABLE);
    expect([sorted.direction, sorted.rows.length]).toEqual(['price', 60]);
    expect(Object.keys(sorted.rows[0])).toEqual(['row', 'label', 'projection', 'low', 'high']);
    expect(tammes('explain', 'sort', axis, ...TABLE, '-k', '1').out).toMatch(/ to -?\d\.\d{3}$/m);
    const table = [at('rows.csv'), '--vector-column', 'a,b,c'];
    const near = tammes(
      'search',
      'near',
      ...table,
      '--label',
      'item0',
      '--order-by',
      axis,
      '--json',
    );
    const { neighbors } = JSON.parse(near.out);
    const places = neighbors.map(({ projection }: { projection: number }) => projection);
    expect(places).toEqual(places.toSorted((a: number, b: number) => b - a));
  });

  test('classes, extremes, pairs and formulas: null where nothing is held out', () => {
    expect(json('axis', ...TABLE, '--classes', 'side').spearman.value).toBeGreaterThan(0.7);
    const extremes = json('axis', ...TABLE, '--extremes', 'item0,item1');
    expect([extremes.axis, extremes.spearman, extremes.ceiling]).toEqual([null, null, null]);
    const bare = at('bare.safetensors');
    json('axis', ...TABLE, '--formula', 'item1 - item0', '-o', bare);
    expect(tammes('explain', 'sort', bare, ...TABLE).out).not.toMatch(/ $/m);
    const held = json('axis', ...TABLE, '--formula', 'item1 - item0', '--scores', 'price');
    expect(held.spearman).not.toBe(null);
    expect(json('axis', ...TABLE, '--pairs', at('pairs.csv')).method).toBe('pairs');
  });

  test('what cannot be is refused in one sentence', () => {
    expect(refusal('axis', ...TABLE)).toMatch(/must be given, or one of --classes/);
    expect(refusal('axis', ...TABLE, '--scores', 'side')).toMatch(/row 0 has no number/);
    expect(refusal('axis', ...TABLE, '--extremes', 'item0,nobody')).toMatch(/"nobody" is none/);
    expect(refusal('axis', ...TABLE, '--formula', 'item0 - nobody')).toMatch(
      /no row has the label/,
    );
    expect(refusal('axis', ...TABLE, '--scores', 'price', '--method', 'lda')).toMatch(
      /a method that is fitted to scores/,
    );
    expect(refusal('sort', at('rows.csv'), ...TABLE)).toMatch(/rows\.csv/);
    const axis = at('one.safetensors');
    json('axis', ...TABLE, '--scores', 'price', '-o', axis);
    expect(refusal('sort', axis, ...TABLE, '--direction', 'age')).toMatch(/must be one of price/);
    expect(refusal('sort', axis, 'dataset:glove')).toMatch(/a space of 3 columns/);
  });
});
