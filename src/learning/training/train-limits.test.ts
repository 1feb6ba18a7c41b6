import { describe, expect, test } from 'vitest';
import { momentum } from '../../testing/momentum.ts';
import { parabola } from '../../testing/small-trainings.ts';
import { multiply, scale, sum } from '../operations/index.ts';
import { parameter } from '../tape/parameter.ts';
import { constant, type Tensor } from '../tape/tensor.ts';
import type { TrainOptions } from './options.ts';
import { train } from './train.ts';

describe('a held-out value', () => {
  /** x goes 0, 1, 2, …; what is held out likes it at 2. */
  const walk = () => {
    const x = parameter('x', Float64Array.of(0), [1]);
    const value = () => (x.data[0] - 2) ** 2;
    return { x, value, loss: () => scale(sum(x), -1), update: momentum(1, 0) };
  };

  test('ends training when it got no better so often, and the best parameters stay', async () => {
    const { x, value, ...rest } = walk();
    const { ended, heldOut, steps } = await train({
      ...rest,
      steps: 50,
      heldOut: { value, every: 1, better: 'lower', patience: 3 },
    });
    expect([ended, steps, x.data[0]]).toEqual(['patience', 5, 2]);
    expect(heldOut?.best).toEqual({ step: 2, value: 0 });
    expect(heldOut?.values.map((one) => one.value)).toEqual([1, 0, 1, 4, 9]);
  });

  test('without patience training goes on, and the best parameters stay all the same', async () => {
    const { x, value, ...rest } = walk();
    const { ended } = await train({
      ...rest,
      steps: 5,
      heldOut: { value: () => -value(), every: 2, better: 'higher' },
    });
    // Evaluated after the steps 2 and 4, and after the last.
    expect([ended, x.data[0]]).toEqual(['steps', 2]);
  });

  test('equal values: the first is the best', async () => {
    const { x, value: _, ...rest } = walk();
    await train({ ...rest, steps: 4, heldOut: { value: () => 7, every: 1, better: 'higher' } });
    expect(x.data[0]).toBe(1);
  });

  test('that is not a number ends training with a sentence', async () => {
    const { value: _, x: __, ...rest } = walk();
    const heldOut = { value: () => Number.NaN, every: 2, better: 'lower' } as const;
    await expect(train({ ...rest, steps: 4, heldOut })).rejects.toThrow(
      'train: the held-out value after step 2 is not a number.',
    );
  });
});

describe('what is refused', () => {
  const { loss } = parabola();
  test.each<[Partial<TrainOptions>, string]>([
    [{ steps: 0 }, 'train: option "steps" must be a whole number from 1 on; got 0.'],
    [{ seed: 0.5 }, 'train: option "seed" must be a whole number; got 0.5.'],
    [{ clip: 0 }, 'train: option "clip" must be a number above 0; got 0.'],
    [{ resume: true }, 'train: option "checkpoint" must be given where resume is; got "nothing".'],
    [
      { schedule: () => Number.NaN },
      'train: option "schedule" must be a number from 0 on at step 1; got NaN.',
    ],
    [
      { loss: () => undefined as unknown as Tensor },
      'train: the loss of step 1 is nothing; is `return` missing?',
    ],
    [
      { loss: () => sum(constant(new Float64Array(2))) },
      'train: there is no parameter below the loss of step 1.',
    ],
    [
      { loss: () => ({ loss: loss(), report: { other: loss() } }) },
      'train: the report "other" of step 1 does not lie below the loss.',
    ],
    [
      {
        loss: () => {
          const x = parameter('x', new Float64Array(2), [2]);
          return { loss: sum(x), report: { x } };
        },
      },
      'train: the report "x" of step 1 is 2; one number is expected.',
    ],
    [
      {
        loss: () => {
          const [a, b] = [1, 2].map((value) => parameter('w', Float64Array.of(value), [1]));
          return sum(multiply(a, b));
        },
      },
      'train: two parameters are named w; a name is the parameter’s place in files, and each is made once, before training.',
    ],
  ])('%o', async (options, sentence) => {
    await expect(train({ loss, steps: 1, update: momentum(1), ...options })).rejects.toThrow(
      sentence,
    );
  });
});
