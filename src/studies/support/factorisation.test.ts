import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { mixedDimension } from '../../families/tables/index.ts';
import { areaUnderRoc } from '../../numerics/statistics/area-under-roc.ts';
import type { StudyContext } from '../define.ts';
import type { Clicks } from './clicks.ts';
import { factorisation } from './factorisation.ts';
import { trainedClicks } from './trained-clicks.ts';

/** Users and items; a click where both are even or both odd. */
function planted(n: number): Clicks {
  const random = Random.fromSeed(1);
  const drawn = () => Int32Array.from({ length: n }, () => Math.floor(90 * random.uniform() ** 2));
  const [users, items] = [drawn(), drawn()];
  const values = Array.from({ length: 90 }, (_, id) => `v${id}`);
  return {
    fields: [
      { name: 'user', values, ids: users },
      { name: 'item', values, ids: items },
    ],
    labels: Uint8Array.from(users, (user, i) => Number((user + items[i]) % 2 === 0)),
  };
}

test('scores examples as the learner does that trained the machine', async () => {
  const examples = planted(1500);
  const study = { seed: 1, quick: true, engine: referenceEngine } as unknown as StudyContext;
  const learned = await trainedClicks(examples, study, {
    table: (input, shared, run) => mixedDimension(input, shared, run),
    dim: 4,
    budget: 0.6,
    interactions: 'fm',
    heldOut: 0,
  });
  const logits = (await factorisation(learned))(examples);
  const of = (label: number) => Array.from(logits).filter((_, i) => examples.labels[i] === label);
  expect(learned.report['tableShare']).toBeLessThan(0.6);
  // Both sum in another order, so that some pair may change its places.
  expect(areaUnderRoc(of(0), of(1))).toBeCloseTo(learned.report['trainAuc'], 3);
});
