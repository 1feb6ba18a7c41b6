import { copied, type Matrix, rows as rowsFrom, zerosLike } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine } from '../../../engine/engine.ts';
import { gather, scatter } from '../../../numerics/rows/gather.ts';
import type { AdditiveObjective, ObjectiveContext } from '../../objectives/types.ts';
import type { Problem } from '../types.ts';
import { factsAmong, type RowFacts } from './facts.ts';
import type { MomentumRule, StepRows } from './momentum.ts';
import { type Moved, rowMover } from './mover.ts';
import { blankRows, differ, drawnRows } from './rows.ts';
import type { StateArrays } from './state.ts';

/** The rows of a step, b × d: where they are, room for their gradient, where they started, what is known of them. */
export interface Batch extends RowFacts {
  readonly rows: StepRows;
  readonly points: Matrix;
  readonly gradient: Matrix;
  readonly start: Matrix;
}

/** The points with their momentum, and how a step changes them. */
export interface Body {
  /** For the checkpoint. */
  readonly arrays: StateArrays;
  /** The rows of a step, as they are just before it. Changes nothing in `arrays`. */
  begin(step: number, random: Random): Promise<Batch>;
  /** Moves those rows by the Euclidean gradient now in the batch. */
  finish(step: number): Promise<Moved>;
  /** Computes the step's loss and gradient itself, and moves the rows, where that is the better way. */
  take?(step: number, context: () => ObjectiveContext): Promise<Taken>;
  /** All points as they are after `step`: a copy, or the body's own where it is the `last` time. */
  settled(step: number, last?: boolean): Promise<Matrix>;
}

export interface Taken extends Moved {
  readonly loss: number;
}

export interface BodySettings {
  /** Rows per step; all n of them are worked on where they are. */
  readonly batch: number;
  /** Whether rows outside the batch go on by their momentum. */
  readonly dense: boolean;
  readonly steps: number;
  readonly engine: Engine;
}

export function bodyOf(problem: Problem, rule: MomentumRule, settings: BodySettings): Body {
  if (settings.batch < problem.start.rows) return batchBody(problem, rule, settings);
  const { additive, inParts } = problem.objective;
  return additive && inParts && rule.rowsAlone
    ? partsBody(problem, additive, rule, settings)
    : wholeBody(problem, rule, settings);
}

function wholeBody(problem: Problem, rule: MomentumRule, settings: BodySettings): Body {
  const { manifold, start, classes, partners } = problem;
  const points = copied(start);
  const carries = rule.decay > 0;
  const gradient = zerosLike(start);
  // Without momentum the tangent takes the place of the gradient.
  const momentum = carries ? zerosLike(start) : blankRows(start, 0);
  const { steps, engine } = settings;
  const moving = { x: points, m: carries ? momentum : gradient, gradient };
  const mover = rowMover(manifold, rule, steps, engine, moving);
  return {
    arrays: { points: points.data, momentum: momentum.data },
    begin: async () => ({ rows: undefined, points, gradient, start, classes, partners }),
    finish: (step) => mover.move(step, undefined),
    settled: async (_step, last = false) => (last ? points : copied(points)),
  };
}

/** Rows of a part: their gradient and their projections stay in the cache. */
const PART_ROWS = 65536;

/** The same for objectives that are computed in parts: no gradient of all rows is held. */
function partsBody(
  { manifold, start, classes, partners }: Problem,
  additive: AdditiveObjective,
  rule: MomentumRule,
  { steps, engine }: BodySettings,
): Body {
  const points = copied(start);
  const total = start.rows;
  const carries = rule.decay > 0;
  const momentum = carries ? zerosLike(start) : blankRows(start, 0);
  const room = blankRows(start, Math.min(total, PART_ROWS));
  const facts = { total, features: 0 };
  return {
    arrays: { points: points.data, momentum: momentum.data },
    begin: async () => ({ rows: undefined, points, gradient: room, start, classes, partners }),
    finish: async () => ({ meanSquare: 0, moved: false }),
    async take(step, context) {
      const statistic = await additive.statistic(points, { ...context(), ...facts, firstRow: 0 });
      let [loss, squares, moved] = [0, 0, false];
      for (let from = 0; from < total; from += PART_ROWS) {
        const to = Math.min(total, from + PART_ROWS);
        const [x, own] = [points, start].map((all) => rowsFrom(all, from, to));
        const gradient = rowsFrom(room, 0, to - from);
        const part = { ...context(), ...facts, firstRow: from, start: own };
        loss += await additive.lossAndGradient(x, statistic, gradient, part);
        const m = carries ? rowsFrom(momentum, from, to) : gradient;
        const mover = rowMover(manifold, rule, steps, engine, { x, m, gradient });
        const done = await mover.move(step, undefined);
        squares += done.meanSquare * x.rows;
        moved = done.moved || moved;
      }
      return { loss, meanSquare: squares / total, moved };
    },
    settled: async (_step, last = false) => (last ? points : copied(points)),
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
  const { batch: b, dense, steps, engine } = settings;
  const n = start.rows;
  const factsOf = factsAmong(problem, n);
  const carries = rule.decay > 0;
  const points = copied(start);
  const momentum = carries ? zerosLike(start) : blankRows(start, 0);
  // The step after which each row of `points` and `momentum` stands.
  const stand = new Int32Array(carries && dense ? n : 0);
  const [x, m, gradient, from] = Array.from({ length: 4 }, () => blankRows(start, b));
  const mover = rowMover(manifold, rule, steps, engine, { x, m, gradient });
  let rows: Int32Array = new Int32Array(b);

  /** x, m ← the named rows as they are after `step`. */
  const bringUp = async (step: number): Promise<void> => {
    gather(points, rows, x);
    if (!carries) return;
    gather(momentum, rows, m);
    if (dense) await mover.coast(rows, stand, step);
  };

  return {
    arrays: { points: points.data, momentum: momentum.data, stand },
    async begin(step, random) {
      rows = drawnRows(random, n, b, problem.partners);
      await bringUp(step - 1);
      gather(start, rows, from);
      return { rows, points: x, gradient, start: from, ...factsOf(rows) };
    },
    async finish(step) {
      const { meanSquare } = await mover.move(step, rows);
      const moved = differ(x, rows, points);
      scatter(x, rows, points);
      if (carries) scatter(m, rows, momentum);
      if (stand.length > 0) for (const row of rows) stand[row] = step;
      return { meanSquare, moved };
    },
    async settled(step, last = false) {
      if (stand.length === 0 && last) return points;
      const out = copied(points);
      if (stand.length === 0) return out;
      for (let low = 0; low < n; low += b) {
        rows = Int32Array.from({ length: Math.min(b, n - low) }, (_, i) => low + i);
        await bringUp(step);
        scatter(x, rows, out);
      }
      return out;
    },
  };
}
