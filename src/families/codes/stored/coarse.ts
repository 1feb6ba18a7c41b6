import { cos, sin } from '../../../core/numeric.ts';

/** 64 digits, in order. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Points of S² as text: height z and longitude of each in `digits` digits of base 64 (two: steps of
 * 5e-4 and 1.5e-3). Coarse on purpose: a start, to be settled again.
 */
export function coarseText(points: Float64Array, digits: number): string {
  const steps = 64 ** digits;
  let text = '';
  for (let i = 0; i < points.length; i += 3) {
    const turn = Math.atan2(points[i + 1], points[i]) / (2 * Math.PI);
    text += digitsOf(Math.min(steps - 1, Math.floor(((points[i + 2] + 1) / 2) * steps)), digits);
    text += digitsOf(Math.floor((turn - Math.floor(turn)) * steps) % steps, digits);
  }
  return text;
}

/** The n × 3 unit rows of a text. */
export function coarsePoints(text: string, n: number): Float64Array {
  const digits = text.length / (2 * n);
  const steps = 64 ** digits;
  const points = new Float64Array(3 * n);
  for (let i = 0; i < n; i++) {
    const at = 2 * digits * i;
    const z = (2 * (numberOf(text, at, digits) + 0.5)) / steps - 1;
    const longitude = (2 * Math.PI * (numberOf(text, at + digits, digits) + 0.5)) / steps;
    const radius = Math.sqrt(1 - z * z);
    points.set([radius * cos(longitude), radius * sin(longitude), z], 3 * i);
  }
  return points;
}

function digitsOf(value: number, count: number): string {
  let text = '';
  for (let rest = value, k = 0; k < count; k++, rest = Math.floor(rest / 64)) {
    text = DIGITS[rest % 64] + text;
  }
  return text;
}

function numberOf(text: string, at: number, count: number): number {
  let value = 0;
  for (let k = at; k < at + count; k++) value = 64 * value + DIGITS.indexOf(text[k]);
  return value;
}
