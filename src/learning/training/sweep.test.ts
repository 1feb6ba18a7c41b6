import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { matrix } from '../../core/matrix.ts';
import { rankme } from '../../families/metrics/index.ts';
import { momentum } from '../../testing/momentum.ts';
import { multiply, sum } from '../operations/index.ts';
import { parameter } from '../tape/parameter.ts';
import { sweep } from './sweep.ts';
import { train } from './train.ts';

/** x² from x = 1 on at a learning rate; 0.5 arrives at once, 1e200 leaves the numbers. */
const parabola = (learningRate: number) => () => {
  const x = parameter('x', Float64Array.of(1), [1]);
  return train({
    loss: () => sum(multiply(x, x)),
    steps: 3,
    update: momentum(learningRate, 0),
    heldOut: { value: () => Math.abs(x.data[0]), every: 1, better: 'lower' },
  });
};

test('the best held-out value wins, and a run that leaves the numbers is said to have failed', async () => {
  const { best, outcomes } = await sweep(
    { slow: parabola(0.25), wild: parabola(1e200), right: parabola(0.5) },
    { select: 'heldOut' },
  );
  expect([best.name, best.value, best.result.steps]).toEqual(['right', 0, 3]);
  expect(outcomes.map(({ name, value }) => [name, value])).toEqual([
    ['slow', 1 / 8],
    ['wild', null],
    ['right', 0],
  ]);
  expect(outcomes[1].failed).toContain('train: the loss is Infinity at step 2');
});

test('RankMe prefers more directions, and is the number of the catalogue', async () => {
  const line = matrix(Float64Array.of(1, 1, 2, 2, 3, 3), 3, 2);
  const plane = matrix(Float64Array.of(3, 0, 0, 1), 2, 2);
  const { best, outcomes } = await sweep(
    { line: async () => ({ embeddings: line }), plane: async () => ({ embeddings: plane }) },
    { select: 'rankme' },
  );
  expect(best.name).toBe('plane');
  expect(best.value).toBeCloseTo((await rankme(plane)).value ?? Number.NaN, 12);
  expect(outcomes[0].value).toBeCloseTo(1, 5);
});

test('collapsed embeddings fill no direction', async () => {
  const embeddings = matrix(new Float32Array(6), 3, 2);
  const { best } = await sweep({ zero: async () => ({ embeddings }) }, { select: 'rankme' });
  expect(best.value).toBe(0);
});

test('of equal scores the first wins', async () => {
  const { best } = await sweep({ a: async () => ({}), b: async () => ({}) }, { select: () => 1 });
  expect(best.name).toBe('a');
});

test('what cannot be selected by is refused', async () => {
  const empty = async () => ({});
  await expect(sweep({ a: empty }, { select: 'rankme' })).rejects.toThrow(
    'sweep: the run "a" has no embeddings for RankMe.',
  );
  await expect(sweep({ a: empty }, { select: 'heldOut' })).rejects.toThrow(
    'sweep: the run "a" has no held-out value.',
  );
  await expect(sweep({ a: empty }, { select: () => Number.NaN })).rejects.toThrow(
    'sweep: the value of the run "a" is NaN.',
  );
  await expect(sweep({}, { select: 'rankme' })).rejects.toThrow(
    'sweep: no run came to its end; none was given.',
  );
});

test('an error that is not about numbers ends the sweep', async () => {
  const broken = async () => {
    throw new TypeError('a slip');
  };
  await expect(sweep({ broken }, { select: 'rankme' })).rejects.toThrow(TypeError);
  const bad = async () => {
    throw new InputError('train', 'bad numbers.');
  };
  await expect(sweep({ bad }, { select: 'rankme' })).rejects.toThrow(
    'sweep: no run came to its end; train: bad numbers.',
  );
});
