import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/index.ts';
import { linearProbe, nearestProbe } from './class-probes.ts';

const rows = (...values: readonly (readonly [number, number])[]) =>
  matrix(Float64Array.from(values.flat()), values.length, 2);

describe('a linear probe', () => {
  /** Three directions of 120°, each with a little noise. */
  const thirds = (n: number, seed: number) => {
    const random = Random.fromSeed(seed);
    const labels = Int32Array.from({ length: n }, (_, i) => i % 3);
    const values = Array.from(labels, (own) => {
      const angle = (2 * Math.PI * own) / 3;
      return [
        Math.cos(angle) + 0.1 * random.normal(),
        Math.sin(angle) + 0.1 * random.normal(),
      ] as const;
    });
    return { points: rows(...values), labels };
  };

  test('parts classes that lines part', () => {
    expect(linearProbe(thirds(60, 1), thirds(60, 2))).toBe(1);
  });

  test('knows nothing of rows that are all one', () => {
    const labels = Int32Array.of(0, 0, 1, 1, 2, 2);
    const points = matrix(new Float64Array(12).fill(3), 6, 2);
    expect(linearProbe({ points, labels }, { points, labels })).toBe(1 / 3);
  });
});

test('the nearest rows by direction vote, and of a tie the nearest wins', async () => {
  const points = rows([1, 0], [5, 1], [0, 1], [1, 5]);
  const labels = Int32Array.of(0, 1, 2, 2);
  const others = { points: rows([9, 0.1], [0.1, 9]), labels: Int32Array.of(0, 2) };
  expect(await nearestProbe({ points, labels }, others, referenceEngine, 2)).toBe(1);
  const wrong = { ...others, labels: Int32Array.of(1, 0) };
  expect(await nearestProbe({ points, labels }, wrong, referenceEngine, 2)).toBe(0);
});
