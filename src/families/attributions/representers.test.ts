import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { alternatingLeastSquares } from '../../numerics/solvers/alternating-least-squares.ts';
import { lastLayer } from './last-layer.ts';
import { representers } from './representers.ts';

const normal = (n: number, d: number, seed: number): Matrix<Float64Array> => {
  const random = Random.fromSeed(seed);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
};

/** Half of the places of a 20 × 15 matrix of rank 3 with noise. */
function ratings() {
  const [p, q] = [normal(20, 3, 1), normal(15, 3, 2)];
  const random = Random.fromSeed(3);
  const places = Array.from({ length: 300 }, (_, k) => k).filter(() => random.uniform() < 0.5);
  const values = places.map((k) => {
    const [i, j] = [Math.floor(k / 15), k % 15];
    let sum = 0.3 * random.normal();
    for (let c = 0; c < 3; c++) sum += p.data[i * 3 + c] * q.data[j * 3 + c];
    return sum;
  });
  return { a: places.map((k) => Math.floor(k / 15)), b: places.map((k) => k % 15), values };
}

const ridge = 1;
const trained = (sweeps: number) =>
  alternatingLeastSquares(
    ratings(),
    { p: normal(20, 4, 5), q: normal(15, 4, 6) },
    { ridge, sweeps, tolerance: 1e-13 },
  );

describe('representers', () => {
  test('after training contributions reproduce every prediction', async () => {
    const { p, q } = await trained(3000);
    for (let u = 0; u < 20; u += 3) {
      for (let v = 0; v < 15; v += 2) {
        const asked = { a: p, b: q, entries: ratings(), query: { a: u, b: v } };
        const { gap, contributions, warnings } = await representers(asked, { ridge });
        const size = contributions.values.reduce((sum, x) => sum + Math.abs(x), 0);
        expect(Math.abs(gap)).toBeLessThan(1e-8 * size);
        expect(warnings).toEqual([]);
      }
    }
  });

  test('before training ends the gap says by how much they do not', async () => {
    const { p, q } = await trained(2);
    const asked = { a: p, b: q, entries: ratings(), query: { a: 0, b: 0 } };
    const { score, gap, contributions, warnings } = await representers(asked, { ridge });
    const sum = contributions.values.reduce((all, x) => all + x, 0);
    expect(gap).toBeCloseTo(score - sum, 12);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^contributions miss the score by .+ the model is not where/);
  });

  test('the user’s own rows sum to the same prediction by the last layer', async () => {
    const { p, q } = await trained(3000);
    const { a, b, values } = ratings();
    const own = Array.from(a.keys()).filter((k) => a[k] === 4);
    const rows = {
      data: Float64Array.from(own.flatMap((k) => [...q.data.subarray(b[k] * 4, b[k] * 4 + 4)])),
      rows: own.length,
      cols: 4,
    };
    const split = await lastLayer(
      {
        a: rows,
        targets: own.map((k) => values[k]),
        b: q,
        query: { b: 7 },
        weights: p.data.subarray(16, 20),
      },
      { ridge: ridge / own.length },
    );
    expect(split.warnings).toEqual([]);
    const whole = await representers(
      { a: p, b: q, entries: { a, b, values }, query: { a: 4, b: 7 } },
      { ridge },
    );
    expect(split.score).toBeCloseTo(whole.score, 10);
  });

  test('refuses entries and queries that name no row', async () => {
    const [a, b] = [[[1]], [[1], [2]]];
    const entries = { a: [0], b: [2], values: [1] };
    const query = { a: 0, b: 0 };
    await expect(representers({ a, b, entries, query })).rejects.toThrow(
      'representers, entry 0: names row 2 of B, which has 2 rows.',
    );
    const right = { a: [0], b: [1], values: [1] };
    await expect(representers({ a, b, entries: right, query: { a: 0 } })).rejects.toThrow(
      'option "query.b" must be a row of B; got "nothing"',
    );
  });
});
