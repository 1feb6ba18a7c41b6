import { describe, expect, test } from 'vitest';
import { bfloat16Bits } from './float16.ts';

const float32 = new DataView(new ArrayBuffer(4));

function bfloat16Value(bits: number): number {
  float32.setUint32(0, bits << 16);
  return float32.getFloat32(0);
}

describe('bfloat16', () => {
  test('every bit pattern that is a number comes back from its value', () => {
    const wrong = Array.from({ length: 65536 }, (_, bits) => bits).filter((bits) => {
      const value = bfloat16Value(bits);
      return !Number.isNaN(value) && bfloat16Bits(value) !== bits;
    });
    expect(wrong).toEqual([]);
  });

  test('rounds to nearest, ties to even', () => {
    // Steps of 2⁻⁷ from 1 on.
    expect(bfloat16Value(bfloat16Bits(1 + 2 ** -8))).toBe(1);
    expect(bfloat16Value(bfloat16Bits(1 + 3 * 2 ** -8))).toBe(1 + 2 ** -6);
    expect(bfloat16Value(bfloat16Bits(1 + 2 ** -8 + 2 ** -20))).toBe(1 + 2 ** -7);
    expect(bfloat16Value(bfloat16Bits(-1 - 2 ** -8))).toBe(-1);
  });

  test('goes to infinity above its largest, and keeps what is no number', () => {
    expect(bfloat16Value(bfloat16Bits(3.4e38))).toBe(Infinity);
    expect(bfloat16Value(bfloat16Bits(NaN))).toBeNaN();
  });
});
