import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf, parseFloat32 } from './numbers.ts';
import { float32Text } from './text-buffer.ts';

const parsed = (text: string): number | undefined => {
  const bytes = new TextEncoder().encode(text);
  return parseFloat32(bytes, 0, bytes.length);
};

describe('parseFloat32', () => {
  it('rounds every decimal text to the float32 that Number gives', () => {
    const texts = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.float({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toExponential(18)),
      fc.float({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toPrecision(21)),
      fc
        .tuple(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.integer({ min: -40, max: 40 }))
        .map(([digits, exponent]) => `${digits}e${exponent}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(Object.is(Math.fround(parsed(text) ?? Number.NaN), Math.fround(Number(text)))).toBe(
          true,
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('the middle between two float32 values goes to the even one, however many digits say so', () => {
    // 1 + 2⁻²⁴ lies between 1 and 1 + 2⁻²³.
    expect(Math.fround(parsed('1.000000059604644775390625') ?? 0)).toBe(1);
    expect(Math.fround(parsed('1.000000178813934326171875') ?? 0)).toBe(1 + 2 ** -22);
  });

  it.each(['', ' ', '-', '+', '.', '1.2.3', '1e', '1e+', '0x10', 'one', '1 2', '--1', '1_0', 'e5'])(
    '%j is no number',
    (text) => {
      expect(parsed(text)).toBeUndefined();
    },
  );

  it.each([
    ['nan', Number.NaN],
    ['-NaN', Number.NaN],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['+1.', 1],
    ['-.5', -0.5],
    ['-0', -0],
    ['1E3', 1000],
    ['1e-400', 0],
  ])('%s is a number', (text, value) => {
    expect(parsed(text)).toBe(value);
  });
});

describe('float32Text', () => {
  it('gives the same float32 again, in at most nine digits', () => {
    fc.assert(
      fc.property(fc.float(), (x) => {
        const text = float32Text(x);
        expect(Object.is(Math.fround(numberOf(text) ?? 0), x)).toBe(true);
        expect(
          text
            .replace(/e.*/, '')
            .replace(/^-?[0.]*/, '')
            .replace(/[.]/g, '')
            .replace(/0+$/, '').length,
        ).toBeLessThan(10);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    [0.1, '0.1'],
    [1 / 3, '0.33333334'],
    [-0, '-0'],
    [16777216, '16777216'],
    [1e-7, '1e-7'],
    [1e-6, '0.000001'],
    [9999999, '9999999'],
    [1234000, '1234000'],
    [0.99999994, '0.99999994'],
    [100.5, '100.5'],
  ])('%d is written %s', (x, text) => {
    expect(float32Text(Math.fround(x))).toBe(text);
  });
});
