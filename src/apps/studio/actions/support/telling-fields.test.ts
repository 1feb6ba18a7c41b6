import { describe, expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { fieldOf } from '../../session/fields.ts';
import { tellingCategories, tellingNumbers } from './telling-fields.ts';

const random = Random.fromSeed(7);

/** Forty of two hundred rows. */
const someRows = () => {
  const isInside = new Uint8Array(200);
  for (const row of random.sample(200, 40)) isInside[row] = 1;
  return isInside;
};

describe('fields that have nothing to do with the rows', () => {
  test('are told in few of 200 draws of ten fields each, as 1 in 20 allows', () => {
    let told = 0;
    for (let draw = 0; draw < 200; draw++) {
      const numbers = Array.from({ length: 10 }, (_, f) =>
        fieldOf(
          `f${f}`,
          Float64Array.from({ length: 200 }, () => random.normal()),
          { from: 'file' },
        ),
      );
      told += Number(tellingNumbers(numbers, someRows()).length > 0);
    }
    // Binomial of 200 and 0.05: more than 22 come in one of a thousand.
    expect(told).toBeLessThan(23);
  });

  test('categories too', () => {
    let told = 0;
    for (let draw = 0; draw < 200; draw++) {
      const texts = Array.from({ length: 200 }, () => 'abcd'[random.integer(4)]);
      const fields = [fieldOf('f', texts, { from: 'file' })];
      told += Number(tellingCategories(fields, someRows(), 10).length > 0);
    }
    expect(told).toBeLessThan(23);
  });
});

test('a column of one value, missing values and rows all on one side tell nothing', () => {
  const same = fieldOf('same', new Float64Array(4).fill(2), { from: 'file' });
  const missing = fieldOf('missing', new Float64Array(4).fill(Number.NaN), { from: 'file' });
  expect(tellingNumbers([same, missing], Uint8Array.of(1, 1, 0, 0))).toEqual([]);
  const texts = fieldOf('texts', ['', '', 'a', 'a'], { from: 'file' });
  expect(tellingCategories([texts], Uint8Array.of(1, 1, 0, 0), 10)).toEqual([]);
});
