import { describe, expect, it } from 'vitest';
import {
  type Floats,
  type Matrix,
  matrix,
  toFloat32,
  toFloat64,
  zerosLike,
} from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { engineFamilies, expectSameBytes, onEachKind } from '../testing/engines.ts';
import {
  fromRows,
  orthoplex as orthoplex64,
  uniformRows as uniformRows64,
} from '../testing/points.ts';
import { energyTolerance, productTolerance } from '../testing/tolerances.ts';
import type { Engine } from './engine.ts';
import type { ProductOptions } from './kernels/matmul/contract.ts';
import type { PairKernel } from './kernels/pairwise-energy/contract.ts';
import { referenceEngine } from './reference.ts';

// Every engine gets the same inputs; the float64 reference is the oracle. The engines that differ only
// in the number of threads must agree to the byte. The native engine is tested where it is compiled, with
// every instruction set that this processor has.

const families = engineFamilies();

function expectClose(got: Floats, wanted: Floats, tolerance: (index: number) => number): void {
  expect(got.length).toBe(wanted.length);
  let worst = 0;
  let at = -1;
  for (let i = 0; i < got.length; i++) {
    const excess = got[i] === wanted[i] ? 0 : Math.abs(got[i] - wanted[i]) / tolerance(i);
    if (!(excess <= worst)) [worst, at] = [excess, i];
  }
  const where = at < 0 ? '' : `entry ${at}: ${got[at]} instead of ${wanted[at]}`;
  expect(worst, where).toBeLessThanOrEqual(1);
}

const shapes: readonly (readonly [n: number, d: number])[] = [
  [1, 3],
  [2, 3],
  [6, 2],
  [24, 3],
  [49, 7],
  [97, 64],
  [241, 100],
  [500, 5],
];

/** x, and rows at given angles from it in random directions. */
function atAngles(angles: readonly number[], d: number, seed: number): Matrix<Float32Array> {
  const random = Random.fromSeed(seed);
  const x = Array.from({ length: d }, (_, c) => (c === 0 ? 1 : 0));
  return unitRows([
    x,
    ...angles.map((angle) => {
      const side = x.map((value) => (value === 1 ? 0 : random.normal()));
      const length = Math.hypot(...side);
      return x.map((value, c) => value * Math.cos(angle) + (Math.sin(angle) * side[c]) / length);
    }),
  ]);
}

function orthoplex(d: number): Matrix<Float32Array> {
  return toFloat32(orthoplex64(d));
}

/** n uniform unit rows of length d in float32. */
function randomUnitRows(n: number, d: number, seed: number): Matrix<Float32Array> {
  return toFloat32(uniformRows64(n, d, seed));
}

/** The given rows scaled to unit length. */
function unitRows(rows: readonly (readonly number[])[]): Matrix<Float32Array> {
  return toFloat32(
    fromRows(
      rows.map((row) => {
        const length = Math.hypot(...row);
        return row.map((value) => value / length);
      }),
    ),
  );
}

function repeated(m: Matrix<Float32Array>, times: number): Matrix<Float32Array> {
  const data = new Float32Array(m.data.length * times);
  for (let t = 0; t < times; t++) data.set(m.data, t * m.data.length);
  return matrix(data, m.rows * times, m.cols);
}

const special: Record<string, Matrix<Float32Array>> = {
  'rows of length 1': matrix(Float32Array.of(1, -1, 1, 1, -1), 5, 1),
  'one row many times': repeated(unitRows([[1, 2, 3]]), 60),
  'every row twice': repeated(randomUnitRows(60, 17, 3), 2),
  'small angles': atAngles([1e-7, 1e-6, 1e-5, 1e-4, 9e-4, 1.1e-3, 1e-2, 0.08, 0.09, 0.1], 9, 4),
  'nearly opposite rows': atAngles(
    [1e-7, 1e-4, 1e-3, 1e-2, 0.08, 0.09, 0.1].map((angle) => Math.PI - angle),
    9,
    5,
  ),
  'an orthoplex: opposite rows and ties': orthoplex(13),
};

