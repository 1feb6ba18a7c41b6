import { expect, test } from 'vitest';
import { denseTally, qualityOf, tallyInPlace } from './dense-quality.ts';

/** Rows of logits of two classes and the background, and a depth. */
const guess = (best: number, depth: number) =>
  [0, 1, 2].map((c) => Number(c === best)).concat(depth);

test('mean IoU is over the classes met, the error of the depth over pixels of digits', () => {
  const tally = denseTally(3);
  // Truth 0 0 2 2, guess 0 2 2 2: class 0 has 1 of 2, the background 2 of 3; class 1 is in neither.
  const truth = { classes: Int32Array.of(0, 0, 2, 2), depth: [0.5, 0.25, 0, 0] };
  const outputs = [guess(0, 0.75), guess(2, 0.25), guess(2, 9), guess(2, 9)].flat();
  tallyInPlace(tally, truth, Float64Array.from(outputs));
  expect(qualityOf(tally)).toEqual({
    meanIou: (1 / 2 + 2 / 3) / 2,
    depthError: Math.sqrt(0.25 ** 2 / 2),
  });
});

test('a tally goes on from part to part', () => {
  const [whole, parts] = [denseTally(3), denseTally(3)];
  const truth = { classes: Int32Array.of(1, 2), depth: [0.5, 0] };
  const outputs = Float64Array.from([guess(1, 0.5), guess(1, 0)].flat());
  tallyInPlace(whole, truth, outputs);
  tallyInPlace(parts, { classes: Int32Array.of(1), depth: [0.5] }, outputs.slice(0, 4));
  tallyInPlace(parts, { classes: Int32Array.of(2), depth: [0] }, outputs.slice(4));
  expect(parts).toEqual(whole);
  expect(qualityOf(whole).meanIou).toBe(1 / 4);
});
