import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escaped } from '../../core/text.ts';
import { labelHtml, scriptJson, shownLabel } from './escape.ts';
import { duration, exponentOf, fixed, percent, signed, significant } from './format.ts';

test('numbers carry commas, a true minus sign and no minus before zero', () => {
  expect(fixed(31636, 0)).toBe('31,636');
  expect(fixed(-1234567.891, 2)).toBe('−1,234,567.89');
  expect(fixed(-0.0004, 3)).toBe('0.000');
  expect(fixed(123.456789, 5)).toBe('123.45679');
});

test('what is not a number is a dash, and infinity is itself', () => {
  expect(fixed(Number.NaN, 2)).toBe('–');
  expect(fixed(null, 2)).toBe('–');
  expect(fixed(-Infinity, 2)).toBe('−∞');
});

test('a change has a sign unless it rounds to zero', () => {
  expect(signed(0.5, 1)).toBe('+0.5');
  expect(signed(-0.5, 1)).toBe('−0.5');
  expect(signed(0.01, 1)).toBe('0.0');
});

test('significant digits are counted after rounding', () => {
  expect(significant(0.0012345)).toBe('0.00123');
  expect(significant(9.999)).toBe('10.0');
  expect(significant(1.84e-6, 2)).toBe('1.8·10⁻⁶');
  expect(significant(-2.5e7, 2)).toBe('−2.5·10⁷');
  expect(significant(0)).toBe('0');
});

test('the exponent is that of the rounded number', () => {
  expect(exponentOf(0.0999, 2)).toBe(-1);
  expect(exponentOf(0.0999, 3)).toBe(-2);
});

test('durations use the two largest units', () => {
  expect([0.84, 9.96, 59.6, 185, 7440].map(duration)).toEqual([
    '0.8 s',
    '10 s',
    '1 min 0 s',
    '3 min 5 s',
    '2 h 4 min',
  ]);
  expect(duration(Number.NaN)).toBe('–');
});

test('shares are percent', () => {
  expect(percent(0.1234, 1)).toBe('12.3 %');
});

test('escaped text holds no markup and no quote', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(escaped(text)).not.toMatch(/[<>"']/);
    }),
  );
});

const hostile = fc.constantFrom('</script>', '<!--', '\u2028\u2029', '\ud800', '&lt;', '\u0000');

test('JSON in a script reads back the same and cannot end it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), hostile)), (list) => {
      const json = scriptJson(list);
      expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(json)).toEqual(list);
    }),
  );
});

test('a label is one visible line', () => {
  expect(shownLabel('two\nlines\t\u0000')).toBe('two␊lines␉␀');
  expect(shownLabel('')).toBe('␀');
  expect(Array.from(shownLabel('😀'.repeat(100)))).toHaveLength(40);
  expect(labelHtml('<b>')).toBe('<bdi>&#60;b&#62;</bdi>');
});
