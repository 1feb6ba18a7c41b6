import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsedJson, parsedJsonValues } from './json-text.ts';

describe('JSON with whole numbers of any length', () => {
  it('is what JSON.parse makes of it, where all numbers fit', () => {
    fc.assert(
      fc.property(
        fc.json().filter((text) => !/\d{16}/.test(text)),
        (text) => {
          expect(parsedJson(text)).toEqual(JSON.parse(text));
          // The long number takes the text the slow way.
          expect(parsedJson(`[${text} , 1234567890123456789]`)).toEqual([
            JSON.parse(text),
            1234567890123456789n,
          ]);
        },
      ),
    );
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['0.12345678901234567', 0.12345678901234566],
    [
      '[NaN, -Infinity, Infinity]',
      [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ],
    ['{"a": "1234567890123456789"}', { a: '1234567890123456789' }],
    ['{"id": 1234567890123456781, "v": [1e2]}', { id: 1234567890123456781n, v: [100] }],
  ])('%s', (text, value) => {
    expect(parsedJson(text)).toEqual(value);
  });

  it('keeps a field called __proto__', () => {
    const value = parsedJson('{"__proto__": 1, "n": 1234567890123456789}') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'n']);
  });

  it.each(['', '[1,]', '{"a" 1}', '[1] 2', '01', '"open', '[1', 'nan', '{"a":1,}'])(
    '%j is none',
    (text) => {
      expect(() => parsedJson(text)).toThrow(SyntaxError);
    },
  );

  it('takes several values one after the other', () => {
    expect(parsedJsonValues('{"a":1}\n{"a":2} [3]')).toEqual([{ a: 1 }, { a: 2 }, [3]]);
  });

  it('stops where lists are nested without end', () => {
    expect(() => parsedJson(`${'['.repeat(1e5)}NaN`)).toThrow(/more than 200 lists/);
  });
});
