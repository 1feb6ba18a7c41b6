import { studentQuantile } from '../laws/student.ts';
import { LEVEL, meanEstimate } from './intervals.ts';

const MOST = 20;
/** Values that a stretch has at least. */
const SHORTEST = 5;

/** How many stretches a series of so many values is cut into: 20 at most, of 5 values or more. */
export function stretchCount(length: number): number {
  return Math.min(MOST, Math.floor(length / SHORTEST));
}

/** Where stretch g of so many begins in a series; that of the last one plus one is its length. */
export function stretchStart(length: number, stretches: number, g: number): number {
  return Math.floor((g * length) / stretches);
}

/**
 * The mean of a series whose neighbouring values hang together, and its 95 % interval: Student's over the means of
 * up to 20 stretches (batch means). No interval from fewer than ten values.
 */
export function stretchedMean(values: ArrayLike<number>): {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
} {
  const stretches = stretchCount(values.length);
  const { value } = meanEstimate(values);
  if (stretches < 2) return { value };
  const means = Float64Array.from({ length: stretches }, (_, g) => {
    const from = stretchStart(values.length, stretches, g);
    const to = stretchStart(values.length, stretches, g + 1);
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i];
    return sum / (to - from);
  });
  const half = studentQuantile(LEVEL, stretches - 1) * meanEstimate(means).standardError;
  return { value, low: value - half, high: value + half };
}
