import type * as jaxJs from '@jax-js/jax';
import type { FusedLoss } from '../learning/index.ts';
import { type EngineAndRandom, lossAt, requireSameShape, rowsIn } from './loss-at.ts';

/** What is used of jax-js (`@jax-js/jax`). */
export interface Jax {
  readonly numpy: Pick<typeof jaxJs.numpy, 'array'>;
  readonly lax: Pick<typeof jaxJs.lax, 'stopGradient'>;
}

/**
 * An objective of the catalogue as a term of a loss in jax-js: a function of the points whose value and gradient are
 * those of the objective. jax-js has no gradients of one's own and objectives answer later; so the gradient G is
 * computed before the step at the points as they are then, and the term is a surrogate, right for these alone:
 *
 *     term(X) = Σ X ⊙ G + stopGradient(loss − Σ X ⊙ G)
 *
 *     const spread = await objectiveAt(jax, prototypes.ref, koleo.bind());
 *     const [loss, gradient] = valueAndGrad((x) => taskLoss(x.ref).add(spread(x).mul(0.1)))(prototypes.ref);
 *
 * For points that a model computes, run the model once to get them, and again inside the loss. A term is for one step,
 * and stays outside `jit`; a sampled objective wants `{ random: Random.fromSeed(step) }`.
 *
 * @param points n × d, used up as jax-js does (`points.ref` keeps them); most objectives want unit rows
 * @param objective such as `koleo.bind()`
 * @param context what the objective wants besides, and `engine` to choose one
 * @throws ShapeError where the points have not two axes, or the term gets points of another shape
 */
export async function objectiveAt<Context extends EngineAndRandom>(
  { numpy, lax }: Jax,
  points: jaxJs.Array,
  objective: FusedLoss<Context>,
  context: Partial<Context> = {},
): Promise<(points: jaxJs.Array) => jaxJs.Array> {
  const where = `${objective.name} in jax-js`;
  const { shape } = points;
  const rows = rowsIn(where, await points.data(), shape);
  const { loss, gradient } = await lossAt(rows, objective, context);
  return (given) => {
    requireSameShape(where, rows, given.shape);
    const slope = lax.stopGradient(numpy.array(gradient.data, { shape: [rows.rows, rows.cols] }));
    const linear = given.mul(slope).sum();
    return linear.ref.add(lax.stopGradient(linear.mul(-1).add(loss)));
  };
}
