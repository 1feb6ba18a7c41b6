import { describe, expect, test } from 'vitest';
import { copied, type Matrix, row, zeros64, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import type { Manifold } from '../../manifolds/contract.ts';
import { euclidean } from '../../manifolds/euclidean.ts';
import { sphere } from '../../manifolds/sphere.ts';
import type { BoundObjective } from '../objectives/types.ts';
import { riemannianAdam } from './riemannian-adam.ts';
import { riemannianSgd } from './riemannian-sgd.ts';

/** Step sizes and decays of one momentum method, written out as in its paper. */
interface Eager {
  readonly decay: number;
  readonly weight: number;
  /** The factor of the momentum, given the row's squared gradient norm (0 outside the batch). */
  rates(step: number, squaredNorms: Float64Array, seen: readonly number[]): Float64Array;
}

const steps = 300;
const learningRate = 0.01;
/** Of 60 rows: rows rest 30 steps on average, and some for more than 100. */
const BATCH = 2;

function eagerSgd(): Eager {
  const rates = (step: number, norms: Float64Array) => norms.map(() => learningRate * cosine(step));
  return { decay: 0.9, weight: BATCH, rates };
}

function eagerAdam(n: number): Eager {
  const v = new Float64Array(n);
  let scale = 0;
  return {
    decay: 0.9,
    weight: 1 - 0.9,
    rates(step, norms, seen) {
      scale = 0.999 * scale + 0.001 * (norms.reduce((a, b) => a + b, 0) / seen.length);
      const correction = 1 - 0.999 ** step;
      const floor = 1e-8 * Math.sqrt(scale / correction);
      return norms.map((norm, i) => {
        v[i] = 0.999 * v[i] + 0.001 * norm;
        const divisor = (1 - 0.9 ** step) * (Math.sqrt(v[i] / correction) + floor);
        return v[i] === 0 ? 0 : (learningRate * cosine(step)) / divisor;
      });
    },
  };
}

function cosine(step: number): number {
  return (1 + Math.cos((Math.PI * (step - 1)) / steps)) / 2;
}

/** Moves every row at every step, the gradient being zero outside the batch. */
function eagerRun(
  objective: BoundObjective,
  manifold: Manifold,
  start: Matrix<Float64Array>,
  batches: readonly Int32Array[],
  method: Eager,
): Matrix<Float64Array> {
  const points = copied(start);
  const momentum = zerosLike(start);
  for (const [s, rows] of batches.entries()) {
    const batch = zeros64(rows.length, start.cols);
    const gradient = zeros64(rows.length, start.cols);
    for (const [i, r] of rows.entries()) row(batch, i).set(row(points, r));
    const random = Random.fromSeed(0);
    void objective.lossAndGradient(batch, gradient, { engine: referenceEngine, random, rows });
    const norms = new Float64Array(start.rows);
    const full = zerosLike(start);
    for (const [i, r] of rows.entries()) {
      const g = row(full, r);
      manifold.toRiemannianGradient(row(points, r), row(gradient, i), g);
      norms[r] = manifold.inner(row(points, r), g, g);
    }
    const rates = method.rates(s + 1, norms, [...rows]);
    for (let i = 0; i < start.rows; i++) {
      const [x, m, g] = [row(points, i), row(momentum, i), row(full, i)];
      const step = m.map((value, c) => method.decay * value + method.weight * g[c]);
      const velocity = step.map((value) => -rates[i] * value);
      manifold.transport(x, velocity, step, m);
      manifold.exp(x, velocity, x);
    }
  }
  return points;
}

/** Pulls each row to its own target and records the batches it is asked about. */
function recording(targets: Matrix, batches: Int32Array[]): BoundObjective {
  return {
    name: 'recording',
    terms: [],
    lossAndGradient({ data: x, rows: b, cols: d }, gradient, { rows = new Int32Array(0) }) {
      batches.push(rows.slice());
      for (let i = 0; i < b; i++) {
        for (let c = 0; c < d; c++) {
          gradient.data[i * d + c] = x[i * d + c] - targets.data[rows[i] * d + c];
        }
      }
      return 0;
    },
  };
}

describe.each([sphere, euclidean])('deferred dense updates on the $id', (manifold) => {
  const [n, d] = [60, 5];
  const random = Random.fromSeed(4);
  const start = zeros64(n, d);
  const targets = zeros64(n, d);
  for (let i = 0; i < n; i++) {
    manifold.randomPoint(random, row(start, i));
    manifold.randomPoint(random, row(targets, i));
  }
  const settings = { steps, learningRate, batch: BATCH, schedule: 'cosine' } as const;

  test.each([
    {
      name: 'SGD',
      eager: eagerSgd,
      method: ((problem, options, run) =>
        riemannianSgd(problem, { ...options, momentum: 0.9 }, run)) as typeof riemannianSgd,
    },
    { name: 'Adam', method: riemannianAdam, eager: () => eagerAdam(n) },
  ])('$name ends where moving every row at every step does', async ({ method, eager }) => {
    const batches: Int32Array[] = [];
    const objective = recording(targets, batches);
    const problem = { objective, manifold, start };
    const { points } = await method(problem, settings, { engine: referenceEngine });
    expect(batches).toHaveLength(steps);
    const expected = eagerRun(objective, manifold, start, batches.slice(0, steps), eager());
    let gap = 0;
    let motion = 0;
    for (let i = 0; i < expected.data.length; i++) {
      gap = Math.max(gap, Math.abs(points.data[i] - expected.data[i]));
      motion = Math.max(motion, Math.abs(start.data[i] - expected.data[i]));
    }
    expect(motion).toBeGreaterThan(0.1);
    expect(gap).toBeLessThan(1e-12);
  });
});
