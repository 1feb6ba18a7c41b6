import { describe, expect, test } from 'vitest';
import { matrix, rows as rowsOf } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { clusters, distanceOf, nearestAgrees, ring } from '../../testing/maps.ts';
import { functorial } from './functorial.ts';
import { pca } from './pca.ts';
import { stability, strengthDistances } from './public.ts';
import { umap } from './umap.ts';

/** Points of the line. */
const line = (...x: number[]) => matrix(Float64Array.from(x), x.length, 1);

describe('strengths', () => {
  test('single linkage gives the longest step on the way', async () => {
    const heights = await strengthDistances(line(0, 1, 3, 7), { strengths: 'single-linkage' });
    // Pairs (1,0), (2,0), (2,1), (3,0), (3,1), (3,2).
    expect([...heights]).toEqual([1, 2, 2, 4, 4, 4]);
  });

  test('single linkage is an ultrametric below the distances themselves', async () => {
    const { points } = clusters(2, 12, 3);
    const heights = await strengthDistances(points, { strengths: 'single-linkage' });
    const distances = await strengthDistances(points, { strengths: 'maximal-linkage' });
    const at = (i: number, j: number) =>
      i === j ? 0 : heights[(Math.max(i, j) * (Math.max(i, j) - 1)) / 2 + Math.min(i, j)];
    for (let i = 0; i < 24; i++) {
      for (let j = 0; j < 24; j++) {
        for (let m = 0; m < 24; m++)
          expect(at(i, j)).toBeLessThanOrEqual(Math.max(at(i, m), at(m, j)));
      }
    }
    expect(heights.every((height, p) => height <= distances[p] * (1 + 1e-15))).toBe(true);
  });

  test('rows that are added let no strength of single linkage fall; a fuzzy one may fall', async () => {
    const random = Random.fromSeed(3);
    const all = matrix(
      Float64Array.from({ length: 120 }, () => random.normal()),
      60,
      2,
    );
    const few = rowsOf(all, 0, 30);
    const falls = async (strengths: 'single-linkage' | 'fuzzy') => {
      const options = { strengths, k: 6, scale: 1 };
      const [before, after] = [
        await strengthDistances(few, options),
        await strengthDistances(all, options),
      ];
      // Pairs of the first rows come first.
      return before.filter((distance, p) => after[p] > distance).length;
    };
    expect(await falls('single-linkage')).toBe(0);
    expect(await falls('fuzzy')).toBeGreaterThan(0);
  });

  test('exponential strengths give the distances along the graph, those of Isomap', async () => {
    const options = { strengths: 'exponential', k: 3 } as const;
    const paths = await strengthDistances(line(0, 1, 2, 4, 6), options);
    [1, 2, 1, 4, 3, 2, 6, 5, 4, 2].forEach((path, p) => {
      expect(paths[p]).toBeCloseTo(path, 12);
    });
  });

  test('the scale is a unit: distances do not depend on it', async () => {
    const { points } = clusters(1, 20, 3);
    const unit = await strengthDistances(points, { strengths: 'exponential', scale: 1 });
    const large = await strengthDistances(points, { strengths: 'exponential', scale: 30 });
    unit.forEach((distance, p) => {
      expect(large[p]).toBeCloseTo(distance, 10);
    });
  });
});

describe('stability', () => {
  test('where rows move by σ, no distance of single or maximal linkage moves by more than 2σ', async () => {
    const { points } = clusters(2, 20, 4);
    for (const strengths of ['single-linkage', 'maximal-linkage'] as const) {
      const distancesOf = (rows: typeof points) => strengthDistances(rows, { strengths });
      const { largest, mean, bound } = await stability(points, distancesOf as never, {
        noise: 0.3,
      });
      expect(bound).toBe(0.6);
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(mean);
      expect(mean).toBeGreaterThan(0);
    }
  });

  test('two rows apart move by at most 2σ, and a map that doubles distances by at most 4σ', async () => {
    const pair = line(0, 10);
    const { largest } = await stability(pair, (rows) => rows, { noise: 1, trials: 20 });
    // On a line a row moves by ±1: among 20 trials some move apart or together.
    expect(largest).toBeCloseTo(2, 12);
    const twice = await stability(
      pair,
      ({ data, rows, cols }) =>
        matrix(
          Float64Array.from(data, (x) => 2 * x),
          rows,
          cols,
        ),
      { noise: 1, trials: 20 },
    );
    expect(twice.largest).toBeCloseTo(4, 12);
  });

  test('refuses no noise, no trials and distances of other rows in a sentence', async () => {
    const points = line(0, 1, 2);
    const self = (rows: typeof points) => rows as never;
    await expect(stability(points, self as never, { noise: 0 })).rejects.toThrow(/"noise" must be/);
    const none = { noise: 1, trials: 0 };
    await expect(stability(points, self as never, none)).rejects.toThrow(/"trials" must be/);
    const other = () => new Float64Array(2);
    await expect(stability(points, other, { noise: 1 })).rejects.toThrow(
      /expected distances of 3 pairs; got 2/,
    );
  });
});

