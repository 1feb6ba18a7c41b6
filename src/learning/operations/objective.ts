import type { Floats, Matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

/** A loss over rows that brings its own gradient, as every objective of the catalogue once its options are settled. */
export interface FusedLoss<Context> {
  readonly name: string;
  lossAndGradient(points: Matrix, gradient: Matrix, context: Context): MaybePromise<number>;
}

interface EngineAndRandom {
  readonly engine: Engine;
  readonly random: Random;
}

/**
 * An objective of the catalogue as a node: its loss, and its fused gradient on the way back.
 *
 * @param rows n × d; most objectives want unit rows: `normalizeRows`, or a parameter on the sphere
 * @param objective such as `koleo.bind()`
 * @param context what the objective wants besides: `random` (for sampled ones, a stream of this step), `classes`, …
 */
export function objective<Context extends EngineAndRandom>(
  rows: Tensor,
  { name, lossAndGradient }: FusedLoss<Context>,
  context: Partial<Omit<Context, 'engine'>> = {},
): Tensor {
  const [n, d] = rowsOf(rows.shape);
  let fused: Floats | undefined;
  return operation(name, [rows], [], {
    async forward({ engine, inputs: [data], out, room }) {
      fused = room(n * d);
      const points = { data, rows: n, cols: d };
      const settled = { random: Random.fromSeed(0), ...context, engine } as unknown as Context;
      out[0] = await lossAndGradient(points, { data: fused, rows: n, cols: d }, settled);
    },
    backward({ gradient, to: [toRows] }) {
      if (!toRows || !fused) return;
      for (let e = 0; e < toRows.length; e++) toRows[e] = gradient[0] * fused[e];
    },
  });
}
