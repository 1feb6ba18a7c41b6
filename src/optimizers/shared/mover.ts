import type { Matrix } from '../../core/matrix.ts';
import type { Manifold } from '../../manifolds/contract.ts';
import type { MomentumRule, StepRows } from './momentum.ts';
import { rowViews } from './rows.ts';
import { powers } from './schedule.ts';

/** Moves rows by their momentum. */
export interface Mover {
  /** Steps without a gradient just before this one, for each row; to be set before `move`. */
  readonly idle: Int32Array;
  /**
   * x, m ← where the momentum alone, as it was after step `from`, takes the i-th row by step `to`.
   * Sets `idle[i]`; m keeps its length until `move` takes the idle steps off it.
   */
  coast(i: number, row: number, from: number, to: number): void;
  /**
   * One step of all rows with the Euclidean gradient in `gradient`, which becomes the Riemannian
   * one. Returns its mean squared norm.
   */
  move(step: number, rows: StepRows): number;
}

/** A mover of the rows of x with momentum m, all b × d; it makes one view per row, once. */
export function rowMover(
  manifold: Manifold,
  rule: MomentumRule,
  steps: number,
  { x, m, gradient }: { readonly x: Matrix; readonly m: Matrix; readonly gradient: Matrix },
): Mover {
  const b = x.rows;
  const points = rowViews(x);
  const momenta = rowViews(m);
  const gradients = rowViews(gradient);
  const squaredNorms = new Float64Array(b);
  const idle = new Int32Array(b);
  const kept = powers(rule.decay, steps);
  return {
    idle,
    coast(i, row, from, to) {
      idle[i] = to - from;
      const time = idle[i] === 0 ? 0 : rule.coast(row, from, to);
      if (time !== 0) manifold.flowInPlace(points[i], momenta[i], -time);
    },
    move(step, rows) {
      let sum = 0;
      for (let i = 0; i < b; i++) {
        const g = gradients[i];
        squaredNorms[i] = manifold.toRiemannianGradient(points[i], g, g);
        sum += squaredNorms[i];
      }
      rule.observe(step, rows, squaredNorms, idle);
      for (let i = 0; i < b; i++) {
        const g = gradients[i];
        const momentum = momenta[i];
        const old = rule.decay * kept[idle[i]];
        for (let c = 0; c < g.length; c++) momentum[c] = old * momentum[c] + rule.weight * g[c];
        const time = rule.rate(step, rows === undefined ? i : rows[i]);
        // A rate of 0 moves nothing, not even the last place by scaling to unit length again.
        if (time !== 0) manifold.flowInPlace(points[i], momentum, -time);
      }
      return sum / b;
    },
  };
}
