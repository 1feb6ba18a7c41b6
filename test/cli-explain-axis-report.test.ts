import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-axis-report-');
const random = Random.fromSeed(1);
const rows = Array.from({ length: 60 }, (_, i) => {
  const x = [random.normal(), random.normal(), random.normal()];
  return `r${i},${x[0].toFixed(4)},${x.map((value) => value.toFixed(4)).join()}`;
});
writeFileSync(at('own.csv'), ['id,price,x0,x1,x2', ...rows].join('\n'));

test('a page with the axis is written, and named', () => {
  const { err } = tammes(
    'explain',
    'axis',
    at('own.csv'),
    '--scores',
    'price',
    '--report',
    at('a.html'),
  );
  expect(err).toContain(`Wrote ${at('a.html')}`);
  const html = readFileSync(at('a.html'), 'utf8');
  expect(html).toContain('projection on price');
});

test('neither the axis nor its page goes over what is read', () => {
  for (const flag of ['--report', '--output']) {
    const { err, code } = tammes(
      'explain',
      'axis',
      at('own.csv'),
      '--scores',
      'price',
      flag,
      at('own.csv'),
    );
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('must be another file than the input'),
    ]);
  }
  expect(existsSync(at('own.csv'))).toBe(true);
});
