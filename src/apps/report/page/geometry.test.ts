import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { packed } from '../sphere-data.ts';
import { sphereGeometry } from './geometry.ts';

const { unpacked, between, turnedBy, seen, pointAt } = sphereGeometry();
const IDENTITY = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
const angle = fc.double({ min: -3, max: 3, noNaN: true });

function unitRows(count: number): Float64Array {
  const random = Random.fromSeed(3);
  const out = new Float64Array(3 * count);
  for (let i = 0; i < out.length; i += 3) {
    const raw = [random.normal(), random.normal(), random.normal()];
    out.set(
      raw.map((c) => c / Math.hypot(...raw)),
      i,
    );
  }
  return out;
}

test('packed points come back within half a step of 1/32767', () => {
  const points = unitRows(50);
  const back = unpacked(packed(points));
  expect(back).toHaveLength(150);
  for (let i = 0; i < 150; i++) expect(Math.abs(back[i] - points[i])).toBeLessThan(1.6e-5);
});

test('a turn keeps lengths and handedness after many small steps', () => {
  fc.assert(
    fc.property(angle, angle, (right, up) => {
      let turn: Float64Array = IDENTITY;
      for (let i = 0; i < 200; i++) turn = turnedBy(turn, right, up);
      const [a, b, c, d, e, f, g, h, i] = turn;
      expect(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)).toBeCloseTo(1, 9);
      expect(a * a + b * b + c * c).toBeCloseTo(1, 9);
      expect(a * d + b * e + c * f).toBeCloseTo(0, 9);
    }),
  );
});

test('turning right moves the front to the right, turning up moves it up', () => {
  const front = Float64Array.of(0, 0, 1);
  const out = new Float64Array(3);
  seen(turnedBy(IDENTITY, 0.1, 0), front, out);
  expect(out[0]).toBeCloseTo(Math.sin(0.1), 12);
  seen(turnedBy(IDENTITY, 0, 0.1), front, out);
  expect(out[1]).toBeCloseTo(Math.sin(0.1), 12);
});

test('halfway points stay on the sphere, opposite ones too', () => {
  const a = Float64Array.of(1, 0, 0, 0, 0, 1);
  const b = Float64Array.of(0, 1, 0, 0, 0, -1);
  const out = new Float64Array(6);
  between(a, b, 0.5, out);
  expect(out[0]).toBeCloseTo(Math.SQRT1_2, 12);
  expect(out[1]).toBeCloseTo(Math.SQRT1_2, 12);
  expect(Math.hypot(out[3], out[4], out[5])).toBeCloseTo(1, 12);
  between(a, b, 0, out);
  expect([...out]).toEqual([...a]);
  between(a, b, 1, out);
  expect([...out]).toEqual([...b]);
});

test('the pointer finds the nearest point in front and none behind', () => {
  const points = Float64Array.of(0.1, 0, 0.99, 0.1, 0, -0.99, 0.5, 0, 0.86);
  expect(pointAt(points, 0.12, 0, 0.1)).toBe(0);
  expect(pointAt(points.subarray(3, 6), 0.1, 0, 0.1)).toBe(-1);
  expect(pointAt(points, -0.5, 0, 0.1)).toBe(-1);
});
