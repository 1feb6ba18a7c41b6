import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { decodeDirections, encodeDirections } from '../../structures/directions/index.ts';
import { explainDictionary } from './dictionary.ts';
import { pairwiseCosine } from './support/coherence.ts';

/** Rows of two of twelve random unit directions in 16 columns; the class is that of the first. */
function sums(n: number) {
  const random = Random.fromSeed(4);
  const directions = Float64Array.from({ length: 12 * 16 }, () => random.normal() / 4);
  const points = new Float32Array(n * 16);
  const firsts = Int32Array.from({ length: n }, (_, i) => i % 12);
  firsts.forEach((first, i) => {
    const second = Math.floor(random.uniform() * 12);
    for (let c = 0; c < 16; c++)
      points[i * 16 + c] =
        2 * directions[first * 16 + c] + directions[second * 16 + c] + 0.05 * random.normal();
  });
  return {
    points: matrix(points, n, 16),
    labels: Array.from(firsts, (first, i) => `${'abcdefghijkl'[first]}${i}`),
    classes: Array.from(firsts, (first) => `class ${'abcdefghijkl'[first]}`),
  };
}

const few = { features: 24, k: 2, steps: 300, batch: 64 } as const;
const run = { engine: referenceEngine };

describe('explain dictionary', () => {
  test('features explain more than random ones, and their top rows are more alike than those of columns', async () => {
    const { points, labels } = sums(480);
    const { coherence, baselines, list, ...found } = await explainDictionary(
      { points, labels },
      few,
      run,
    );
    expect(found.varianceExplained).toBeGreaterThan(baselines.random);
    expect(found.varianceExplained).toBeGreaterThan(baselines.principal);
    expect(coherence.features).toBeGreaterThan(coherence.dimensions);
    expect(coherence.features).toBeGreaterThan(coherence.random);
    expect(found.activeFeatures).toBeLessThanOrEqual(2);
    expect(list.length).toBe(found.directions.names.length);
    // The top rows of a feature share what was planted in them.
    const [first] = list;
    expect(new Set(first.top.slice(0, 5).map((label) => label[0])).size).toBe(1);
    expect(await decodeDirections(encodeDirections(found.directions))).toEqual(found.directions);
  });

  test('without the features of a class its rows are no longer found', async () => {
    const { classes } = await explainDictionary(sums(480), few, run);
    expect(classes?.length).toBe(12);
    const mean = (of: 'recall' | 'without' | 'withoutRandom') =>
      (classes ?? []).reduce((sum, own) => sum + own[of] / 12, 0);
    expect(mean('recall')).toBeGreaterThan(0.8);
    expect(mean('without')).toBeLessThan(0.5 * mean('withoutRandom'));
  });

  test('the same seed gives the same', async () => {
    const input = sums(120);
    const short = { ...few, steps: 20 };
    expect(await explainDictionary(input, short, run)).toEqual(
      await explainDictionary(input, short, run),
    );
  });

  test('says what does not fit, and warns where rows are fewer than features', async () => {
    const { points, labels } = sums(24);
    const explained = (more: object, options = {}) =>
      explainDictionary({ points, ...more }, { ...few, steps: 5, ...options }, run);
    await expect(explained({ labels: ['a'] })).rejects.toThrow(
      'explain dictionary: expected 24 labels, one a row; got 1.',
    );
    await expect(explained({ classes: labels.map(() => 'one') })).rejects.toThrow(
      'explain dictionary: every row is of the class "one"; two classes or more are needed',
    );
    await expect(
      explained({ points: matrix(new Float32Array(32), 2, 16) as Matrix }),
    ).rejects.toThrow('explain dictionary: the rows do not differ: no feature is used.');
    const { warnings } = await explained({}, { features: 48 });
    expect(warnings[0]).toBe(
      'There are 24 rows for 48 features: lower --features, or a feature is a row.',
    );
  });
});

test('the mean cosine of the pairs of unit rows by hand', () => {
  const unit = matrix(Float64Array.of(1, 0, 0, 1, 1, 0), 3, 2);
  expect(pairwiseCosine(unit, [0, 1, 2])).toBeCloseTo(1 / 3, 14);
});
