import { expect, test } from 'vitest';
import { numbersOf } from '../../../testing/operation-checks.ts';
import { placeWaves } from './place-waves.ts';

test('the first place is sines of 0 and cosines of 0, and column pairs turn ever slower', async () => {
  const waves = await numbersOf(placeWaves(3, 4, true));
  const row = (p: number) => [Math.sin(p), Math.cos(p), Math.sin(p / 100), Math.cos(p / 100)];
  const wanted = [0, 1, 2].flatMap(row);
  expect(waves).toEqual(wanted.map((value) => expect.closeTo(value, 14)));
});

test('a place is told alike whatever stands behind it', async () => {
  const [few, many] = [await numbersOf(placeWaves(2, 6)), await numbersOf(placeWaves(5, 6))];
  expect(many.slice(0, 12)).toEqual(few);
});
