import type * as tensorflow from '@tensorflow/tfjs-core';
import type { FusedLoss } from '../learning/index.ts';
import { type EngineAndRandom, lossAt, requireSameShape, rowsIn } from './loss-at.ts';

/** What is used of TensorFlow.js: `@tensorflow/tfjs` or its core. */
export type TensorFlow = Pick<typeof tensorflow, 'customGrad' | 'mul' | 'scalar' | 'tensor2d'>;

/**
 * An objective of the catalogue as a term of a loss in TensorFlow.js: a function of the points whose value and gradient
 * are those of the objective. TensorFlow.js differentiates functions that answer at once, and objectives answer
 * later; so the term is computed before the step at the points as they are then, and is right for these alone:
 *
 *     const spread = await objectiveAt(tf, prototypes, koleo.bind());
 *     optimizer.minimize(() => tf.add(taskLoss(), tf.mul(0.1, spread(prototypes))));
 *
 * For points that a model computes, run the model once to get them, and again inside the step. A term is for one step:
 * a sampled objective wants `{ random: Random.fromSeed(step) }`.
 *
 * @param points n × d; most objectives want unit rows
 * @param objective such as `koleo.bind()`
 * @param context what the objective wants besides, and `engine` to choose one
 * @throws ShapeError where the points have not two axes, or the term gets points of another shape
 */
export async function objectiveAt<Context extends EngineAndRandom>(
  tf: TensorFlow,
  points: tensorflow.Tensor,
  objective: FusedLoss<Context>,
  context: Partial<Context> = {},
): Promise<(points: tensorflow.Tensor) => tensorflow.Scalar> {
  const where = `${objective.name} in TensorFlow.js`;
  const rows = rowsIn(where, await points.data(), points.shape);
  const { loss, gradient } = await lossAt(rows, objective, context);
  const term = tf.customGrad<tensorflow.Scalar>(() => ({
    value: tf.scalar(loss),
    gradFunc: (above) => tf.mul(above, tf.tensor2d(gradient.data, [rows.rows, rows.cols])),
  }));
  return (given) => {
    requireSameShape(where, rows, given.shape);
    return term(given);
  };
}