describe('functorial', () => {
  test('maximal linkage with mds keeps the distances that have room', async () => {
    const square = matrix(new Float64Array([0, 0, 0, 3, 0, 4, 3, 5, 4, 0, 5, 0]), 4, 3);
    const options = { strengths: 'maximal-linkage', objective: 'mds' } as const;
    const { points, facts } = await functorial(square, options);
    expect(facts['stress']).toBeLessThan(1e-6);
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < i; j++)
        expect(distanceOf(points, i, j)).toBeCloseTo(distanceOf(square, i, j), 6);
  });

  test('exponential with mds unrolls a curve that components leave rolled', async () => {
    const n = 60;
    const arc = matrix(
      Float64Array.from({ length: 2 * n }, (_, e) => {
        const angle = (4.5 * Math.floor(e / 2)) / n;
        return e % 2 ? Math.sin(angle) : Math.cos(angle);
      }),
      n,
      2,
    );
    const options = { dim: 1, strengths: 'exponential', objective: 'mds', k: 3 } as const;
    const { points } = await functorial(arc, options);
    const steps = Array.from({ length: n - 1 }, (_, i) => points.data[i + 1] - points.data[i]);
    expect(steps.every((step) => step * steps[0] > 0)).toBe(true);
    const flat = await pca(arc, { dim: 1 });
    const turns = Array.from(
      { length: n - 1 },
      (_, i) => flat.points.data[i + 1] - flat.points.data[i],
    );
    expect(turns.every((step) => step * turns[0] > 0)).toBe(false);
  });

  test('fuzzy with umap keeps clusters apart as umap does, along the edges that its rounds follow', async () => {
    const { points, labels } = clusters(3, 30, 6);
    const both = [
      await functorial(points, { strengths: 'fuzzy', objective: 'umap' }),
      await umap(points, {}),
    ];
    for (const { points: map } of both) expect(nearestAgrees(map, labels)).toBe(1);
    expect(both[0].facts['edges']).toBeLessThanOrEqual(both[1].facts['edges']);
    expect(both[0].facts['epochs']).toBe(both[1].facts['epochs']);
  });

  test('exponential with spectral is Laplacian eigenmaps: the first vectors of a ring are its waves', async () => {
    const n = 64;
    const { points } = await functorial(ring(n), {
      strengths: 'exponential',
      objective: 'spectral',
      k: 3,
    });
    // Two waves of the same length: all rows at distance near √2 from the middle.
    const lengths = Array.from({ length: n }, (_, i) =>
      Math.hypot(points.data[2 * i], points.data[2 * i + 1]),
    );
    // To half a unit: the rows lie a little off the circle, and weights differ with their gaps.
    for (const length of lengths) expect(length).toBeCloseTo(Math.SQRT2, 0);
  });

  test('each pair of parts gives finite places', async () => {
    const { points } = clusters(1, 30, 4);
    for (const strengths of [
      'single-linkage',
      'fuzzy',
      'exponential',
      'maximal-linkage',
    ] as const) {
      for (const objective of ['umap', 'mds', 'spectral'] as const) {
        const { points: map } = await functorial(points, { strengths, objective, epochs: 20 });
        expect(map.data.every(Number.isFinite), `${strengths} ${objective}`).toBe(true);
      }
    }
  });

  test('a fitted row that is placed anew lies where it lay, a row halfway halfway', async () => {
    const options = { dim: 1, strengths: 'maximal-linkage', k: 2 } as const;
    const { points, model } = await functorial(line(0, 1, 4, 9), options);
    const placed = await functorial.transform(model, line(0, 1, 4, 9, 6.5));
    for (let i = 0; i < 4; i++) expect(placed.data[i]).toBe(points.data[i]);
    expect(placed.data[4]).toBeCloseTo((points.data[2] + points.data[3]) / 2, 12);
  });

  test('mds stopped at any step goes on from its checkpoint to the same bytes', async () => {
    const { points } = clusters(2, 15, 4);
    const options = { epochs: 12 };
    const whole = await functorial(points, options);
    for (const last of [1, 7]) {
      const checkpoint = { store: memoryStore(), every: 1 };
      const controller = new AbortController();
      const onFrame = ({ step }: { step: number }) => {
        if (step === last) controller.abort();
      };
      const stopped = functorial(points, options, {
        signal: controller.signal,
        onFrame,
        checkpoint,
      });
      await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
      const resumed = await functorial(points, options, { checkpoint, resume: true });
      expect(resumed.points).toEqual(whole.points);
    }
  });

  test('neighbours in parts: linkage joins them, paths are refused, other maps say so', async () => {
    const { points } = clusters(2, 20, 3);
    const { facts, warnings } = await functorial(points, { k: 4 });
    expect([facts['parts'], warnings]).toEqual([1, []]);
    const paths = functorial(points, { k: 4, strengths: 'fuzzy', objective: 'mds' });
    await expect(paths).rejects.toThrow(
      /falls into parts, .*--k\), or the strengths single-linkage/,
    );
    const spectral = { k: 4, strengths: 'fuzzy', objective: 'spectral' } as const;
    expect((await functorial(points, spectral)).warnings.join()).toMatch(/falls into 2 parts/);
  });

  test('too many rows for a table of pairs are refused before it is made', async () => {
    const many = matrix(
      Float64Array.from({ length: 2001 }, (_, i) => i),
      2001,
      1,
    );
    await expect(functorial(many, {})).rejects.toThrow(
      /single-linkage makes a table of all pairs, of at most 2000 rows; got 2001: take fewer rows, /,
    );
  });

  test('rows that are all equal, and two rows, give finite places', async () => {
    const equal = matrix(new Float64Array(12).fill(3), 6, 2);
    for (const objective of ['umap', 'mds', 'spectral'] as const) {
      for (const rows of [equal, line(0, 5)]) {
        const { points } = await functorial(rows, { objective, epochs: 5 });
        expect(points.data.every(Number.isFinite), objective).toBe(true);
      }
    }
  });
});

test('rows of any size are scaled: in float32, squares of squared distances would overflow', async () => {
  const random = Random.fromSeed(8);
  const data = Float32Array.from({ length: 20 * 4 }, () => 1e18 * random.normal());
  const { points } = await functorial(matrix(data, 20, 4), { objective: 'mds' });
  expect(points.data.every(Number.isFinite)).toBe(true);
});
