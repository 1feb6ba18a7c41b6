import { describe, expect, test } from 'vitest';
import { AbortedError, InputError, OptionError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, row, toFloat32, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import type { Manifold } from '../../manifolds/contract.ts';
import { euclidean } from '../../manifolds/euclidean.ts';
import { sphere } from '../../manifolds/sphere.ts';
import type { BoundObjective } from '../objectives/types.ts';
import { riemannianAdam } from './riemannian-adam.ts';
import { riemannianSgd } from './riemannian-sgd.ts';
import type { OptimizerState, Problem, StepReached } from './types.ts';

const engine = referenceEngine;
/** With momentum, so that rows outside the batch have something to go on by. */
const sgd = Object.assign(
  ((problem, options, run) =>
    riemannianSgd(problem, { momentum: 0.9, ...options }, run)) as typeof riemannianSgd,
  { spec: riemannianSgd.spec },
);
const methods = [
  { name: 'SGD', method: sgd },
  { name: 'Adam', method: riemannianAdam },
];

function randomPoints(manifold: Manifold, n: number, d: number, seed = 1): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  const points = zeros64(n, d);
  for (let i = 0; i < n; i++) manifold.randomPoint(random, row(points, i));
  return points;
}

/** factor/2 · the mean squared chord to a target of each row: needs the row numbers of a batch. */
function toTargets(targets: Matrix, factor = 1): BoundObjective {
  return {
    name: 'to-targets',
    terms: [],
    lossAndGradient({ data: x, rows: b, cols: d }, gradient, { rows }) {
      let loss = 0;
      for (let i = 0; i < b; i++) {
        const target = row(targets, rows === undefined ? i : rows[i]);
        for (let c = 0; c < d; c++) {
          const difference = x[i * d + c] - target[c];
          loss += (factor * difference * difference) / (2 * b);
          gradient.data[i * d + c] = (factor * difference) / b;
        }
      }
      return loss;
    },
  };
}

function problemOf(manifold: Manifold, n: number, d: number, factor = 1): Problem {
  const objective = toTargets(randomPoints(manifold, n, d, 2), factor);
  return { objective, manifold, start: randomPoints(manifold, n, d) };
}

function largestGap(a: Matrix, b: Matrix): number {
  let gap = 0;
  for (let i = 0; i < a.data.length; i++) gap = Math.max(gap, Math.abs(a.data[i] - b.data[i]));
  return gap;
}

