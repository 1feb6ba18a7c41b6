import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactText, parseExact, whole, wholeDigits } from './exact-json.ts';

test('whole numbers of any size go through as they are, and what looks like one in a text stays a text', () => {
  const digits = '18446744073709551615';
  const text = `{"id":${digits},"a":[-${digits},9007199254740993,1e20,0.1234567890123456],"b":"x ${digits} \\" ${digits}","c":"${digits}"}`;
  const parsed = parseExact(text) as Record<string, unknown>;
  expect(wholeDigits(parsed['id'])).toBe(digits);
  expect(parsed['a']).toEqual([
    `\u0000whole:-${digits}`,
    '\u0000whole:9007199254740993',
    1e20,
    0.1234567890123456,
  ]);
  expect(parsed['c']).toBe(digits);
  expect(wholeDigits(parsed['c'])).toBeUndefined();
  expect(exactText(parsed)).toBe(text.replace('1e20', '100000000000000000000'));
});

test('numbers that float64 holds, texts and lists come as JSON has them', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      // Floats beyond 2⁵³ that are written in full are whole numbers here.
      fc.pre(!/\d{16}/.test(text));
      expect(parseExact(text)).toEqual(JSON.parse(text));
      expect(exactText(parseExact(text))).toBe(text);
    }),
  );
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (id) => {
      const text = `{"id":${id}}`;
      expect(exactText(parseExact(text))).toBe(text);
      expect(String(wholeDigits(whole(String(id))) ?? whole(String(id)))).toBe(String(id));
    }),
  );
});
