import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/index.ts';
import { disperse } from './disperse.ts';
import { meanCosineBetween } from './fidelity-weight.ts';

const [n, d] = [60, 8];
/** Rows of three topics that lie in one cone. */
function cone() {
  const random = Random.fromSeed(4);
  const data = Float32Array.from({ length: n * d }, (_, e) =>
    e % d === 0 ? 2 : 0.5 * random.normal(),
  );
  const topic = Array.from({ length: n }, (_, i) => `topic ${i % 3}`);
  return { points: matrix(data, n, d), columns: { topic } };
}

/** The mean cosine of rows i ≠ j of one class, and that of two classes. */
function cosines({ data }: { readonly data: Float32Array | Float64Array }) {
  const sums = { within: 0, between: 0 };
  const counts = { within: 0, between: 0 };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let cosine = 0;
      for (let c = 0; c < d; c++) cosine += data[i * d + c] * data[j * d + c];
      const which = i % 3 === j % 3 ? 'within' : 'between';
      sums[which] += cosine;
      counts[which] += 1;
    }
  }
  return { within: sums.within / counts.within, between: sums.between / counts.between };
}

describe('disperse by classes', () => {
  const options = { objective: 'sup-con(temperature=0.5)', passes: 300, learningRate: 0.5 };

  test('gathers classes and spreads them, in minibatches too', async () => {
    for (const batch of [0, 30]) {
      const { points, start } = await disperse(cone(), {
        ...options,
        classes: 'topic',
        keep: 0,
        batch,
      });
      const [before, after] = [cosines(start), cosines(points)];
      // Nothing tells the classes apart at the start, to the spread of a mean over 20 rows.
      expect(Math.abs(before.within - before.between)).toBeLessThan(0.05);
      expect(after.within).toBeGreaterThan(0.95);
      expect(after.between).toBeCloseTo(-0.5, 1);
    }
  });

  test('a wanted mean cosine holds rows near where they were', async () => {
    const given = { ...options, classes: 'topic', passes: 60, keep: 0.9 };
    const { points, start, objective } = await disperse(cone(), given);
    expect(objective).toContain('fidelity');
    expect(meanCosineBetween(start, points)).toBeGreaterThan(0.89);
  });

  test('takes labels that repeat as classes, and the recipe names a named column alone', async () => {
    const { points, columns } = cone();
    const short = { ...options, passes: 3, keep: 0 };
    const byColumn = await disperse({ points, columns }, { ...short, classes: 'topic' });
    const byLabels = await disperse({ points, labels: columns.topic }, short);
    expect(byLabels.points).toEqual(byColumn.points);
    expect(byColumn.recipe.classes).toBe('topic');
    expect(Object.keys(byLabels.recipe)).not.toContain('classes');
  });

  test('refuses an objective over classes for rows that have none', async () => {
    const { points } = cone();
    const names = Array.from({ length: n }, (_, i) => `word ${i}`);
    for (const labels of [undefined, names]) {
      await expect(disperse({ points, ...(labels && { labels }) }, options)).rejects.toThrow(
        'sup-con: the class of each row is needed (--classes COLUMN); got none.',
      );
    }
    await expect(disperse(cone(), { ...options, classes: 'subject' })).rejects.toThrow(
      'disperse: option "classes" must be one of topic; got "subject".',
    );
  });
});

test('nt-xent over starts spreads rows, and more of them find their start than by uniformity', async () => {
  const count = 40;
  const crowd = uniformPoints(count, 6, Random.fromSeed(1));
  for (let e = 0; e < crowd.data.length; e += 6) crowd.data[e] += 2;
  const options = { keep: 0, passes: 200, learningRate: 0.2 };
  const found: number[] = [];
  for (const objective of ['nt-xent(temperature=0.1)', 'uniformity']) {
    const { points, start } = await disperse(crowd, { ...options, objective });
    const cosine = (i: number, j: number, of = start.data) => {
      let sum = 0;
      for (let c = 0; c < 6; c++) sum += points.data[i * 6 + c] * of[j * 6 + c];
      return sum;
    };
    const rows = Array.from({ length: count }, (_, i) => i);
    const all = rows.flatMap((i) => rows.map((j) => cosine(i, j, points.data)));
    // The rows began at a mean cosine of 0.8.
    expect(all.reduce((a, b) => a + b) / count ** 2).toBeLessThan(0.6);
    found.push(rows.filter((i) => rows.every((j) => cosine(i, i) >= cosine(i, j))).length);
  }
  expect(found[0]).toBeGreaterThan(found[1]);
});
