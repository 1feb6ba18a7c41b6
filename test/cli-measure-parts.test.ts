import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandIn } from './shared/command.ts';

const { at, tammes } = commandIn('tammes-measure-parts-');

beforeAll(() => {
  const lines = Array.from({ length: 160 }, (_, i) => {
    const part = Math.floor(i / 40);
    const vector = [0, 1, 2].map((c) => (part % 3 === c ? 1 : 0) + 0.2 * Math.sin(7 * i + 9 * c));
    return [`sentence ${i}`, `part ${part}`, part === 2 ? 5 : 1, ...vector].join();
  });
  writeFileSync(at('text.csv'), ['label,part,loss,v0,v1,v2', ...lines].join('\n'));
});

describe('tammes measure curate', () => {
  test('prints both numbers beside shuffled rows, and writes an even selection', () => {
    const words = ['text.csv', '--losses', 'loss', '--sources', 'part', '--clusters', '8'];
    const { code, out } = tammes(
      'measure',
      'curate',
      ...words,
      '--share',
      '0.25',
      '-o',
      'rows.csv',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/loss coherence \(smaller is better\) +0\.\d{3}/);
    expect(out).toMatch(/source purity +0\.\d{3}/);
    const json = tammes('measure', 'curate', ...words, '--share', '0.25', '--json').out;
    const { lossCoherence, sourcePurity, selected } = JSON.parse(json);
    expect(lossCoherence.value).toBeLessThan(lossCoherence.null.low);
    expect(sourcePurity.value).toBeGreaterThan(sourcePurity.null.high);
    expect(selected).toHaveLength(40);
  });

  test('refuses what does not fit in one sentence', () => {
    const refused = (...words: string[]) => tammes('measure', 'curate', 'text.csv', ...words).err;
    expect(refused()).toBe(
      'measure curate: option "losses" must be given, or --sources or --share; got "nothing".\n',
    );
    expect(refused('--losses', 'part')).toContain('a column of numbers; got "part"');
    expect(refused('--sources', 'nope')).toContain('one of labels, part, loss; got "nope"');
    expect(refused('--sources', 'part', '-o', 'x.csv')).toContain('given with --share');
    expect(refused('--share', '2')).toContain('above 0, 1 at most');
  });
});

describe('tammes measure flow', () => {
  test('names the rows that begin a segment, and judges them by the parts', () => {
    const { code, out } = tammes(
      'measure',
      'flow',
      'text.csv',
      '--parts',
      'part',
      '-o',
      'flow.csv',
    );
    expect(code).toBe(0);
    expect(out).toContain('P_k against the parts');
    expect(out).toMatch(/ {2}40 {2}sentence 40\n {2}80 {2}sentence 80\n {2}120 {2}sentence 120/);
  });

  test('prints one JSON object', () => {
    const { starts, boundaries, error } = JSON.parse(
      tammes('measure', 'flow', 'text.csv', '--segments', '3', '--json').out,
    );
    expect(starts).toHaveLength(2);
    expect([boundaries.value, error]).toEqual([2, null]);
  });

  test('refuses a column that is not there in one sentence', () => {
    expect(tammes('measure', 'flow', 'text.csv', '--parts', 'x').err).toBe(
      'measure flow: option "parts" must be one of labels, part, loss; got "x".\n',
    );
  });
});
