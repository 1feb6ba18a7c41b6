import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { decodeModel, encodeModel } from '../../learning/index.ts';
import { gradientRatios } from '../../testing/gradient-check.ts';
import { koleo } from '../objectives/index.ts';
import { hedged } from './hedged.ts';
import { matchLoss } from './support/match-loss.ts';
import { matchProbabilities, uncertaintyOf } from './support/uncertainty.ts';

/** Rows at three corners of a triangle; of every fourth row nothing says to which it belongs. */
function corners(n: number) {
  const random = Random.fromSeed(1);
  const data = new Float32Array(n * 3);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < 3; c++)
      data[i * 3 + c] = (isBlank(i) ? 1 : c === i % 3 ? 3 : 0) + 0.2 * random.normal();
  const classes = Array.from({ length: n }, (_, i) => `corner ${i % 3}`);
  return { points: matrix(data, n, 3), classes };
}

const isBlank = (i: number) => Math.floor(i / 3) % 4 === 0;
const small = { steps: 300, batch: 30, dim: 2, hidden: 16, learningRate: 0.02, heldOut: 0 };

describe('hedged', () => {
  test('is less sure of rows that could be of any class', async () => {
    const examples = corners(120);
    const { model } = await hedged(examples, small);
    const { points, columns } = await hedged.embed(model, examples);
    const { uncertainty = new Float64Array(0) } = columns ?? {};
    expect([points.rows, points.cols]).toEqual([120, 2]);
    const mean = (blank: boolean) => {
      const own = uncertainty.filter((_, i) => isBlank(i) === blank);
      return own.reduce((total, x) => total + x, 0) / own.length;
    };
    expect(mean(true)).toBeGreaterThan(mean(false) + 0.1);
  });

  test('learns a and b', async () => {
    const { model } = await hedged(corners(60), { ...small, steps: 30 });
    const of = (name: string) => model.parameters.find((one) => one.name === name)?.data[0];
    expect(of('match.slope')).not.toBe(1);
    expect(of('match.offset')).not.toBe(2);
  });

  test('points are as sure as the match at distance 0', async () => {
    const examples = corners(60);
    const { model, report } = await hedged(examples, { ...small, steps: 10, form: 'point' });
    const { columns: { uncertainty = [] } = {} } = await hedged.embed(model, examples);
    const { offset } = report;
    for (const value of uncertainty) expect(value).toBeCloseTo(1 - 1 / (1 + Math.exp(-offset)), 9);
  });

  test('a saved model gives the same means and uncertainties', async () => {
    const examples = corners(30);
    const { model } = await hedged(examples, { ...small, steps: 5 });
    const stored = await decodeModel(encodeModel(model), 'model');
    expect(await hedged.embed(stored, examples)).toEqual(await hedged.embed(model, examples));
  });
});

test('a dispersion objective is refused where no rows are spread', async () => {
  const points = matrix(new Float32Array(8), 4, 2);
  await expect(
    hedged({ points, classes: ['a', 'a', 'b', 'b'] }, { steps: 1 }, { spread: koleo.bind() }),
  ).rejects.toThrow(
    'hedged: option "spread" must be left out: it has no rows to spread; got "koleo"',
  );
});

describe('the probability of a match', () => {
  const shape = { slope: 2, offset: 3 };

  test('of sure rows is σ(b − a·distance)', () => {
    const [x, y] = [
      matrix(Float64Array.of(0, 0, -80, -80), 1, 4),
      matrix(Float64Array.of(0.6, 0.8, -80, -80), 1, 4),
    ];
    const [p] = matchProbabilities(x, y, shape, 4, Random.fromSeed(1));
    expect(p).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });

  test('with oneself falls as the variance grows, whatever the mean', () => {
    const logs = [-80, -2, 0, 2, 4];
    const rows = matrix(Float64Array.from(logs.flatMap((log, i) => [7 * i, log])), 5, 2);
    const found = uncertaintyOf(rows, shape, 8);
    expect(found[0]).toBeCloseTo(1 - 1 / (1 + Math.exp(-3)), 12);
    for (let i = 1; i < 5; i++) expect(found[i]).toBeGreaterThan(found[i - 1]);
  });
});

test('the loss of matches has the gradient of its value in rows, slope and offset', async () => {
  const classes = Int32Array.of(0, 0, 1, 1, 2, 2);
  const options = { samples: 3, beta: 0.1, classes };
  const ratios = await gradientRatios(
    (...[rows, slope, offset]) =>
      matchLoss(rows, slope, offset, { ...options, random: Random.fromSeed(3) }),
    [[6, 4], [1], [1]],
  );
  for (const ratio of ratios) expect(ratio).toBeGreaterThan(3.8);
});
