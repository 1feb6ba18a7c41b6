import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { depthReached } from './depth-reached.ts';

/** As it is said: the first depth whose last score, of those sorted, is not above. */
function bySorting(scores: Float32Array, self: number, depths: readonly number[]) {
  const sorted = scores
    .filter((_, i) => i !== self)
    .sort()
    .reverse();
  const floors = depths.map((depth) => sorted[Math.min(depth, sorted.length) - 1] ?? 0);
  return (score: number) => {
    const at = floors.findIndex((floor) => score >= floor);
    return at < 0 ? depths.length - 1 : at;
  };
}

test('a score reaches the depth that sorting finds, equal ones and both zeros among them', () => {
  const score = fc.oneof(
    fc.float({ noNaN: true, min: -1, max: 1 }),
    fc.constantFrom(0, -0, 0.5, -0.5, 0.5000001),
  );
  fc.assert(
    fc.property(fc.array(score, { minLength: 2, maxLength: 60 }), fc.nat(), (values, at) => {
      const scores = Float32Array.from(values);
      const self = at % scores.length;
      const last = scores.length - 1;
      const depths = [...new Set([1, 2, Math.ceil(last / 2), last].filter((own) => own <= last))];
      depths.sort((a, b) => a - b);
      const [found, expected] = [depthReached, bySorting].map((own) => own(scores, self, depths));
      for (const [i, own] of scores.entries())
        if (i !== self) expect(found(own)).toBe(expected(own));
    }),
  );
});

test('a row alone', () => {
  expect(depthReached(Float32Array.of(1), 0, [1])(1)).toBe(0);
});