const kernels: readonly PairKernel[] = (['chordal', 'geodesic'] as const).flatMap((distance) => [
  { shape: 'gaussian', distance, scale: 2 } as const,
  { shape: 'gaussian', distance, scale: 12.5 } as const,
  { shape: 'laplace', distance, scale: 1.5 } as const,
  { shape: 'riesz', distance, scale: 1 } as const,
  { shape: 'riesz', distance, scale: 2.5 } as const,
  { shape: 'riesz', distance, scale: 0 } as const,
  { shape: 'riesz', distance, scale: -1 } as const,
]);

async function expectEnergy(points: Matrix<Float32Array>, kernel: PairKernel): Promise<void> {
  const results = await onEachKind(families, async (engine) => {
    const gradient = zerosLike(points);
    const { sum, rowSums } = await engine.pairwiseEnergy(points, kernel, gradient);
    return { gradient: gradient.data, rowSums, sum: Float64Array.of(sum) };
  });
  const gradient = toFloat64(points);
  const wanted = await referenceEngine.pairwiseEnergy(points, kernel, gradient);
  const tolerance = energyTolerance(points, kernel);
  const sum = tolerance.rowSums.reduce((a, b) => a + b, 0) / 2;
  const rowOf = (i: number): number => Math.floor(i / points.cols);
  for (const got of results) {
    expectClose(got.rowSums, wanted.rowSums, (i) => tolerance.rowSums[i]);
    expectClose(got.sum, Float64Array.of(wanted.sum), () => sum);
    expectClose(got.gradient, gradient.data, (i) => tolerance.gradient[rowOf(i)]);
  }
}

describe.each(kernels)('pairwiseEnergy, $distance $shape $scale', (kernel) => {
  it.each(shapes)('agrees with the reference on %i × %i random rows', async (n, d) => {
    await expectEnergy(randomUnitRows(n, d, n), kernel);
  });

  it.each(Object.entries(special))('agrees with the reference on %s', async (_, points) => {
    await expectEnergy(points, kernel);
  });

  it('has the same sums without a gradient', async () => {
    const points = randomUnitRows(200, 11, 1);
    for (const [engine] of families) {
      const { rowSums } = await engine.pairwiseEnergy(points, kernel, zerosLike(points));
      expect((await engine.pairwiseEnergy(points, kernel)).rowSums).toEqual(rowSums);
    }
  });
});

describe('pairwiseEnergy of more rows', () => {
  it('agrees with the reference on the larger blocks that they are cut into', async () => {
    const kernel = { shape: 'laplace', distance: 'geodesic', scale: 1.5 } as const;
    await expectEnergy(randomUnitRows(1500, 5, 2), kernel);
  });
});

describe('nearest', () => {
  const expectExact = async (points: Matrix<Float32Array>, k: number): Promise<void> => {
    const results = await onEachKind(families, (engine) => engine.nearest(points, k));
    const wanted = await referenceEngine.nearest(points, k);
    for (const got of results) expect(got).toEqual(wanted);
  };

  it.each(shapes)('equals the reference to the bit on %i × %i random rows', async (n, d) => {
    for (const k of new Set([1, 3, 10, Math.max(1, n - 1), n + 1])) {
      if (k * n < 40_000) await expectExact(randomUnitRows(n, d, n), k);
    }
  });

  it.each(Object.entries(special))('equals the reference to the bit on %s', async (_, points) => {
    await expectExact(points, 1);
    await expectExact(points, 4);
  });

  it('equals the reference on rows of any length, sorted along a curve', async () => {
    const rows = Array.from({ length: 700 }, (_, i) => [
      1e4 * Math.cos(i / 400),
      1e-3 * i,
      3 * Math.sin(i / 400),
    ]);
    await expectExact(matrix(Float32Array.from(rows.flat()), 700, 3), 10);
  });

  it('equals the reference where products overflow float32, or a row is NaN or infinite', async () => {
    const points = randomUnitRows(300, 6, 9);
    for (let c = 0; c < 6; c++) points.data[c] *= 1e30;
    points.data[6 * 20 + 3] = NaN;
    points.data[6 * 30 + 1] = Infinity;
    for (let c = 0; c < 6; c++) points.data[6 * 40 + c] *= 1e-25;
    await expectExact(points, 3);
  });
});

