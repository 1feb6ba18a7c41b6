import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../core/matrix.ts';
import { classesOfTwo, describeObjectiveLaws } from '../../testing/objective-laws.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { triplet } from './triplet.ts';

type Choice = (ap: number, negatives: readonly number[]) => readonly number[];

const CHOICES: Record<'semi-hard' | 'hard' | 'all', Choice> = {
  'semi-hard': (ap, negatives) => {
    const further = negatives.filter((an) => an > ap);
    return [further.length > 0 ? Math.min(...further) : Math.max(...negatives)];
  },
  hard: (_, negatives) => [Math.min(...negatives)],
  all: (_, negatives) => negatives,
};

/** The mean over triplets, one after the other. */
function byDefinition(points: Matrix, classes: Int32Array, margin: number, choice: Choice) {
  const { data, rows: n, cols: d } = points;
  const square = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (data[i * d + c] - data[j * d + c]) ** 2;
    return sum;
  };
  const all = Array.from({ length: n }, (_, i) => i);
  const losses: number[] = [];
  for (const a of all) {
    const negatives = all.filter((k) => classes[k] !== classes[a]).map((k) => square(a, k));
    for (const p of all) {
      if (p === a || classes[a] < 0 || classes[p] !== classes[a]) continue;
      const ap = square(a, p);
      for (const an of choice(ap, negatives)) losses.push(Math.max(0, ap - an + margin));
    }
  }
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

describe('triplet', () => {
  const classes = Int32Array.of(0, 5, 5, 0, 5, 7, 7, 2, -1, -1, 0, 5);
  test.each(Object.entries(CHOICES))('%s is the mean over its triplets', async (name, choice) => {
    const mining = name as keyof typeof CHOICES;
    for (const seed of [1, 2, 3]) {
      const points = uniformRows(12, 4, seed);
      for (const margin of [0, 0.2, 1]) {
        const { loss } = await triplet(points, { mining, margin }, { classes });
        expect(loss).toBeCloseTo(byDefinition(points, classes, margin, choice), 13);
      }
    }
  });

  test('of equal rows is the margin, without force', async () => {
    const points = fromRows(Array.from({ length: 6 }, () => [0, 1, 0]));
    for (const mining of ['semi-hard', 'hard', 'all', 'random'] as const) {
      const { loss, gradient } = await triplet(points, { mining }, classesOfTwo(6));
      expect(loss).toBeCloseTo(0.2, 14);
      for (const value of gradient.data) expect(Math.abs(value)).toBeLessThan(1e-15);
    }
  });

  test('of classes apart by more than the margin is 0, without force', async () => {
    const points = fromRows([
      [1, 0],
      [1, 0],
      [-1, 0],
      [-1, 0],
    ]);
    const { loss, gradient } = await triplet(points, { mining: 'hard' }, classesOfTwo(4));
    expect(loss).toBe(0);
    expect(gradient.data.every((value) => value === 0)).toBe(true);
  });

  test('off the sphere the force on the anchor is 2(x_n − x_p), on p and n ∓2(x_a − ·)', async () => {
    const points = fromRows([
      [0, 0],
      [2, 0],
      [0, 2],
    ]);
    const run = { classes: Int32Array.of(0, 0, 1) };
    const { loss, gradient } = await triplet(points, { mining: 'hard', margin: 1 }, run);
    // Triplet (0, 1, 2): 4 − 4 + 1, the loss of one of two. Triplet (1, 0, 2): 4 − 8 + 1 < 0.
    expect(loss).toBe(0.5);
    expect(Array.from(gradient.data)).toEqual([-2, 2, 2, 0, 0, -2]);
  });

  test('random takes another draw for another seed, and the mean over seeds is that over all negatives', async () => {
    const points = uniformRows(12, 4, 1);
    const losses = [];
    for (let seed = 0; seed < 400; seed++) {
      losses.push((await triplet(points, { mining: 'random' }, { classes, seed })).loss);
    }
    expect(new Set(losses).size).toBeGreaterThan(100);
    const mean = losses.reduce((a, b) => a + b, 0) / 400;
    const spread = Math.sqrt(losses.reduce((s, x) => s + (x - mean) ** 2, 0) / 400);
    // A negative at the distance that loses what the negatives of the pair lose on average.
    const wanted = byDefinition(points, classes, 0.2, (ap, negatives) => [
      ap - negatives.reduce((s, an) => s + Math.max(0, ap - an + 0.2), 0) / negatives.length + 0.2,
    ]);
    // 4 standard errors.
    expect(Math.abs(mean - wanted)).toBeLessThan((4 * spread) / 20);
  });

  test('over blocks of rows is what it is at once', async () => {
    const n = 1100;
    const points = uniformRows(n, 3, 4);
    const many = Int32Array.from({ length: n }, (_, i) => i % 300);
    const { loss } = await triplet(points, {}, { classes: many });
    expect(loss).toBeCloseTo(byDefinition(points, many, 0.2, CHOICES['semi-hard']), 11);
  });

  test('refuses to run without a positive or without a negative', async () => {
    const points = uniformRows(3, 2, 1);
    await expect(triplet(points)).rejects.toThrow('triplet: the class of each row is needed');
    await expect(triplet(points, {}, { classes: Int32Array.of(1, 1, 1) })).rejects.toThrow(
      'triplet: all rows are of one class; expected a negative for some.',
    );
  });

  for (const mining of ['semi-hard', 'hard', 'all', 'random'] as const) {
    describeObjectiveLaws(triplet.bind({ mining, margin: 0.5 }), {
      factsOf: classesOfTwo,
      fewest: 3,
      orderInvariant: mining !== 'random',
    });
  }
});
