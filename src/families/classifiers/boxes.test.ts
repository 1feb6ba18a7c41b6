import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { boxes } from './boxes.ts';
import { boxContainments, learnConcept, memberships } from './support/concept-boxes.ts';
import type { ClassRelation } from './types.ts';

/** Clumps at ten units along their own axis each. */
function clumps(names: readonly string[], each = 20) {
  const random = Random.fromSeed(2);
  const d = 6;
  const classes = names.flatMap((name) => Array.from({ length: each }, () => name));
  const data = new Float64Array(classes.length * d);
  for (let e = 0; e < data.length; e++) {
    const axis = names.indexOf(classes[Math.floor(e / d)]);
    data[e] = random.normal() + (e % d === axis ? 10 : 0);
  }
  return { points: matrix(data, classes.length, d), classes };
}

const KINDS = ['robin', 'eagle', 'oak', 'fern'];
const RELATIONS: readonly ClassRelation[] = [
  ['robin', 'is a kind of', 'bird'],
  ['eagle', 'is a kind of', 'bird'],
  ['bird', 'has', 'wings'],
  ['bird', 'is a kind of', 'living thing'],
  ['oak', 'is a kind of', 'living thing'],
  ['fern', 'is a kind of', 'living thing'],
];
const about = { names: [...KINDS, 'bird', 'wings', 'living thing'], relations: RELATIONS };
const options = { dim: 8 };

test('rows lie in the boxes of their classes and of all above them, and in no other', async () => {
  const input = clumps(KINDS);
  const { model } = await boxes({ ...input, about }, options);
  const { names, scores } = await memberships(model, input.points);
  const share = (kind: string, concept: string) => {
    const rows = input.classes.flatMap((own, i) => (own === kind ? [i] : []));
    const at = names.indexOf(concept);
    return rows.filter((i) => scores.data[i * scores.cols + at] > 0.5).length / rows.length;
  };
  for (const concept of ['robin', 'bird', 'wings', 'living thing'])
    expect(share('robin', concept)).toBeGreaterThan(0.9);
  for (const concept of ['bird', 'wings', 'eagle']) expect(share('oak', concept)).toBeLessThan(0.1);
});

test('a box lies in those that it is related to, also through others, and they not in it', async () => {
  const { model } = await boxes({ ...clumps(KINDS), about }, options);
  const { names, scores } = await boxContainments(model);
  const of = (inner: string, outer: string) =>
    scores.data[names.indexOf(inner) * scores.cols + names.indexOf(outer)];
  for (const [inner, outer] of [
    ['robin', 'bird'],
    ['robin', 'wings'],
    ['robin', 'living thing'],
  ]) {
    expect(of(inner, outer)).toBeGreaterThan(0.5);
    expect(of(outer, inner)).toBeLessThan(0.5);
  }
  expect(of('robin', 'robin')).toBe(1);
});

test('classes above others do not hide them: rows are given their own class among all', async () => {
  const input = clumps(KINDS);
  const { model } = await boxes({ ...input, about }, options);
  const { classes } = await boxes.predict(model, input.points);
  const right = classes.filter((name, i) => name === input.classes[i]).length;
  expect(right / classes.length).toBeGreaterThan(0.9);
});

test('a new concept from three rows is where its other rows are', async () => {
  const all = clumps([...KINDS, 'moss']);
  const known = clumps(KINDS);
  const { model } = await boxes({ ...known, about }, options);
  const moss = (from: number, to: number) =>
    matrix(all.points.data.slice((80 + from) * 6, (80 + to) * 6), to - from, 6);
  const learned = await learnConcept(model, {
    name: 'moss',
    examples: moss(0, 3),
    relations: [['moss', 'is a kind of', 'living thing']],
  });
  const { names, scores } = await boxes.scores(learned, moss(3, 20));
  expect(names.at(-1)).toBe('moss');
  const plants = ['robin', 'eagle', 'oak', 'fern'].map((name) => names.indexOf(name));
  for (let i = 0; i < scores.rows; i++) {
    const own = scores.data.subarray(i * scores.cols, (i + 1) * scores.cols);
    for (const at of plants) expect(own[scores.cols - 1]).toBeGreaterThan(own[at]);
  }
});

test('learning a concept leaves the others, and the model it started from, as they are', async () => {
  const input = clumps(KINDS);
  const { model } = await boxes({ ...input, about }, options);
  const before = await memberships(model, input.points);
  const learned = await learnConcept(model, {
    name: 'moss',
    relations: [['moss', 'is like', 'fern']],
  });
  const after = await memberships(learned, input.points);
  expect(await memberships(model, input.points)).toEqual(before);
  const { cols } = after.scores;
  before.scores.data.forEach((score, e) => {
    expect(after.scores.data[Math.floor(e / 7) * cols + (e % 7)]).toBe(score);
  });
});

test('one row a class, constant columns and fewer rows than axes are no hindrance', async () => {
  const points = [
    [1, 0, 5],
    [-1, 2, 5],
  ];
  const { model } = await boxes({ points, classes: ['a', 'b'] }, { dim: 4, steps: 100 });
  expect((await boxes.predict(model, points)).classes).toEqual(['a', 'b']);
  const same = await boxes({ points: [[1], [1]], classes: ['a', 'b'] }, { dim: 2, steps: 5 });
  const { scores } = await boxes.scores(same.model, [[1]]);
  expect(scores.data.every(Number.isFinite)).toBe(true);
});

test('relations that it does not know, and those that lead in a circle, are refused in a sentence', async () => {
  const input = clumps(KINDS);
  const on = (relations: readonly ClassRelation[]) =>
    boxes({ ...input, about: { names: about.names, relations } }, { steps: 1 });
  await expect(on([['robin', 'eats', 'fern']])).rejects.toThrow(
    'boxes: the relation "robin eats fern" is none of "is a kind of", "has", "is like".',
  );
  await expect(
    on([
      ['robin', 'is a kind of', 'bird'],
      ['bird', 'has', 'robin'],
    ]),
  ).rejects.toThrow('boxes: relations lead from "robin" back to itself.');
});

test('a concept is not learned twice, from nothing, or from what does not name it', async () => {
  const { model } = await boxes(clumps(KINDS), { steps: 1 });
  await expect(learnConcept(model, { name: 'oak', examples: [[0]] })).rejects.toThrow(
    'boxes: option "name" must be a name that no concept of the model has; got "oak".',
  );
  await expect(learnConcept(model, { name: 'moss' })).rejects.toThrow(
    'boxes: of the concept "moss" neither examples nor relations are given.',
  );
  await expect(
    learnConcept(model, { name: 'moss', relations: [['oak', 'is like', 'fern']] }),
  ).rejects.toThrow(
    'boxes: the relation "oak is like fern" does not name "moss", which is to be learned.',
  );
  await expect(learnConcept(model, { name: 'moss', examples: [[0]] })).rejects.toThrow(
    'boxes: expected rows of 6; got 1.',
  );
});
