import {
  add,
  constant,
  dense,
  gelu,
  linear,
  matmul,
  mean,
  meanSquaredError,
  normalizeRows,
  type Parameter,
  relu,
  scale,
  square,
  stopGradient,
  subtract,
  type Tensor,
} from '../../../learning/index.ts';
import type { Side } from '../types.ts';
import { type ResidualShape, residual, residualWeights, type Weights } from './residual-network.ts';

export interface TranslatorShape {
  readonly a: number;
  readonly b: number;
  readonly latent: number;
  readonly hidden: number;
  readonly blocks: number;
}

/** How much each term counts; the generators' terms against the critics count once. */
export interface TermWeights {
  readonly cycle: number;
  readonly preservation: number;
  readonly adversarial: number;
}

const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

const partsOf = ({ a, b, latent, hidden, blocks }: TranslatorShape) => {
  const part = (name: string, inputs: number, outputs: number): ResidualShape => ({
    name,
    inputs,
    outputs,
    hidden,
    blocks,
  });
  return {
    'in-a': part('in-a', a, latent),
    'in-b': part('in-b', b, latent),
    shared: part('shared', latent, latent),
    'out-a': part('out-a', latent, a),
    'out-b': part('out-b', latent, b),
  };
};

/** Adapters into and out of a latent space that both sides share, each a residual network; it begins as x cut or filled up. */
export function translatorWeights(
  shape: TranslatorShape,
  begin: { readonly seed: number; readonly float64: boolean },
): Parameter[] {
  return Object.values(partsOf(shape)).flatMap((part) => residualWeights(part, begin));
}

export function latentOf(shape: TranslatorShape, weights: Weights, x: Tensor, side: Side): Tensor {
  const parts = partsOf(shape);
  return residual(parts.shared, weights, residual(parts[`in-${side}`], weights, x));
}

/** Unit rows of one side for latent rows. */
export function rowsFrom(shape: TranslatorShape, weights: Weights, z: Tensor, side: Side): Tensor {
  return normalizeRows(residual(partsOf(shape)[`out-${side}`], weights, z));
}

/** Networks of two hidden layers that tell rows of a space from translations into it. */
export function criticWeights(
  { a, b, latent, hidden }: TranslatorShape,
  begin: { readonly seed: number; readonly float64: boolean },
): Parameter[] {
  return Object.entries({ 'critic-a': a, 'critic-b': b, 'critic-latent': latent }).flatMap(
    ([name, inputs]) =>
      [
        dense({ name: `${name}.0`, inputs, outputs: hidden, initial: 'he', ...begin }),
        dense({ name: `${name}.1`, inputs: hidden, outputs: hidden, initial: 'he', ...begin }),
        dense({ name: `${name}.2`, inputs: hidden, outputs: 1, ...begin }),
      ].flatMap(({ parameters }) => parameters),
  );
}

function criticOf(name: string, weights: Weights, x: Tensor): Tensor {
  const by = (layer: number, input: Tensor) =>
    linear(input, weights(`${name}.${layer}.weight`), weights(`${name}.${layer}.bias`));
  return by(2, gelu(by(1, gelu(by(0, x)))));
}

/** 1 − the mean cosine of unit rows: ½ the mean of ‖x − y‖². */
const cosineLoss = (x: Tensor, y: Tensor) =>
  scale(meanSquaredError(x, y), (x.shape.at(-1) ?? 1) / 2);

const absolute = (x: Tensor) => add(relu(x), relu(scale(x, -1)));
const products = (x: Tensor, y: Tensor) => matmul(x, y, { transposeB: true });
const gapOf = (x: Tensor, y: Tensor) => mean(absolute(subtract(x, y)));
const total = (terms: readonly Tensor[]) => terms.reduce((sum, term) => add(sum, term));

function onesAlike({ data, shape: [n] }: Tensor) {
  return (data instanceof Float64Array ? new Float64Array(n) : new Float32Array(n)).fill(1);
}

/**
 * The loss of vec2vec on a batch of unit rows of each side, which need not belong together, and that of the critics: the
 * gradient of the first reaches the networks alone, that of the second the critics alone.
 */
export function translatorLoss(
  shape: TranslatorShape,
  weights: Weights,
  rows: Readonly<Record<Side, Tensor>>,
  { cycle, preservation, adversarial }: TermWeights,
) {
  const frozen: Weights = (name) => stopGradient(weights(name));
  const latents = {
    a: latentOf(shape, weights, rows.a, 'a'),
    b: latentOf(shape, weights, rows.b, 'b'),
  };
  const [n] = rows.a.shape;
  const one = constant(onesAlike(rows.a), [n, 1]);
  const terms = (['a', 'b'] as const).map((side) => {
    const x = rows[side];
    const own = products(x, x);
    const recovered = rowsFrom(shape, weights, latents[side], side);
    const translated = rowsFrom(shape, weights, latents[side], other(side));
    const back = rowsFrom(shape, weights, latentOf(shape, weights, translated, other(side)), side);
    const kept = (y: Tensor) => add(gapOf(own, products(y, y)), gapOf(own, products(y, x)));
    const preserved = total([
      kept(recovered),
      gapOf(own, products(translated, translated)),
      scale(kept(back), cycle),
    ]);
    return {
      side,
      translated,
      loss: total([
        cosineLoss(x, recovered),
        scale(cosineLoss(x, back), cycle),
        scale(preserved, preservation),
      ]),
    };
  });
  const shown = terms.map(({ side, translated }) => ({
    critic: `critic-${other(side)}`,
    real: rows[other(side)],
    fake: translated,
  }));
  const pairs = [...shown, { critic: 'critic-latent', real: latents.a, fake: latents.b }];
  const against = pairs.map(({ critic, fake }) => mean(square(criticOf(critic, frozen, fake))));
  const judged = pairs.map(({ critic, real, fake }) => {
    const ofReal = criticOf(critic, weights, stopGradient(real));
    const ofFake = criticOf(critic, weights, stopGradient(fake));
    return add(mean(square(ofReal)), mean(square(subtract(ofFake, one))));
  });
  const fooling = scale(total(against), adversarial / 2);
  const translator = total(terms.map(({ loss }) => loss));
  return { loss: total([translator, fooling, scale(total(judged), 0.5)]), translator, fooling };
}
