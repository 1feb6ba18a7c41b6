import { describe, expect, test } from 'vitest';
import { type Float8, float8Bits, float8Codes, float8Values, largestFloat8 } from './float8.ts';
import { Random } from './random.ts';

const FORMATS: readonly Float8[] = ['e4m3', 'e5m2'];
const rounded = (format: Float8, x: number) => float8Values(format)[float8Bits(format, x)];

describe.each(FORMATS)('%s', (format) => {
  const values = float8Values(format);

  test('each of the 256 codes that is finite comes back from its value, −0 among them', () => {
    const finite = [...values.keys()].filter((code) => Number.isFinite(values[code]));
    expect(finite.length).toBe(format === 'e4m3' ? 254 : 248);
    for (const code of finite) expect(float8Bits(format, values[code])).toBe(code);
  });

  test('numbers between neighbours go to the nearer, and the middle to the even code', () => {
    for (let code = 0; values[code] < largestFloat8(format); code++) {
      const [low, high] = [values[code], values[code + 1]];
      const middle = (low + high) / 2;
      expect(float8Bits(format, middle)).toBe(code % 2 === 0 ? code : code + 1);
      expect(float8Bits(format, middle - (high - low) / 16)).toBe(code);
      expect(float8Bits(format, middle + (high - low) / 16)).toBe(code + 1);
      expect(float8Bits(format, -middle)).toBe(0x80 | (code % 2 === 0 ? code : code + 1));
    }
  });

  test('what lies beyond the largest number becomes it', () => {
    const top = largestFloat8(format);
    expect([1.01 * top, 1e30, Infinity].map((x) => rounded(format, x))).toEqual([top, top, top]);
    expect(rounded(format, -1e9)).toBe(-top);
  });

  test('many numbers get the codes that they get one by one: drawn bit patterns, and middles', () => {
    const random = Random.fromSeed(1);
    const data = new Float32Array(20_000);
    const patterns = new Uint32Array(data.buffer);
    for (let e = 0; e < 10_000; e++) patterns[e] = random.integer(2 ** 32);
    for (let e = 10_000; e < data.length; e++) {
      const [code, side] = [e % 256, 1 + ((e % 3) - 1) * 2 ** -22];
      data[e] = ((values[code] + values[(code + 1) % 256]) / 2) * side;
    }
    const numbers = data.filter((x) => !Number.isNaN(x));
    expect(numbers.length).toBeGreaterThan(19_000);
    expect(float8Codes(format, numbers)).toEqual(
      Uint8Array.from(numbers, (x) => float8Bits(format, x)),
    );
  });

  test('what is no number stays none', () => {
    expect(rounded(format, NaN)).toBeNaN();
  });
});

test('the largest, the least normal and the least subnormal numbers are those of the formats', () => {
  const e4m3 = float8Values('e4m3');
  expect([e4m3[0x7e], e4m3[0x08], e4m3[0x01]]).toEqual([448, 2 ** -6, 2 ** -9]);
  expect(e4m3[0x7f]).toBeNaN();
  const e5m2 = float8Values('e5m2');
  expect([e5m2[0x7b], e5m2[0x04], e5m2[0x01]]).toEqual([57344, 2 ** -14, 2 ** -16]);
  expect([e5m2[0x7c], e5m2[0xfc]]).toEqual([Infinity, -Infinity]);
  expect(e5m2[0x7d]).toBeNaN();
});

test('float32 subnormals and the smallest sizes become zeros of their sign', () => {
  expect(float8Bits('e4m3', 1e-40)).toBe(0);
  expect(float8Bits('e5m2', -1e-40)).toBe(0x80);
  // Half of the least subnormal is a tie, and goes to the even code 0.
  expect(float8Bits('e4m3', 2 ** -10)).toBe(0);
  expect(float8Bits('e4m3', 1.001 * 2 ** -10)).toBe(1);
});
