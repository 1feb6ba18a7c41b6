import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureExample, reportExample } from '../../testing/report-data.ts';
import { colorWanted, measureTable, progressBar } from './terminal.ts';

const { before, after, nulls } = reportExample();
const SEQUENCES = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

describe('table', () => {
  const wide = measureTable({ before, after }, nulls, { width: 120 });

  test('has a row for every measure and a column for uniform points', () => {
    const lines = wide.split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[0].trim().split(/ {2,}/)).toEqual([
      'before',
      'after',
      'change',
      'uniform',
      '95 % of uniform sets',
    ]);
    expect(lines[1].split(/ {2,}/)).toEqual([
      'Smallest angle',
      '3.2°',
      '17.9°',
      '+14.7°',
      '33.1°',
      '30.2 to 34.9°',
    ]);
  });

  test('numbers end in the same column', () => {
    const lines = wide.split('\n');
    const end = lines[0].indexOf('before') + 'before'.length;
    for (const line of lines.slice(1)) expect(line[end - 1]).toMatch(/[\d°–]/);
  });

  test('a narrow terminal loses the interval, then the change, then ends of names', () => {
    const at = (width: number) => measureTable({ before, after }, nulls, { width });
    expect(at(62)).not.toContain('95 %');
    expect(at(62)).toContain('change');
    expect(at(48)).not.toContain('change');
    expect(at(48)).toContain('uniform');
    for (const line of at(40).split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  test('colours add sequences and change no character', () => {
    const colored = measureTable({ before, after }, nulls, { width: 120, color: true });
    expect(colored).not.toBe(wide);
    expect(colored.replace(SEQUENCES, '')).toBe(wide);
    expect(wide).not.toMatch(SEQUENCES);
  });

  test('one measurement alone has one column of values', () => {
    const data = measureExample();
    const table = measureTable(data, data.nulls, { width: 80 });
    expect(table.split('\n')[0].trim()).toMatch(/^value +uniform/);
  });

  test('a number that does not exist is a dash', () => {
    const empty = { ...before, minAngleDeg: null, hubnessSkewness: Number.NaN };
    const lines = measureTable({ before: empty }, {}, { width: 80 }).split('\n');
    expect(lines[1].split(/ {2,}/)).toEqual(['Smallest angle', '–', '–']);
    expect(lines[9].split(/ {2,}/)).toEqual(['Hubness skewness', '–', '–']);
  });
});

test('colours are for terminals, unless NO_COLOR or a dumb one', () => {
  expect(colorWanted({}, true)).toBe(true);
  expect(colorWanted({}, false)).toBe(false);
  expect(colorWanted({ NO_COLOR: '1' }, true)).toBe(false);
  expect(colorWanted({ NO_COLOR: '' }, true)).toBe(true);
  expect(colorWanted({ TERM: 'dumb' }, true)).toBe(false);
});

describe('progress', () => {
  const progress = { stage: 'disperse', done: 0.5, step: 300, stepsPerSecond: 50, loss: -3.8612 };

  test('shows bar, share, time left, rate, step and loss', () => {
    const line = progressBar(progress, 120);
    expect(line).toContain(`disperse ${'━'.repeat(16)}${'─'.repeat(16)}  50 %`);
    expect(line).toContain('6 s left');
    expect(line).toContain('50 steps/s');
    expect(line).toContain('step 300');
    expect(line).toContain('loss −3.861');
  });

  test('is never wider than asked, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            stage: fc.string({ maxLength: 30 }),
            done: fc.double(),
            step: fc.nat(),
            stepsPerSecond: fc.double({ min: 0, max: 1e9, noNaN: true }),
            loss: fc.double(),
            seconds: fc.double({ min: 0, max: 1e9, noNaN: true }),
          },
          { requiredKeys: ['stage', 'done'] },
        ),
        fc.integer({ min: 0, max: 140 }),
        (any, width) => {
          expect(progressBar(any, width).length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  test('the bar only grows', () => {
    const full = (done: number) => progressBar({ stage: 's', done }, 60).split('━').length;
    const lengths = [0, 0.1, 0.4, 0.7, 1].map(full);
    expect([...lengths].sort((a, b) => a - b)).toEqual(lengths);
  });

  test('a hundred percent is said only when all is done', () => {
    expect(progressBar({ stage: 's', done: 0.9999 }, 60)).toContain(' 99 %');
    expect(progressBar({ stage: 's', done: 1 }, 60)).toContain(' 100 %');
  });

  test('without steps the time left comes from the time spent', () => {
    expect(progressBar({ stage: 'measure', done: 0.25, seconds: 10 }, 60)).toContain('30 s left');
    expect(progressBar({ stage: 'measure', done: 0 }, 60)).not.toContain('left');
  });
});
