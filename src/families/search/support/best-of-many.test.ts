import { expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { bestOf, noneFound } from './best.ts';
import { collectedBest } from './best-of-many.ts';

test.each([5, 128, 129, 300, 2000])('the %s best are those of bestOf, ties by lower row', (k) => {
  const random = Random.fromSeed(k);
  const [wanted, found] = [noneFound(2, k, false), noneFound(2, k, false)];
  for (let q = 0; q < 2; q++) {
    const [one, many] = [bestOf(wanted, q, k), collectedBest(found, q, k)];
    for (const row of random.sample(1500)) {
      const score = random.integer(400) / 400;
      one.offer(row, score);
      if (score >= many.floor) many.offer(row, score);
    }
    many.settle();
  }
  expect(found).toEqual(wanted);
});
