import type { Random } from '../../../core/random.ts';
import {
  add,
  type Layer,
  type LossAndReport,
  meanSquaredError,
  normalizeRows,
  objective,
  scale,
  sliceRows,
  stopGradient,
  type Tensor,
  take,
} from '../../../learning/index.ts';
import type { BoundObjective } from '../../objectives/index.ts';
import { type Against, recipeOf } from './menu.ts';

interface ProjectedViews {
  /** 2b × p: the first views, then the second ones. */
  readonly rows: Tensor;
  readonly partners: Int32Array;
  /** Predicts one view from the other. */
  readonly predictor?: Layer | undefined;
  readonly random: Random;
}

interface Weights {
  readonly against: Against;
  /** Factors on the weights of the recipe. */
  readonly againstWeight: number;
  readonly alignment: number;
}

/** The distance of the views, and what keeps them from falling together; both are reported. */
export function lossOfViews(
  { rows, partners, predictor, random }: ProjectedViews,
  { against, againstWeight, alignment }: Weights,
): LossAndReport {
  const recipe = recipeOf(against);
  const placed = (z: Tensor) => (recipe.rows === 'unit' ? normalizeRows(z) : z);
  const views = placed(rows);
  const draw = random.fork('against');
  const spreading = recipe.objective
    ? scale(
        recipe.isPaired
          ? objective(views, recipe.objective, { partners, random: draw })
          : ofEachView(views, recipe.objective, draw),
        againstWeight * recipe.weight,
      )
    : undefined;
  if (recipe.isPaired && spreading) return { loss: spreading };
  const predicted = predictor
    ? meanSquaredError(placed(predictor(rows)), stopGradient(take(views, partners)))
    : meanSquaredError(...halves(views));
  const columns = recipe.rows === 'unit' ? rows.shape[1] : 1;
  const distance = scale(predicted, alignment * recipe.alignment * columns);
  if (!spreading) return { loss: distance };
  return {
    loss: add(distance, spreading),
    report: { alignment: distance, against: spreading },
  };
}

function halves(views: Tensor): [Tensor, Tensor] {
  const b = views.shape[0] / 2;
  return [sliceRows(views, 0, b), sliceRows(views, b, 2 * b)];
}

/** The mean of the objective over both views: the partner of a row does not stand in its way. */
function ofEachView(views: Tensor, against: BoundObjective, random: Random): Tensor {
  const [first, second] = halves(views).map((view, at) =>
    objective(view, against, { random: random.fork(at) }),
  );
  return scale(add(first, second), 0.5);
}
