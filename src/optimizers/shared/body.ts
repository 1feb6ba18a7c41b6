import { copied, type Matrix, zerosLike } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Problem } from '../contract.ts';
import type { MomentumRule, StepRows } from './momentum.ts';
import { rowMover } from './mover.ts';
import { blankRows, drawnRows, gather, scatter } from './rows.ts';
import type { StateArrays } from './state.ts';

/** The rows of a step, b × d: where they are, room for their gradient, where they started. */
export interface Batch {
  readonly rows: StepRows;
  readonly points: Matrix;
  readonly gradient: Matrix;
  readonly start: Matrix;
}

export interface Moved {
  /** Mean squared norm of the Riemannian gradients of the step's rows. */
  readonly meanSquare: number;
  /** Whether any coordinate changed. */
  readonly moved: boolean;
}

/** The points with their momentum, and how a step changes them. */
export interface Body {
  /** For the checkpoint. */
  readonly arrays: StateArrays;
  /** The rows of a step, as they are just before it. Changes nothing in `arrays`. */
  begin(step: number, random: Random): Batch;
  /** Moves those rows by the Euclidean gradient now in the batch. */
  finish(step: number): Moved;
  /** A copy of all points as they are after `step`. */
  settled(step: number): Matrix;
}

export interface BodySettings {
  /** Rows per step; all n of them are worked on where they are. */
  readonly batch: number;
  /** Whether rows outside the batch go on by their momentum. */
  readonly dense: boolean;
  readonly steps: number;
}

export function bodyOf(problem: Problem, rule: MomentumRule, settings: BodySettings): Body {
  return settings.batch < problem.start.rows
    ? batchBody(problem, rule, settings)
    : wholeBody(problem, rule, settings);
}

function wholeBody(
  { manifold, start }: Problem,
  rule: MomentumRule,
  { steps }: BodySettings,
): Body {
  const points = copied(start);
  const momentum = zerosLike(start);
  const gradient = zerosLike(start);
  const before = zerosLike(start);
  const mover = rowMover(manifold, rule, steps, { x: points, m: momentum, gradient });
  return {
    arrays: { points: points.data, momentum: momentum.data },
    begin: () => ({ rows: undefined, points, gradient, start }),
    finish(step) {
      before.data.set(points.data);
      const meanSquare = mover.move(step, undefined);
      const moved = before.data.some((value, i) => value !== points.data[i]);
      return { meanSquare, moved };
    },
    settled: () => copied(points),
  };
}

/**
 * Gathers the rows of a step, moves them, and puts them back.
 *
 * With `dense`, rows outside the batch go on by their momentum. That motion is put off until the
 * row is next needed: however many idle steps it had, they follow one geodesic.
 */
function batchBody(problem: Problem, rule: MomentumRule, settings: BodySettings): Body {
  const { manifold, start } = problem;
  const { batch: b, dense, steps } = settings;
  const n = start.rows;
  const carries = rule.decay > 0;
  const points = copied(start);
  const momentum = carries ? zerosLike(start) : blankRows(start, 0);
  // The step after which each row of `points` and `momentum` stands.
  const stand = new Int32Array(carries && dense ? n : 0);
  const [x, m, gradient, from] = Array.from({ length: 4 }, () => blankRows(start, b));
  const mover = rowMover(manifold, rule, steps, { x, m, gradient });
  let rows: Int32Array = new Int32Array(b);

  /** x, m ← the named rows as they are after `step`. */
  const bringUp = (step: number): void => {
    gather(points, rows, x);
    if (!carries) return;
    gather(momentum, rows, m);
    if (!dense) return;
    for (let i = 0; i < rows.length; i++) mover.coast(i, rows[i], stand[rows[i]], step);
  };

  return {
    arrays: { points: points.data, momentum: momentum.data, stand },
    begin(step, random) {
      rows = drawnRows(random, n, b);
      bringUp(step - 1);
      gather(start, rows, from);
      return { rows, points: x, gradient, start: from };
    },
    finish(step) {
      const meanSquare = mover.move(step, rows);
      const moved = scatter(x, rows, points);
      if (carries) scatter(m, rows, momentum);
      if (stand.length > 0) for (const row of rows) stand[row] = step;
      return { meanSquare, moved };
    },
    settled(step) {
      const out = copied(points);
      if (stand.length === 0) return out;
      for (let low = 0; low < n; low += b) {
        rows = Int32Array.from({ length: Math.min(b, n - low) }, (_, i) => low + i);
        bringUp(step);
        scatter(x, rows, out);
      }
      return out;
    },
  };
}
