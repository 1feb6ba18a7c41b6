import { readFileSync, writeFileSync } from 'node:fs';
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

test('nothing that explain or measure writes goes over what is read', () => {
  const before = readFileSync(at('own.csv'), 'utf8');
  const commands = [
    ...[
      ['explain', 'axis', '--scores', 'price', '--report'],
      ['explain', 'axis', '--scores', 'price', '-o'],
    ],
    ...[
      ['explain', 'concepts', '--words', 'r1,r2', '-o'],
      ['explain', 'dictionary', '-o'],
    ],
    ...[
      ['explain', 'factor', '--factors', 'price', '-o'],
      ['measure', 'flow', '-o'],
    ],
  ];
  for (const words of commands) {
    const { err, code } = tammes(...words, at('own.csv'), at('own.csv'));
    expect([words.join(' '), code, err]).toEqual([
      ...[words.join(' '), 2],
      expect.stringContaining('must be another file than the input'),
    ]);
  }
  expect(readFileSync(at('own.csv'), 'utf8')).toBe(before);
});
