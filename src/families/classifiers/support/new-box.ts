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
import type { BoxPrior } from './box-prior.ts';
import { keepInBounds } from './fit-boxes.ts';

/** What is known of a new concept; boxes are rows of 2m numbers. */
export interface NewBox {
  readonly prior: BoxPrior;
  /** Things that are in it, and things that are not. */
  readonly inside: readonly Floats[];
  readonly outside: readonly Floats[];
  /** Concepts whose boxes contain it. */
  readonly above: readonly Floats[];
}

const [STEPS, RATE] = [100, 0.01];

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
