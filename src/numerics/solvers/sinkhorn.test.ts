import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { assignRows } from './assignment.ts';
import { sinkhorn } from './sinkhorn.ts';

const random = Random.fromSeed(1);
const costs = (n: number, m: number) =>
  matrix(
    Float64Array.from({ length: n * m }, () => random.uniform()),
    n,
    m,
  );
const sumsOf = ({ data, rows: n, cols: m }: Matrix<Float64Array>) => ({
  rows: Array.from({ length: n }, (_, i) =>
    data.slice(i * m, (i + 1) * m).reduce((a, b) => a + b, 0),
  ),
  columns: Array.from({ length: m }, (_, j) =>
    Array.from({ length: n }, (_, i) => data[i * m + j]).reduce((a, b) => a + b, 0),
  ),
});

test('two places that are one apart exchange 1/(1 + e^(1/ε)) of their mass', () => {
  const { plan, cost } = sinkhorn(matrix(Float64Array.of(0, 1, 1, 0), 2, 2), { entropy: 0.5 });
  const moved = 1 / (1 + Math.exp(2));
  expect(plan.data[1]).toBeCloseTo(moved / 2, 12);
  expect(plan.data[0]).toBeCloseTo((1 - moved) / 2, 12);
  expect(cost).toBeCloseTo(moved, 12);
});

test('rows and columns sum to their weights, with few of one and many of the other', () => {
  const rowWeights = [0.5, 0.3, 0.2];
  const columnWeights = Array.from({ length: 7 }, (_, j) => (j + 1) / 28);
  const { plan, error } = sinkhorn(costs(3, 7), { entropy: 0.05, rowWeights, columnWeights });
  expect(error).toBeLessThanOrEqual(1e-6);
  const { rows, columns } = sumsOf(plan);
  rows.forEach((sum, i) => {
    expect(sum).toBeCloseTo(rowWeights[i], 6);
  });
  columns.forEach((sum, j) => {
    expect(sum).toBeCloseTo(columnWeights[j], 12);
  });
});

test('with an entropy of a ten-thousandth of the costs the plan is the best assignment', () => {
  const cost = costs(20, 20);
  const { plan, ...found } = sinkhorn(cost, { entropy: 1e-4, maxRounds: 20000, tolerance: 1e-3 });
  const best = assignRows(cost);
  expect(found.cost * 20).toBeCloseTo(best.cost, 2);
  best.columns.forEach((j, i) => {
    expect(plan.data[i * 20 + j] * 20).toBeGreaterThan(0.9);
  });
});

test('an entropy far above the costs leaves the product of the weights', () => {
  const { plan } = sinkhorn(costs(4, 5), { entropy: 1e9 });
  for (const mass of plan.data) expect(mass).toBeCloseTo(1 / 20, 9);
});

test('a constant on the costs, or on a row or column of them, changes the plan nowhere', () => {
  const cost = costs(5, 6);
  const raised = matrix(
    cost.data.map((c, e) => c + 3 + Math.floor(e / 6) - (e % 6)),
    5,
    6,
  );
  const options = { entropy: 0.1, tolerance: 1e-12 };
  const { data } = sinkhorn(raised, options).plan;
  sinkhorn(cost, options).plan.data.forEach((mass, e) => {
    expect(data[e]).toBeCloseTo(mass, 10);
  });
});

test('potentials of a solved problem solve it at once', () => {
  const cost = costs(30, 40);
  const { potentials, rounds } = sinkhorn(cost, { entropy: 0.01 });
  expect(rounds).toBeGreaterThan(10);
  expect(sinkhorn(cost, { entropy: 0.01, start: potentials }).rounds).toBeLessThanOrEqual(2);
});

test('rounds that do not do are told by the error', () => {
  const { error, rounds } = sinkhorn(costs(30, 30), { entropy: 1e-3, maxRounds: 3 });
  expect(rounds).toBe(3);
  expect(error).toBeGreaterThan(0.01);
});

test('what is no transport is refused in a sentence', () => {
  expect(() => sinkhorn(costs(2, 2), { entropy: 0 })).toThrow(/"entropy".*above 0; got 0/);
  expect(() => sinkhorn(matrix(Float64Array.of(0, NaN), 1, 2), { entropy: 1 })).toThrow(
    /every cost must be finite/,
  );
  expect(() => sinkhorn(costs(2, 2), { entropy: 1, rowWeights: [0.5, 0.6] })).toThrow(
    /2 positive numbers that sum to 1/,
  );
  expect(() => sinkhorn(matrix(new Float64Array(), 0, 3), { entropy: 1 })).toThrow(/1 × 1/);
});
