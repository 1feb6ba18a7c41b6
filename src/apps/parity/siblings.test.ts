import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { referenceEngine } from '../../engine/reference.ts';
import type { ComparisonRow } from '../../families/comparisons/types.ts';
import { squaredNorm } from '../../numerics/rows/dot.ts';
import { normalMatrix, product } from '../../testing/matrices.ts';
import { parity } from './parity.ts';

// Verdicts that must not be given, and what they must not rest on.

type Points = Matrix<Float32Array>;

const normal = (n: number, d: number, seed: number) => toFloat32(normalMatrix(n, d, seed));

/** Columns of falling variance. */
function falling(n: number, d: number, seed: number): Points {
  const m = normal(n, d, seed);
  return { ...m, data: m.data.map((x, at) => x / Math.sqrt(1 + (at % d))) };
}

/** What a linear map of rank two and a little noise add, a quarter as large as the rows. */
function trainedFurther(m: Points): Points {
  const d = m.cols;
  const added = product(product(m, normalMatrix(d, 2, 5)), normalMatrix(2, d, 6));
  const size = (x: ArrayLike<number>) => Math.sqrt(squaredNorm(x));
  const factor = (0.25 * size(m.data)) / size(added.data);
  const random = Random.fromSeed(7);
  const data = m.data.map((x, at) => x + factor * added.data[at] + 0.01 * random.normal());
  return { ...m, data };
}

const onGrid = (m: Points): Points => ({ ...m, data: m.data.map((x) => Math.round(40 * x) / 40) });

describe('a model that was trained further is no quantisation', () => {
  test.each([
    [60, 12],
    [400, 24],
  ])('%i rows of %i columns', async (n, d) => {
    for (const a of [falling(n, d, 1), onGrid(falling(n, d, 2))]) {
      const { verdict, sentence } = await parity(a, trainedFurther(a), referenceEngine);
      expect(['linear-layer', 'pooling', 'another-model'], sentence).toContain(verdict);
    }
  });

  test('but what stands within a step of a grid is', async () => {
    const a = falling(200, 12, 1);
    for (const [x, y] of [
      [a, onGrid(a)],
      [onGrid(a), a],
    ]) {
      const found = await parity(x, y, referenceEngine);
      expect(found.verdict).toBe('quantization');
      expect(found.sentence).toMatch(/on a grid/);
    }
  });
});

test('few unrelated rows in few columns are not the same coordinates', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const found = await parity(normal(20, 3, seed), normal(20, 3, 100 + seed), referenceEngine);
    expect(found.verdict, found.sentence).toBe('unrelated');
  }
});

test('one vector and noise is found on every engine', async () => {
  const a = normal(300, 16, 1);
  const noise = normal(300, 16, 2);
  const b = matrix(
    noise.data.map((x, at) => 1 + (at % 16) + 1e-4 * x),
    300,
    16,
  );
  for (const name of ['reference', 'auto'] as const) {
    const engine = await chooseEngine(name, { threads: 1 });
    try {
      expect((await parity(a, b, engine)).sentence).toMatch(
        /one and the same vector but for noise/,
      );
    } finally {
      await engine.dispose();
    }
  }
});

test('numbers with options of their own are not taken for the verdict', async () => {
  const known: ComparisonRow = {
    id: 'linear-cka',
    title: 'Linear CKA',
    options: { estimator: 'biased' },
    kind: 'similarity',
    value: 0.99,
    low: null,
    high: null,
    level: 0.95,
    null: { value: 0.9, low: 0.8, high: 0.95, pValue: 1e-9, method: 'permutation' },
    warnings: [],
  } as unknown as ComparisonRow;
  const [a, b] = [normal(60, 5, 1), normal(60, 5, 2)];
  const own = await parity(a, b, referenceEngine);
  expect(own.verdict).toBe('unrelated');
  expect(await parity(a, b, referenceEngine, { known: [known] })).toEqual(own);
  const { options: _, ...plain } = known;
  expect((await parity(a, b, referenceEngine, { known: [plain] })).verdict).toBe('another-model');
});

test('vectors in any form are taken, and what is none is refused in a sentence', async () => {
  const a = normal(12, 3, 1);
  const lists = Array.from({ length: 12 }, (_, i) => Array.from(a.data.subarray(3 * i, 3 * i + 3)));
  const tensor = { data: a.data, dims: [12, 3] };
  expect((await parity(tensor, lists, referenceEngine)).verdict).toBe('identical');
  await expect(parity('a.npy' as never, a, referenceEngine)).rejects.toThrow('read it first');
  await expect(parity(a, { data: [] } as never, referenceEngine)).rejects.toThrow(
    'parity: expected n × d vectors',
  );
});

test('float64 rows have a verdict on every engine', async () => {
  const [a, b] = [normalMatrix(60, 5, 1), normalMatrix(60, 5, 2)];
  const engine = await chooseEngine('auto', { threads: 1 });
  try {
    expect((await parity(a, b, engine)).verdict).toBe('unrelated');
  } finally {
    await engine.dispose();
  }
});
