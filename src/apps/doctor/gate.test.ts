import { describe, expect, test } from 'vitest';
import { OptionError } from '../../core/errors.ts';
import type { MetricRow } from '../../families/metrics/types.ts';
import type { Finding } from './contract.ts';
import { judged, parseCondition } from './gate.ts';

const IDS = ['hubness-skewness', 'min-angle', 'two-nn', 'nc1'];

const row: MetricRow = {
  id: 'hubness-skewness',
  group: 'hubness',
  title: 'Hubness',
  unit: undefined,
  value: 1.9,
  low: 1.5,
  high: 2.3,
  level: 0.95,
  null: null,
  warnings: [],
};

const finding: Finding = {
  id: 'hubs',
  severity: 'warning',
  sentence: 'Hubs.',
  rows: [],
  columns: [],
  fix: 'spread',
};

const verdict = (text: string, metrics = [row], findings = [finding]) =>
  judged(parseCondition(text, IDS), metrics, findings).failed;

describe('conditions', () => {
  test.each([
    ['hubnessSkewness>2', false],
    ['hubnessSkewness>1.8', true],
    ['hubness-skewness > 1.8', true],
    ['hubnessSkewness>=1.9', true],
    ['hubnessSkewness<1.9', false],
    ['hubnessSkewness<=1.9', true],
    ['hubnessSkewness.low>1.5', false],
    ['hubnessSkewness.high>2', true],
    ['hubnessSkewness>-1e0', true],
  ])('%s fails: %s', (text, failed) => {
    expect(verdict(text)).toBe(failed);
  });

  test.each([
    ['error', false],
    ['warning', true],
    ['note', true],
  ])('a warning was found, and %s fails: %s', (text, failed) => {
    expect(verdict(text)).toBe(failed);
  });

  test('a number that does not exist fails: a gate that cannot look must not open', () => {
    expect(verdict('hubnessSkewness>2', [])).toBe(true);
    expect(verdict('hubnessSkewness<2', [{ ...row, value: null }])).toBe(true);
    const { sentence } = judged(parseCondition('minAngleDeg<1', IDS), [row], []);
    expect(sentence).toBe('min-angle does not exist for this file.');
  });

  test('what was found, or that nothing was, is said in one sentence', () => {
    expect(judged(parseCondition('error', IDS), [], [finding]).sentence).toBe(
      'found nothing as bad as an error.',
    );
    expect(judged(parseCondition('note', IDS), [], [finding]).sentence).toBe('found hubs.');
  });

  test('fields, ids and their camel case name the same number', () => {
    for (const name of ['minAngleDeg', 'min-angle', 'minAngle']) {
      expect(parseCondition(`${name}<1`, IDS)).toMatchObject({ id: 'min-angle', bound: 1 });
    }
    expect(parseCondition('twoNn<5', IDS)).toMatchObject({ id: 'two-nn' });
    expect(parseCondition('nc1<5', IDS)).toMatchObject({ id: 'nc1' });
  });

  test.each([
    '',
    'hubs',
    'hubness>2',
    'hubnessSkewness',
    'hubnessSkewness>',
    'hubnessSkewness>two',
    'hubnessSkewness=2',
    'hubnessSkewness.mid>2',
    'toString>1',
  ])('refuses %j with what a condition is', (text) => {
    expect(() => parseCondition(text, IDS)).toThrow(OptionError);
    expect(() => parseCondition(text, IDS)).toThrow('METRIC>NUMBER');
  });
});
