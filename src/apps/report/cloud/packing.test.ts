import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, packedIntegers, unpacked, unpackedIntegers } from './packing.ts';

test('numbers in [−1, 1] come back within half a step of 1/32767', () => {
  const number = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(number), (values) => {
      const back = unpacked(packed(values));
      expect(back).toHaveLength(values.length);
      // Half a step is 1.526e-5; float32 rounds by less than 1e-7 more.
      values.forEach((value, i) => {
        expect(Math.abs(back[i] - value)).toBeLessThan(1.54e-5);
      });
    }),
  );
});

test('a row without a place comes back as one', () => {
  expect([...unpacked(packed([Number.NaN, 1, Infinity, -1]))]).toEqual([
    Number.NaN,
    1,
    Number.NaN,
    -1,
  ]);
});

test('integers come back as they were', () => {
  const integers = [-1, 0, 300, 32767, -32768];
  expect([...unpackedIntegers(packedIntegers(integers))]).toEqual(integers);
});
