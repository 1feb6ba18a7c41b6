import type { Matrix } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Manifold } from '../../../manifolds/contract.ts';
import type { MomentumRule, StepRows } from './momentum.ts';
import { powers } from './schedule.ts';

/** Moves rows by their momentum. */
export interface Mover {
  /**
   * x, m ← where the momentum alone takes row `rows[i]` from step `stand[rows[i]]` to step `to`. m keeps
   * its length until `move` takes the idle steps off it.
   */
  coast(rows: Int32Array, stand: Int32Array, to: number): Promise<void>;
  /**
   * One step of all rows with the Euclidean gradient in `gradient`.
   */
  move(step: number, rows: StepRows): Promise<Moved>;
}

export interface Moved {
  /** Mean squared norm of the Riemannian gradients of the step's rows. */
  readonly meanSquare: number;
  /** Whether any coordinate changed. */
  readonly moved: boolean;
}

/** The rows a mover moves, their momentum, and the Euclidean gradient: b × d each. */
export interface Moving {
  readonly x: Matrix;
  readonly m: Matrix;
  readonly gradient: Matrix;
}

export function rowMover(
  { rows: maps }: Manifold,
  rule: MomentumRule,
  steps: number,
  engine: Engine,
  { x, m, gradient }: Moving,
): Mover {
  const b = x.rows;
  const squaredNorms = new Float64Array(b);
  const times = new Float64Array(b);
  // Of the momentum, idle steps included.
  const keep = new Float64Array(b).fill(rule.decay);
  // Steps without a gradient just before this one.
  const idle = new Int32Array(b);
  const kept = powers(rule.decay, steps);
  return {
    async coast(rows, stand, to) {
      for (let i = 0; i < b; i++) {
        // The last block of all rows may be short.
        const from = i < rows.length ? stand[rows[i]] : to;
        idle[i] = to - from;
        keep[i] = rule.decay * kept[idle[i]];
        times[i] = idle[i] === 0 ? 0 : -rule.coast(rows[i], from, to);
      }
      await maps.flow(engine, x, m, times);
    },
    async move(step, rows) {
      const pushed = await maps.push(engine, x, gradient, m, keep, rule.weight);
      let sum = 0;
      for (let i = 0; i < b; i++) {
        squaredNorms[i] = pushed[4 * i];
        sum += squaredNorms[i];
      }
      rule.observe(step, rows, squaredNorms, idle);
      for (let i = 0; i < b; i++) times[i] = -rule.rate(step, rows === undefined ? i : rows[i]);
      const moved = await maps.flow(engine, x, m, times, pushed);
      return { meanSquare: sum / b, moved };
    },
  };
}
