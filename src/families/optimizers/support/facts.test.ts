import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { sphere } from '../../../manifolds/sphere.ts';
import { uniformRows } from '../../../testing/points.ts';
import type { BoundObjective, ObjectiveContext } from '../../objectives/types.ts';
import { riemannianSgd } from '../index.ts';
import { factsAmong } from './facts.ts';
import { drawnRows } from './rows.ts';

describe('factsAmong', () => {
  test('takes the classes of the rows, and partners by their place among them', () => {
    const facts = { classes: Int32Array.of(5, 6, 7, -1), partners: Int32Array.of(2, 3, 0, -1) };
    const factsOf = factsAmong(facts, 4);
    expect(factsOf(Int32Array.of(0, 2, 3))).toEqual({
      classes: Int32Array.of(5, 7, -1),
      partners: Int32Array.of(1, 0, -1),
    });
    // Nothing is left of the rows before: row 3 is not among these.
    expect(factsOf(Int32Array.of(1, 2)).partners).toEqual(Int32Array.of(-1, -1));
    expect(factsAmong({}, 4)(Int32Array.of(1))).toEqual({ classes: undefined });
  });
});

describe('drawnRows', () => {
  test('draws rows with their partners, each once, ascending', () => {
    const n = 40;
    const partners = Int32Array.from({ length: n }, (_, i) => (i + 20) % n);
    for (let seed = 0; seed < 20; seed++) {
      const rows = drawnRows(Random.fromSeed(seed), n, 10, partners);
      expect(rows).toEqual(Int32Array.from(new Set(rows)).sort());
      expect(rows.length).toBe(10);
      for (const row of rows) expect(rows).toContain(partners[row]);
    }
  });
  test('an odd batch leaves one row without its partner', () => {
    const partners = Int32Array.from({ length: 12 }, (_, i) => i ^ 1);
    const rows = drawnRows(Random.fromSeed(1), 12, 5, partners);
    expect(rows.length).toBe(5);
    expect(rows.filter((row) => !rows.includes(partners[row])).length).toBe(1);
  });
  test('rows without partners are drawn as if there were none', () => {
    const none = new Int32Array(30).fill(-1);
    expect(drawnRows(Random.fromSeed(3), 30, 7, none)).toEqual(
      drawnRows(Random.fromSeed(3), 30, 7),
    );
  });
});

describe('an optimizer', () => {
  const classes = Int32Array.from({ length: 12 }, (_, i) => i * 10);
  const partners = Int32Array.from({ length: 12 }, (_, i) => i ^ 1);
  const start = uniformRows(12, 3, 1);
  const run = { engine: referenceEngine };
  const seenBy = async (batch: number) => {
    const seen: ObjectiveContext[] = [];
    const objective: BoundObjective = {
      name: 'witness',
      terms: [],
      lossAndGradient(_points, gradient, context) {
        seen.push(context);
        gradient.data.fill(0.01);
        return 1;
      },
    };
    const problem = { objective, manifold: sphere, start, classes, partners };
    await riemannianSgd(problem, { steps: 5, batch }, run);
    return seen;
  };

  test('hands on the classes and the partners of the rows of a minibatch', async () => {
    for (const { rows = new Int32Array(), classes: own, partners: views } of await seenBy(6)) {
      expect(own).toEqual(rows.map((row) => row * 10));
      expect(views?.map((place) => rows[place])).toEqual(rows.map((row) => row ^ 1));
    }
  });
  test('hands them on as they are to a step over all rows', async () => {
    for (const context of await seenBy(0)) {
      expect(context.rows).toBeUndefined();
      expect(context.classes).toBe(classes);
      expect(context.partners).toBe(partners);
    }
  });
  test('refuses facts that do not fit the rows', async () => {
    const objective = { name: '', terms: [], lossAndGradient: () => 0 };
    const problem = { objective, manifold: sphere, start };
    await expect(riemannianSgd({ ...problem, classes: new Int32Array(5) })).rejects.toThrow(
      'riemannian-sgd: expected classes for each of the 12 rows; got 5.',
    );
    const odd = partners.map((partner, row) => (row === 3 ? 3 : partner));
    await expect(riemannianSgd({ ...problem, partners: odd })).rejects.toThrow(
      'riemannian-sgd: the partner of row 3 is 3; expected another row, 0 … 11, or −1 for none.',
    );
  });
});
