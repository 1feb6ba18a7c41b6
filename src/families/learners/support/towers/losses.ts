import type { Matrix } from '../../../../core/matrix.ts';
import { add, linear, meanSquaredError, scale, type Tensor } from '../../../../learning/index.ts';
import type { Batch } from '../../types.ts';
import {
  annealed,
  half,
  marginSoftmax,
  sigmoidLoss,
  softClip,
  symmetricCrossEntropy,
  symmetricSoftCrossEntropy,
} from './contrast.ts';
import { hardestHinge } from './hinge.ts';
import { entailment, lorentzDistances } from './lorentz.ts';
import { geodesicNegatives, geodesicNeighbors, type MixOptions, mixedInputs } from './mixing.ts';
import type { LOSSES, Side, Towers } from './network.ts';

export interface LossOptions extends MixOptions {
  readonly loss: (typeof LOSSES)[number];
  readonly margin: number;
  /** Of soft-clip, at the end. */
  readonly softTemperature: number;
  /** Share of the steps of bi-mixco that mix. */
  readonly mixed: number;
  /** Weight of the entailment of meru. */
  readonly entailment: number;
  /** √c·‖x‖ below which cones are as wide as they get. */
  readonly leastRadius: number;
  /** Weight of the cross-entropy to centers of both sides. */
  readonly clusterWeight: number;
  /** Weight of what embeddings miss of their inputs. */
  readonly reconstructionWeight: number;
  /** Share of slap that predicts the other side, not its own. */
  readonly across: number;
}

/** The pairs of a step: row i of both is about the same thing. */
export interface PairsOfStep extends Pick<Batch, 'step' | 'steps' | 'random'> {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly rows: Int32Array;
}

/** The loss, and where the rows of the first side lie. */
export interface TowerLoss {
  readonly loss: Tensor;
  readonly placed: Tensor;
  readonly report?: Readonly<Record<string, Tensor>>;
  /** Placed rows of both sides, where they are to be remembered. */
  readonly values?: SidesOf;
}

type SidesOf = Readonly<Record<Side, Tensor>>;

export function lossOfTowers(towers: Towers, pairs: PairsOfStep, options: LossOptions): TowerLoss {
  const inputs = {
    a: towers.inputs('a', pairs.a, pairs.rows),
    b: towers.inputs('b', pairs.b, pairs.rows),
  };
  const b = towers.placed('b', inputs.b);
  const found = lossOfPairs(towers, inputs, b, pairs, options);
  return withTerms(towers, found, inputs, { a: found.placed, b }, options);
}

/** The loss of pairs, and beside it what centers and reconstructions add. */
function withTerms(
  { clustering, logits, reconstructed }: Towers,
  found: TowerLoss,
  inputs: SidesOf,
  { a, b }: SidesOf,
  { clusterWeight, reconstructionWeight }: LossOptions,
): TowerLoss {
  const clusters = clustering?.loss(a, b, logits);
  const missed = (['a', 'b'] as const).flatMap((side) => {
    const told = reconstructed(side, { a, b }[side]);
    return told ? [meanSquaredError(told, inputs[side])] : [];
  });
  const reconstruction = missed.length > 0 ? missed.reduce(add) : undefined;
  let { loss } = found;
  if (clusters) loss = add(loss, scale(clusters, clusterWeight));
  if (reconstruction) loss = add(loss, scale(reconstruction, reconstructionWeight));
  return {
    ...found,
    loss,
    ...(clustering && { values: { a, b } }),
    ...((clusters || reconstruction) && {
      report: {
        ...found.report,
        pairs: found.loss,
        ...(clusters && { clusters }),
        ...(reconstruction && { reconstruction }),
      },
    }),
  };
}

function lossOfPairs(
  towers: Towers,
  inputs: SidesOf,
  b: Tensor,
  pairs: PairsOfStep,
  options: LossOptions,
): TowerLoss {
  const { step, steps, random } = pairs;
  const mixing = options.loss === 'bi-mixco' ? Math.round(options.mixed * steps) : 0;
  if (step <= mixing) {
    const mixed = mixedInputs(inputs.a, random);
    const placed = towers.placed('a', mixed.rows);
    const logits = towers.logits(linear(placed, b));
    return { loss: symmetricSoftCrossEntropy(logits, mixed.targets), placed };
  }
  const a = towers.placed('a', inputs.a);
  switch (options.loss) {
    case 'clip':
      return { loss: symmetricCrossEntropy(towers.logits(linear(a, b))), placed: a };
    case 'sigmoid':
      return { loss: sigmoidLoss(towers.logits(linear(a, b)), towers.like), placed: a };
    case 'triplet':
      return { loss: hardestHinge(linear(a, b), options.margin), placed: a };
    case 'margin-softmax':
      return {
        loss: marginSoftmax(linear(a, b), options.margin, towers.logits, towers.like),
        placed: a,
      };
    case 'distance':
      return { loss: scale(meanSquaredError(a, b), a.shape[1]), placed: a };
    case 'soft-clip':
    case 'bi-mixco': {
      const share = (step - mixing - 1) / Math.max(1, steps - mixing - 1);
      return { loss: softClip(a, b, annealed(options.softTemperature, share)), placed: a };
    }
    case 'm2':
    case 'm3':
      return mixedLoss(towers, a, b, pairs, options);
    case 'meru':
      return lorentzLoss(towers, a, b, options);
    case 'slap':
      return { loss: predictionLoss(towers, a, b, inputs, options.across), placed: a };
  }
}

function mixedLoss(
  { logits, like }: Towers,
  a: Tensor,
  b: Tensor,
  { random }: PairsOfStep,
  options: LossOptions,
): TowerLoss {
  const sides = { a, b, logits, like };
  const base = symmetricCrossEntropy(logits(linear(a, b)));
  const negatives = geodesicNegatives(sides, options, random.fork('negatives'));
  const mixed =
    options.loss === 'm2'
      ? negatives
      : add(negatives, geodesicNeighbors(sides, options, random.fork('neighbors')));
  return { loss: add(base, mixed), placed: a, report: { clip: base, mixed } };
}

function lorentzLoss(
  { logits, curvature }: Towers,
  a: Tensor,
  b: Tensor,
  { entailment: weight, leastRadius }: LossOptions,
): TowerLoss {
  const c = curvature as Tensor;
  const contrast = symmetricCrossEntropy(logits(scale(lorentzDistances(a, b, c), -1)));
  if (weight === 0) return { loss: contrast, placed: a };
  const cones = entailment(b, a, c, leastRadius);
  return {
    loss: add(contrast, scale(cones, weight)),
    placed: a,
    report: { contrast, entailment: cones },
  };
}

/** w·(ℓ(q_a, z̄_b) + ℓ(q_b, z̄_a))/2 + (1 − w)·(ℓ(q_a, z̄_a) + ℓ(q_b, z̄_b))/2, ℓ(q, z) = ‖q − z‖². */
function predictionLoss(
  { predicted, target }: Towers,
  a: Tensor,
  b: Tensor,
  inputs: { readonly a: Tensor; readonly b: Tensor },
  across: number,
): Tensor {
  const [ofA, ofB] = [predicted('a', a), predicted('b', b)];
  const [toA, toB] = [target('a', inputs.a), target('b', inputs.b)];
  const d = a.shape[1];
  const distance = (q: Tensor, z: Tensor) => scale(meanSquaredError(q, z), d);
  const crossed = half(distance(ofA, toB), distance(ofB, toA));
  const own = half(distance(ofA, toA), distance(ofB, toB));
  return add(scale(crossed, across), scale(own, 1 - across));
}
