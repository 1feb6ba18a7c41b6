import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { ClassRelation } from '../../families/classifiers/index.ts';
import { explainBoxes } from './boxes.ts';

const KINDS = ['robin', 'eagle', 'oak', 'fern'];
const RELATIONS: readonly ClassRelation[] = [
  ['robin', 'is a kind of', 'bird'],
  ['eagle', 'is a kind of', 'bird'],
  ['oak', 'is a kind of', 'plant'],
  ['fern', 'is a kind of', 'plant'],
];

/** Twenty rows a kind, ten units along an axis of its own. */
function rows() {
  const random = Random.fromSeed(4);
  const classes = Array.from({ length: 80 }, (_, i) => KINDS[i % 4]);
  const data = Float64Array.from(
    { length: 320 },
    (_, e) => random.normal() + (e % 4 === Math.floor(e / 4) % 4 ? 10 : 0),
  );
  return { points: matrix(data, 80, 4), classes };
}

const options = { dim: 8 };

test('kinds far apart are told apart, and stated relations hold', async () => {
  const explained = await explainBoxes({ ...rows(), relations: RELATIONS }, options);
  expect(explained.heldOut).toBe(24);
  expect(explained.accuracy.boxes.value).toBeGreaterThan(0.9);
  expect(explained.relations).toEqual({ stated: 4, held: 4 });
  expect(explained.concepts.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...KINDS, 'bird', 'plant']),
  );
  const bird = explained.concepts.find(({ name }) => name === 'bird');
  expect(bird?.f1).toBeGreaterThan(0.8);
  expect(explained.learned).toBe(null);
});

test('a name of relations that no row belongs to is told', async () => {
  const odd = ['robbin', 'is a kind of', 'bird'] as const;
  const { warnings } = await explainBoxes(
    { ...rows(), relations: [...RELATIONS, odd] },
    { steps: 1 },
  );
  expect(warnings).toContain(
    'No row is of "robbin" nor of a kind of it: relations alone say where such a box lies.',
  );
  const stated = await explainBoxes({ ...rows(), relations: RELATIONS }, { steps: 1 });
  expect(stated.warnings.filter((one) => one.startsWith('No row'))).toEqual([]);
});

test('a class that is learned afterwards is judged by its other rows', async () => {
  const { learned } = await explainBoxes(
    { ...rows(), relations: RELATIONS },
    { ...options, learn: 'oak', examples: 2 },
  );
  expect(learned?.examples).toBe(2);
  expect(learned?.relations).toBe(1);
  for (const f1 of [learned?.f1.boxes, learned?.f1.withoutRelations, learned?.f1.nearestMean])
    expect(f1).toBeGreaterThan(0.5);
});

test('relations alone do, and where there are none neither', async () => {
  const alone = { ...options, learn: 'oak', examples: 0 };
  const { learned } = await explainBoxes({ ...rows(), relations: RELATIONS }, alone);
  expect([learned?.f1.withoutRelations, learned?.f1.nearestMean]).toEqual([null, null]);
  await expect(explainBoxes(rows(), alone)).rejects.toThrow(
    'explain boxes: option "examples" must be 1 or more where no relation names "oak"; got 0.',
  );
});

test('a class that is not there, and too many examples, are refused in a sentence', async () => {
  await expect(explainBoxes(rows(), { learn: 'moss' })).rejects.toThrow(
    'explain boxes: option "learn" must be one of the classes eagle, fern, oak, robin; got "moss".',
  );
  await expect(
    explainBoxes(rows(), { ...options, steps: 1, learn: 'oak', examples: 20 }),
  ).rejects.toThrow(
    'explain boxes: option "examples" must be fewer than the 20 rows of "oak", of which some are to judge; got 20.',
  );
});
