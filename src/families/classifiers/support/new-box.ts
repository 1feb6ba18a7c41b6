import type { Floats } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import {
  adam,
  add,
  constant,
  multiply,
  parameter,
  scale,
  square,
  subtract,
  sum,
  type Tensor,
  train,
} from '../../../learning/index.ts';
import { boxCrossEntropy } from './box-cross-entropy.ts';
import type { PlacedRelation } from './box-relations.ts';
import { keepInBounds } from './fit-boxes.ts';

/** Independent normal distributions of the 2m numbers of a box. */
export interface BoxPrior {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** What is known of a new concept; boxes are rows of 2m numbers. */
export interface NewBox {
  readonly prior: BoxPrior;
  /** Things that are in it, and things that are not. */
  readonly inside: readonly Floats[];
  readonly outside: readonly Floats[];
  /** Concepts whose boxes contain it. */
  readonly above: readonly Floats[];
}

const [STEPS, RATE] = [150, 0.01];

/** The box of a new concept that is likeliest given its prior, its examples and the concepts above it. */
export async function likeliestBox(
  { prior, inside, outside, above }: NewBox,
  run: { readonly engine?: Engine; readonly work?: Work },
): Promise<Float64Array> {
  const width = prior.mean.length;
  const box = parameter('box', Float32Array.from(prior.mean), [1, width]);
  keepInBounds(box, width / 2);
  const mean = constant(Float32Array.from(prior.mean), [1, width]);
  const precision = constant(
    Float32Array.from(prior.variance, (variance) => 1 / variance),
    [1, width],
  );
  const likelihoods = [...thingsTerm(box, inside, outside), ...aboveTerm(box, above)];
  const unlikely = scale(sum(multiply(square(subtract(box, mean)), precision)), 0.5);
  const loss = likelihoods.reduce(add, unlikely);
  if (likelihoods.length > 0)
    await train({
      loss: () => loss,
      steps: STEPS,
      update: adam({ learningRate: RATE }),
      schedule: (step, steps) => 1 - step / (steps + 1),
      onStep: () => keepInBounds(box, width / 2),
      engine: run.engine,
      signal: run.work?.signal,
    });
  return Float64Array.from(box.data);
}

/** Together what is outside counts as much as what is inside: known concepts are many, and examples few. */
function thingsTerm(box: Tensor, inside: readonly Floats[], outside: readonly Floats[]): Tensor[] {
  const things = [...inside, ...outside];
  if (things.length === 0) return [];
  const share = Math.max(1, inside.length) / Math.max(1, outside.length);
  return [
    boxCrossEntropy(stacked(things), box, {
      targets: Float32Array.from(things, (_, i) => (i < inside.length ? 1 : 0)),
      weights: Float32Array.from(things, (_, i) => (i < inside.length ? 1 : share)),
    }),
  ];
}

function aboveTerm(box: Tensor, above: readonly Floats[]): Tensor[] {
  if (above.length === 0) return [];
  const ones = new Float32Array(above.length).fill(1);
  return [boxCrossEntropy(box, stacked(above), { targets: ones, weights: ones })];
}

function stacked(rows: readonly Floats[]): Tensor {
  const [{ length: width }] = rows;
  const data = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) data.set(row, i * width);
  return constant(data, [rows.length, width]);
}

/** Pairs of boxes that the general variance counts for, beside a relation's own pairs. */
const GENERAL_PAIRS = 5;
/** Least variance of a number of a box, which lies within 0.24. */
const LEAST_VARIANCE = 1e-4;

/** Mean and variance of known boxes. */
export function generalPrior(boxes: readonly Floats[]): BoxPrior {
  const width = boxes[0].length;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (const box of boxes) for (let k = 0; k < width; k++) mean[k] += box[k] / boxes.length;
  for (const box of boxes)
    for (let k = 0; k < width; k++) variance[k] += (box[k] - mean[k]) ** 2 / boxes.length;
  return { mean, variance: variance.map((own) => Math.max(own, LEAST_VARIANCE)) };
}

/** Where a relation says that a box is: its partner's box and the usual step between boxes of that relation. */
export function relatedPrior(
  relation: PlacedRelation['relation'],
  partner: Floats,
  known: readonly PlacedRelation[],
  boxOf: (place: number) => Floats | undefined,
  general: BoxPrior,
): BoxPrior {
  const steps = known
    .filter((own) => own.relation === relation)
    .flatMap(({ from, to }) => {
      const [a, b] = [boxOf(from), boxOf(to)];
      if (!a || !b) return [];
      const step = Float64Array.from(a, (x, k) => x - b[k]);
      return relation === 'is like' ? [step, step.map((x) => -x)] : [step];
    });
  const count = GENERAL_PAIRS + steps.length;
  const mean = Float64Array.from(partner, (_, k) => steps.reduce((all, own) => all + own[k], 0) / count);
  const variance = mean.map((middle, k) => {
    const squares = steps.reduce((all, own) => all + (own[k] - middle) ** 2, 0);
    return (GENERAL_PAIRS * general.variance[k] + squares) / count;
  });
  return { mean: mean.map((step, k) => partner[k] + step), variance };
}

/** What several priors say together: the product of their densities. */
export function productOf(priors: readonly BoxPrior[]): BoxPrior {
  const [first, ...others] = priors;
  return others.reduce((all, own) => {
    const variance = all.variance.map((v, k) => 1 / (1 / v + 1 / own.variance[k]));
    const mean = all.mean.map(
      (x, k) => variance[k] * (x / all.variance[k] + own.mean[k] / own.variance[k]),
    );
    return { mean, variance };
  }, first);
}
