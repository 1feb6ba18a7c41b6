import { row } from '../../core/matrix.ts';
import type { Manifold, RowMaps } from '../contract.ts';

/** The row maps of a manifold from its maps of single points. */
// @__NO_SIDE_EFFECTS__
export function rowByRow(maps: Pick<Manifold, 'toRiemannianGradient' | 'flowInPlace'>): RowMaps {
  return {
    push(_engine, points, gradient, momentum, keep, weight) {
      const sums = new Float64Array(4 * points.rows);
      const tangent = new Float64Array(points.cols);
      for (let i = 0; i < points.rows; i++) {
        sums[4 * i] = maps.toRiemannianGradient(row(points, i), row(gradient, i), tangent);
        const m = row(momentum, i);
        for (let c = 0; c < m.length; c++) m[c] = keep[i] * m[c] + weight * tangent[c];
      }
      return sums;
    },
    flow(_engine, points, velocities, times) {
      const before = new Float64Array(points.cols);
      let moved = false;
      for (let i = 0; i < points.rows; i++) {
        if (times[i] === 0) continue;
        const x = row(points, i);
        before.set(x);
        maps.flowInPlace(x, row(velocities, i), times[i]);
        moved ||= before.some((value, c) => value !== x[c]);
      }
      return moved;
    },
  };
}