describe('assign', () => {
  it.each([
    [1, 1, 3],
    [500, 7, 5],
    [3, 700, 64],
    [400, 300, 33],
  ])('equals the reference to the bit for %i queries, %i × %i points', async (m, n, d) => {
    const queries = randomUnitRows(m, d, 21);
    const points = randomUnitRows(n, d, 22);
    const results = await onEachKind(families, (engine) => engine.assign(queries, points));
    const wanted = await referenceEngine.assign(queries, points);
    for (const got of results) expect(got).toEqual(wanted);
  });

  it('takes the first of equally near points', async () => {
    const points = repeated(orthoplex(3), 2);
    for (const engine of [...families.flat(), referenceEngine]) {
      const { indices, distances } = await engine.assign(orthoplex(3), points);
      expect([...indices]).toEqual([0, 1, 2, 3, 4, 5]);
      expect([...distances]).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });
});

describe('matmul', () => {
  it.each([
    [1, 1, 1],
    [7, 3, 5],
    [48, 64, 64],
    [301, 100, 17],
    [5, 700, 9],
    [130, 257, 130],
  ])('agrees with the reference for %i × %i × %i', async (n, k, m) => {
    for (const [transposeA, transposeB] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]) {
      const a = transposeA ? randomUnitRows(k, n, 31) : randomUnitRows(n, k, 31);
      const b = transposeB ? randomUnitRows(m, k, 32) : randomUnitRows(k, m, 32);
      const options = { transposeA, transposeB };
      const results = await onEachKind(families, (engine) => engine.matmul(a, b, options));
      const wanted = await referenceEngine.matmul(toFloat64(a), toFloat64(b), options);
      // The usual size of an entry of either factor.
      const size = 1 / Math.sqrt((transposeA ? n : k) * (transposeB ? k : m));
      for (const got of results)
        expectClose(got.data, wanted.data, () => productTolerance(k, 10 * size));
    }
  });

  it('multiplies by the transposed first factor as by its transpose', async () => {
    const a = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const b = fromRows([[1], [10]]);
    const { data } = await referenceEngine.matmul(a, b, { transposeA: true });
    expect([...data]).toEqual([41, 52, 63]);
  });

  it('writes into the matrix that it is given', async () => {
    const [a, b] = [randomUnitRows(50, 300, 33), randomUnitRows(300, 40, 34)];
    for (const engine of [...families.flat(), referenceEngine]) {
      const out = matrix(new Float32Array(2000).fill(NaN), 50, 40);
      const product = await engine.matmul(a, b, { out });
      expect(product).toBe(out);
      expectSameBytes(out.data, (await engine.matmul(a, b)).data);
    }
  });

  it.each([
    [5, 3, 7],
    [200, 300, 10],
    [130, 257, 130],
  ])('adds a bias to each row of %i × %i × %i', async (n, k, m) => {
    const [a, b] = [randomUnitRows(n, k, 36), randomUnitRows(k, m, 37)];
    const { data: bias } = randomUnitRows(1, m, 38);
    const plain = await onEachKind(families, (engine) => engine.matmul(a, b));
    const shifted = await onEachKind(families, (engine) => engine.matmul(a, b, { bias }));
    shifted.forEach(({ data }, kind) => {
      const wanted = plain[kind].data.map((value, e) => value + bias[e % m]);
      expectSameBytes(data, wanted);
    });
    const short = bias.subarray(1);
    expect(() => referenceEngine.matmul(a, b, { bias: short })).toThrow(`a bias of ${m} numbers`);
  });

  it('refuses factors that do not fit, and an out of another shape, type or memory', async () => {
    const a = randomUnitRows(4, 3, 35);
    for (const engine of [families[0][0], referenceEngine]) {
      const refused = (options: boolean | ProductOptions) =>
        expect((async () => engine.matmul(a, a, options))()).rejects;
      await refused(false).toThrow(
        'matmul: expected as many columns in A as rows in B; got 4 × 3 and 4 × 3.',
      );
      await refused({ transposeA: true, transposeB: true }).toThrow(
        'as many rows in A as columns in B',
      );
      const out = (length: number, rows: number) => matrix(new Float32Array(length), rows, 4);
      await refused({ transposeB: true, out: out(12, 3) }).toThrow('room for 4 × 4 in out');
      const wide = matrix(new Float64Array(16), 4, 4);
      await refused({ transposeB: true, out: wide }).toThrow('Float32Array');
      const shared = new Float32Array(24);
      const [rows, over] = [matrix(shared.subarray(0, 12), 4, 3), shared.subarray(8)];
      const place = matrix(over, 4, 4);
      await expect(
        (async () => engine.matmul(rows, rows, { transposeB: true, out: place }))(),
      ).rejects.toThrow('memory of its own');
    }
  });
});