describe.each(methods)('Riemannian $name', ({ method }) => {
  test('a batch of all rows is the same as no batch', async () => {
    const problem = problemOf(sphere, 9, 4);
    const all = await method(problem, { steps: 20 }, { engine });
    for (const batch of [9, 100]) {
      const same = await method(problem, { steps: 20, batch }, { engine });
      expect(same.points.data).toEqual(all.points.data);
      expect(same.history).toEqual(all.history);
    }
  });

  test('reaches the targets', async () => {
    const problem = problemOf(sphere, 6, 5);
    const settings = { steps: 3000, schedule: 'cosine', learningRate: 0.05 } as const;
    const { points, loss } = await method(problem, settings, { engine });
    expect(loss).toBeLessThan(1e-9);
    expect(largestGap(points, randomPoints(sphere, 6, 5, 2))).toBeLessThan(1e-4);
  });

  test('the start is not changed, and the points keep its element type', async () => {
    const problem = problemOf(sphere, 8, 3);
    const before = problem.start.data.slice();
    const { points } = await method(problem, { steps: 5, batch: 3 }, { engine });
    expect(problem.start.data).toEqual(before);
    expect(points.data).toBeInstanceOf(Float64Array);
    const single = { ...problem, start: toFloat32(problem.start) };
    const { points: floats } = await method(single, { steps: 5, batch: 3 }, { engine });
    expect(floats.data).toBeInstanceOf(Float32Array);
    expect(largestGap(floats, points)).toBeLessThan(1e-6);
  });

  test('the same seed gives the same bytes, another seed other batches', async () => {
    const problem = problemOf(sphere, 30, 3);
    const bytes = async (seed: number) =>
      (await method(problem, { steps: 10, batch: 4, seed }, { engine })).points.data;
    expect(await bytes(3)).toEqual(await bytes(3));
    expect(await bytes(4)).not.toEqual(await bytes(3));
  });

  test.each(['dense', 'lazy'] as const)(
    'a resumed %s run ends in the same bytes',
    async (update) => {
      const problem = problemOf(sphere, 40, 3);
      const settings = { steps: 50, batch: 6, update, schedule: 'cosine', seed: 5 } as const;
      const states: OptimizerState[] = [];
      const onCheckpoint = (step: number, state: () => OptimizerState) => {
        if (step % 17 === 0) states.push(state());
      };
      const whole = await method(problem, settings, { engine, onCheckpoint });
      expect(states.map((state) => state.step)).toEqual([17, 34]);
      for (const resume of states) {
        const rest = await method(problem, settings, { engine, resume });
        expect(rest.points.data).toEqual(whole.points.data);
        expect(rest.history).toEqual(whole.history);
        expect(rest.iterations).toBe(50);
      }
    },
  );

  test('a run until a step ends where a whole run stood then, and those who look on change nothing', async () => {
    const problem = problemOf(sphere, 40, 3);
    const settings = { steps: 30, batch: 6, schedule: 'cosine', seed: 5 } as const;
    const seen: Matrix[] = [];
    const steps: number[] = [];
    const onStep = async ({ step, points }: StepReached) => {
      steps.push(step);
      seen.push(await points());
    };
    const whole = await method(problem, settings, { engine });
    const watched = await method(problem, settings, { engine, onStep });
    expect(watched.points.data).toEqual(whole.points.data);
    expect(steps).toEqual(Array.from({ length: 30 }, (_, t) => t + 1));
    const part = await method(problem, settings, { engine, until: 13 });
    expect(part).toMatchObject({ iterations: 13, stop: 'paused' });
    expect(part.points.data).toEqual(seen[12].data);
    const none = await method(problem, settings, { engine, until: 0 });
    expect(none.points.data).toEqual(problem.start.data);
  });

  test('an aborted run offers a checkpoint from which it goes on to the same bytes', async () => {
    const problem = problemOf(sphere, 40, 3);
    const settings = { steps: 30, batch: 6 };
    const whole = await method(problem, settings, { engine });
    const stop = new AbortController();
    let saved: OptimizerState | undefined;
    // Aborts in the middle of step 12, as an engine does that watches the signal.
    const interrupted: BoundObjective = {
      ...problem.objective,
      lossAndGradient(points, gradient, context) {
        calls += 1;
        if (calls === 12) stop.abort();
        if (context.signal?.aborted) throw new AbortedError('engine');
        return problem.objective.lossAndGradient(points, gradient, context);
      },
    };
    let calls = 0;
    const run = method({ ...problem, objective: interrupted }, settings, {
      engine,
      signal: stop.signal,
      onCheckpoint(_step, state) {
        if (stop.signal.aborted) saved = state();
      },
    });
    await expect(run).rejects.toThrow(AbortedError);
    expect(saved?.step).toBe(11);
    const rest = await method(problem, settings, { engine, resume: saved });
    expect(rest.points.data).toEqual(whole.points.data);
  });

  test('a checkpoint of another run is refused in a sentence', async () => {
    const problem = problemOf(sphere, 10, 3);
    let saved: OptimizerState | undefined;
    await method(problem, { steps: 2 }, { engine, onCheckpoint: (_, state) => (saved = state()) });
    if (saved === undefined) throw new Error('no checkpoint');
    const other = problemOf(sphere, 11, 3);
    await expect(method(other, { steps: 2 }, { engine, resume: saved })).rejects.toThrow(
      'the checkpoint does not fit this run: expected 33 of Float64Array as "points"; got 30',
    );
    const foreign = { ...saved, optimizer: 'lbfgs' };
    await expect(method(problem, { steps: 2 }, { engine, resume: foreign })).rejects.toThrow(
      'the checkpoint is of lbfgs',
    );
  });

  test('lazy updates leave the rows outside the batch where they are, dense ones do not', async () => {
    const problem = problemOf(sphere, 50, 3);
    const movedRows = async (update: 'dense' | 'lazy', steps: number) => {
      const settings = { steps, batch: 5, update } as const;
      const { points } = await method(problem, settings, { engine });
      const changed = (i: number) =>
        row(points, i).some((value, c) => value !== row(problem.start, i)[c]);
      return Array.from({ length: 50 }, (_, i) => i).filter(changed).length;
    };
    expect(await movedRows('lazy', 1)).toBe(5);
    const { points: two } = await method(problem, { steps: 2, batch: 5 }, { engine });
    const { points: lazyTwo } = await method(
      problem,
      { steps: 2, batch: 5, update: 'lazy' },
      { engine },
    );
    expect(two.data).not.toEqual(lazyTwo.data);
  });

  test('a gradient of zero has converged', async () => {
    // Axes: scaling them to unit length changes nothing.
    const start = zeros64(7, 7);
    for (let i = 0; i < 7; i++) start.data[i * 7 + i] = i % 2 === 0 ? 1 : -1;
    const problem = { objective: toTargets(start), manifold: sphere, start };
    const result = await method(problem, {}, { engine });
    expect([result.stop, result.iterations, result.loss]).toEqual(['converged', 1, 0]);
    expect(result.points).toEqual(start);
    // In batches of 2 it takes 4 steps to see every row.
    const batched = await method(problem, { batch: 2 }, { engine });
    expect([batched.stop, batched.iterations]).toEqual(['converged', 4]);
  });

  test('a tolerance stops once the gradient norm has fallen to that share', async () => {
    const problem = problemOf(sphere, 7, 3);
    const settings = { learningRate: 0.02, steps: 5000, tolerance: 0.01 };
    const { stop, history, iterations } = await method(problem, settings, { engine });
    expect(stop).toBe('converged');
    expect(iterations).toBeLessThan(5000);
    const last = history.at(-1)?.gradientNorm ?? NaN;
    expect(last).toBeLessThanOrEqual(0.01 * history[0].gradientNorm);
  });

  test('points that no longer change have stalled', async () => {
    const problem = problemOf(sphere, 7, 3);
    const { stop, iterations } = await method(problem, { learningRate: 0 }, { engine });
    expect(stop).toBe('stalled');
    expect(iterations).toBe(1);
  });

  test('the history of a long run keeps at most 2001 entries and ends with the last step', async () => {
    const problem = problemOf(sphere, 1, 2);
    const { history, stop } = await method(
      problem,
      { steps: 4500, learningRate: 1e-5 },
      { engine },
    );
    expect(stop).toBe('max-iterations');
    expect(history.length).toBeLessThanOrEqual(2001);
    expect(history[0].step).toBe(1);
    expect(history.at(-1)?.step).toBe(4500);
  });

  test('reports every step’s progress to the run, with its rate', async () => {
    const seen: number[] = [];
    await method(
      problemOf(sphere, 5, 3),
      { steps: 3 },
      {
        engine,
        onProgress: ({ stage, done, step = NaN, stepsPerSecond = NaN }) => {
          expect(stage).toBe(method.spec.id);
          expect(done).toBe(step / 3);
          expect(stepsPerSecond).toBeGreaterThan(0);
          seen.push(step);
        },
      },
    );
    expect(seen.at(-1)).toBe(3);
  });

  test('one point in one dimension has nowhere to go', async () => {
    const start = matrix(Float64Array.of(1), 1, 1);
    const objective = toTargets(matrix(Float64Array.of(-1), 1, 1));
    const { points, stop } = await method({ objective, manifold: sphere, start }, {}, { engine });
    expect(points.data).toEqual(Float64Array.of(1));
    expect(stop).toBe('converged');
  });

  test('bad input is refused in a sentence', async () => {
    const problem = problemOf(sphere, 5, 3);
    const start = matrix(problem.start.data.slice(), 5, 3);
    start.data[4] += 0.1;
    await expect(method({ ...problem, start }, {}, { engine })).rejects.toThrow(
      `${method.spec.id}: row 1 of the start is not a point of the sphere.`,
    );
    await expect(method({ ...problem, start: zeros64(0, 3) }, {}, { engine })).rejects.toThrow(
      ShapeError,
    );
    await expect(method(problem, { learningRate: -1 }, { engine })).rejects.toThrow(OptionError);
    const broken: BoundObjective = { ...problem.objective, lossAndGradient: () => NaN };
    await expect(method({ ...problem, objective: broken }, {}, { engine })).rejects.toThrow(
      InputError,
    );
  });

  test('works on any manifold: in flat space too it reaches the targets', async () => {
    const problem = problemOf(euclidean, 6, 4);
    const settings = { steps: 3000, schedule: 'linear', learningRate: 0.05 } as const;
    const { points } = await method(problem, settings, { engine });
    expect(largestGap(points, randomPoints(euclidean, 6, 4, 2))).toBeLessThan(1e-4);
  });
});

describe('the scale of the loss', () => {
  test.each([2 ** -40, 2 ** 40])(
    'a factor of %d leaves every byte of Adam’s path',
    async (factor) => {
      const settings = { steps: 40, batch: 4, seed: 2 };
      const plain = await riemannianAdam(problemOf(sphere, 12, 6), settings, { engine });
      const scaled = await riemannianAdam(problemOf(sphere, 12, 6, factor), settings, { engine });
      expect(scaled.points.data).toEqual(plain.points.data);
    },
  );

  test.each([1e-6, 1e6])('a factor of %d leaves Adam’s path to rounding', async (factor) => {
    const settings = { steps: 40, batch: 4, seed: 2, update: 'lazy' } as const;
    const plain = await riemannianAdam(problemOf(sphere, 12, 6), settings, { engine });
    const scaled = await riemannianAdam(problemOf(sphere, 12, 6, factor), settings, { engine });
    expect(largestGap(scaled.points, plain.points)).toBeLessThan(1e-13);
  });
});
