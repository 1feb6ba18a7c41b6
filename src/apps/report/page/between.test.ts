import { expect, test } from 'vitest';
import { between } from './between.ts';

test('halfway points stay on the sphere, opposite ones too', () => {
  const a = Float32Array.of(1, 0, 0, 0, 0, 1);
  const b = Float32Array.of(0, 1, 0, 0, 0, -1);
  const out = between(a, b, 0.5);
  expect(out[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(out[1]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(Math.hypot(out[3], out[4], out[5])).toBeCloseTo(1, 6);
  expect([...between(a, b, 0)]).toEqual([...a]);
  expect([...between(a, b, 1)]).toEqual([...b]);
});
