import { ShapeError } from '../../../core/errors.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { FusedLoss } from '../../../learning/index.ts';

interface Labelled {
  readonly engine: Engine;
  readonly random: Random;
  readonly classes?: Int32Array | undefined;
}

/**
 * The contrastive loss of pairs: rows of one class are pulled together, others pushed beyond the margin.
 *
 *     L = ½ mean over pairs of one class d² + ½ mean over other pairs [m − d]₊²
 *
 * over all pairs of rows, n × d; a kind of pair that does not occur adds nothing.
 */
export function contrastivePairs(margin: number): FusedLoss<Labelled> {
  return {
    name: 'contrastive-pairs',
    lossAndGradient(points, gradient, { classes }) {
      const { data: x, rows: n, cols: d } = points;
      if (classes?.length !== n)
        throw new ShapeError('contrastive-pairs', `${n} classes`, `${classes?.length ?? 0}`);
      const [ofOne, ofTwo] = countsOf(classes);
      const g = new Float64Array(n * d);
      let loss = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          let squared = 0;
          for (let c = 0; c < d; c++) squared += (x[i * d + c] - x[j * d + c]) ** 2;
          const distance = Math.sqrt(squared);
          const equal = classes[i] === classes[j];
          const gap = margin - distance;
          if (!equal && gap <= 0) continue;
          loss += equal ? squared / (2 * ofOne) : (gap * gap) / (2 * ofTwo);
          const slope = equal ? 1 / ofOne : distance > 0 ? -gap / (distance * ofTwo) : 0;
          for (let c = 0; c < d; c++) {
            const force = slope * (x[i * d + c] - x[j * d + c]);
            g[i * d + c] += force;
            g[j * d + c] -= force;
          }
        }
      }
      gradient.data.set(g);
      return loss;
    },
  };
}

/** Pairs of one class, and of two. */
function countsOf(classes: Int32Array): readonly [number, number] {
  const n = classes.length;
  const counts = new Map<number, number>();
  for (const c of classes) counts.set(c, (counts.get(c) ?? 0) + 1);
  let ofOne = 0;
  for (const count of counts.values()) ofOne += (count * (count - 1)) / 2;
  return [ofOne, (n * (n - 1)) / 2 - ofOne];
}