describe('gram', () => {
  it.each([
    [1, 1],
    [3, 9],
    [700, 7],
    [513, 64],
    [300, 101],
    [520, 230],
  ])('equals the reference to the bit for %i × %i', async (n, d) => {
    const points = randomUnitRows(n, d, 41);
    const results = await onEachKind(families, (engine) => engine.gram(points));
    const wanted = await referenceEngine.gram(points);
    for (const got of results) expect(got).toEqual(wanted);
  });
});

describe('sortRows', () => {
  it.each([
    [1, 1],
    [3, 2],
    [40, 700],
    [2, 5000],
  ])('equals the reference for %i × %i', async (s, n) => {
    const values = randomUnitRows(s, n, 51);
    const results = await onEachKind(families, (engine) => engine.sortRows(values));
    const wanted = await referenceEngine.sortRows(values);
    for (const got of results) expect(got).toEqual(wanted);
  });

  it('keeps the lower index first among equals, zeros of either sign included; NaN is last', async () => {
    const row = [3, NaN, -0, 0, -0, -Infinity, 3, NaN, Infinity, -1e-40, 1e-40, -3];
    const values = matrix(Float32Array.from(row), 1, row.length);
    for (const engine of [...families.flat(), referenceEngine]) {
      const order = await engine.sortRows(values);
      expect([...order]).toEqual([5, 11, 9, 2, 3, 4, 10, 0, 6, 8, 1, 7]);
    }
  });
});

describe('sphereStepInPlace', () => {
  it('gives the same bytes on every engine, unit rows, and leaves rows with a zero tangent', async () => {
    const start = randomUnitRows(300, 20, 61);
    const tangents = randomUnitRows(300, 20, 62);
    tangents.data.fill(0, 0, 20);
    const step = async (engine: Engine): Promise<Matrix> => {
      const moved = matrix(start.data.slice(), start.rows, start.cols);
      await engine.sphereStepInPlace(moved, tangents);
      return moved;
    };
    const points = await step(referenceEngine);
    for (const engine of families.flat()) expectSameBytes((await step(engine)).data, points.data);
    expect(points.data.subarray(0, 20)).toEqual(start.data.subarray(0, 20));
    for (let i = 0; i < 300; i++) {
      expect(Math.hypot(...points.data.subarray(i * 20, (i + 1) * 20))).toBeCloseTo(1, 6);
    }
  });
});
