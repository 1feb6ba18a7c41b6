import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-compress-');

/** Rows of `cols` numbers that follow from their place. */
function csv(name: string, rows: number, cols: number): string {
  const value = (e: number) => (((e * 7919) % 1009) / 1009 - 0.5).toFixed(4);
  const lines = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (__, c) => value(i * cols + c)).join(','),
  );
  const names = Array.from({ length: cols }, (_, c) => `v${c}`).join(',');
  writeFileSync(at(name), `${[names, ...lines].join('\n')}\n`);
  return at(name);
}

const file = csv('rows.csv', 60, 6);
const plan = at('plan.json');
tammes('compress', 'plan', file, '--target', 'recall@5>=0.5', '--codecs', 'int8', '-o', plan);

describe('tammes compress', () => {
  test.each([
    ['compress', [file, '-o', file]],
    ['compress plan', [file, '-o', file]],
    ['search build', [file, '-o', file]],
  ])('%s does not write into the place of its input', (command, args) => {
    const before = readFileSync(file);
    const { code, err } = tammes(...command.split(' '), ...args);
    expect([code, err]).toEqual([
      2,
      `${command}: option "output" must be another file than the input; got ${JSON.stringify(file)}.\n`,
    ]);
    expect(readFileSync(file)).toEqual(before);
  });

  test('with a plan checks the recall of as many neighbours as were planned', () => {
    const { code, out } = tammes('compress', file, '-o', at('a.tammes'), '--plan', plan);
    expect(code).toBe(0);
    expect(out).toMatch(/^recall of 10 neighbours [^\n]+\nrecall of 5 neighbours /m);
    expect(out).toMatch(/^promised 0\.\d{3} \(.*\): kept$/m);
  });

  test('a plan for other vectors, or beside options of a codec, is refused', () => {
    const narrow = csv('narrow.csv', 60, 3);
    const other = tammes('compress', narrow, '-o', at('b.tammes'), '--plan', plan);
    expect([other.code, other.err]).toEqual([
      1,
      `${plan}: the plan is for vectors of 6 columns; these have 3: make a plan of them.\n`,
    ]);
    const both = tammes('compress', file, '-o', at('b.tammes'), '--plan', plan, '--dims', '2');
    expect(both.err).toBe(
      'compress: option "dims" must be left out where --plan says it; got 2.\n',
    );
  });

  test('of ten rows there is no recall of ten neighbours, and it says so', () => {
    const few = csv('few.csv', 10, 3);
    const { out } = tammes('compress', few, '-o', at('few.tammes'), '--json');
    const { recallAt10, warnings } = JSON.parse(out);
    expect([recallAt10, warnings]).toEqual([
      null,
      ['The recall of ten neighbours takes 11 rows or more.'],
    ]);
  });
});
