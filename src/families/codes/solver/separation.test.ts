import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';
import { closestChord } from './cells.ts';
import { minChord, separationOf, separationWithin } from './separation.ts';
import { Watch } from './watch.ts';

function randomRows(n: number, d: number, seed: number): Float64Array {
  const random = Random.fromSeed(seed);
  const x = Float64Array.from({ length: n * d }, () => random.normal());
  rescaleRows(x, d, 0);
  return x;
}

/** Time is up after so many looks at the clock. */
function watchOf(looks: number): Watch {
  let left = looks;
  return new Watch(undefined, () => left-- <= 0);
}

test.each([2, 3, 5, 8])('in %i dimensions cells find the closest pair of all', async (d) => {
  const x = randomRows(700, d, d);
  expect(await closestChord(x, d, new Watch())).toBe(minChord(x, d));
});

describe.each([
  // More pairs than are looked at one by one: in cells, and by the kernel in pieces.
  [6000, 6],
  [2500, 120],
])('%i × %i', (n, d) => {
  const x = randomRows(n, d, 7);
  // Row 0 comes near the last one, and row 1 as near to row 2.
  for (const [i, j] of [
    [n - 1, 0],
    [2, 1],
  ]) {
    for (let k = 0; k < d; k++) x[i * d + k] = x[j * d + k] + (k === 0 ? 1e-3 : 0);
  }
  rescaleRows(x, d, 0);

  test('the closest pair of all is found', async () => {
    expect((await separationOf(x, d)).chord).toBeCloseTo(minChord(x, d), 11);
  });

  test('the angle is not guessed where time is up before all pairs were seen', async () => {
    const { chord, contacts } = await separationWithin(x, d, watchOf(0));
    expect([chord, contacts]).toEqual([NaN, null]);
  });
});

test('the angle is known where there is time for it and not for counting', async () => {
  const x = randomRows(2500, 120, 7);
  // A look at all pairs has 2 pieces.
  const { chord, contacts } = await separationWithin(x, 120, watchOf(2));
  expect(chord).toBeCloseTo(minChord(x, 120), 11);
  expect(contacts).toBeNull();
});
