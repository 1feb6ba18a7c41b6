import type { Floats } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import {
  add,
  constant,
  logSigmoid,
  type MemoryBank,
  mean,
  meanSquaredError,
  multiply,
  normalizeRows,
  objective,
  type Parameter,
  scale,
  stopGradient,
  subtract,
  type Tensor,
} from '../../../learning/index.ts';
import { neighborEntropy } from '../../objectives/index.ts';
import type { LossOfStep } from '../types.ts';
import { frozen, perceptron } from './perceptron.ts';

/** Deviations of the noise that makes a neighbor of a row, and of that on the codes of mixed rows. */
const NEAR = 0.001;
const BLUR = 0.05;

export interface GeneratorTerms {
  readonly adversarial: 'linear' | 'logistic';
  readonly entropyWeight: number;
  readonly localWeight: number;
  readonly isometryWeight: number;
}

interface Discriminator {
  readonly like: Floats;
  readonly discriminator: readonly Parameter[];
  readonly banks: { readonly real: MemoryBank; readonly drawn: MemoryBank };
}

/** Of the discriminator, which tells rows that were drawn from real ones. */
export function discriminatorLoss(
  { like, discriminator, banks }: Discriminator,
  real: Tensor,
  drawn: Tensor,
  terms: GeneratorTerms,
  random: Random,
): LossOfStep {
  const { entropyWeight, localWeight, isometryWeight } = terms;
  const fake = stopGradient(drawn);
  const codesOf = (x: Tensor) => perceptron(x, discriminator);
  const [ofReal, ofFake] = [codesOf(real), codesOf(fake)];
  let loss = againstDrawn(ofReal, ofFake, terms);
  if (localWeight > 0) {
    const apart = (x: Tensor, codes: Tensor, name: string) => {
      const near = add(x, noise(x, NEAR, random.fork(name), like));
      return meanSquaredError(codes, stopGradient(codesOf(near)));
    };
    const local = add(apart(real, ofReal, 'near real'), apart(fake, ofFake, 'near drawn'));
    loss = add(loss, scale(local, localWeight));
  }
  if (isometryWeight > 0) {
    const [n] = real.shape;
    const shares = Float64Array.from({ length: n }, normalsOf(random.fork('shares')));
    const mixed = mixture(real, fake, shares, like);
    const target = add(
      mixture(ofReal, ofFake, shares, like),
      noise(ofReal, BLUR, random.fork('blur'), like),
    );
    const isometry = meanSquaredError(codesOf(mixed), stopGradient(target));
    loss = add(loss, scale(isometry, isometryWeight));
  }
  return withEntropy(loss, ofReal, banks.real, entropyWeight, 'real');
}

/** Of the generator, whose rows are to be taken for real and to keep apart; the discriminator stays. */
export function generatorLoss(
  { discriminator, banks }: Discriminator,
  drawn: Tensor,
  { adversarial, entropyWeight }: GeneratorTerms,
): LossOfStep {
  const codes = perceptron(drawn, frozen(discriminator));
  const loss =
    adversarial === 'linear' ? scale(mean(codes), -1) : scale(mean(logSigmoid(logits(codes))), -1);
  const whole = withEntropy(loss, codes, banks.drawn, entropyWeight, 'drawn');
  return { ...whole, spread: normalizeRows(codes) };
}

function againstDrawn(
  ofReal: Tensor,
  ofFake: Tensor,
  { adversarial }: Pick<GeneratorTerms, 'adversarial'>,
): Tensor {
  if (adversarial === 'linear') return subtract(mean(ofFake), mean(ofReal));
  const right = (codes: Tensor, sign: number) => mean(logSigmoid(scale(logits(codes), sign)));
  return scale(add(right(ofReal, 1), right(ofFake, -1)), -1);
}

/** The mean of each code. */
function logits(codes: Tensor): Tensor {
  return mean(codes, codes.shape.length - 1);
}

/** The loss, less the weighted entropy of the codes beside those of the bank, which is to take them in. */
function withEntropy(
  loss: Tensor,
  codes: Tensor,
  bank: MemoryBank,
  weight: number,
  name: 'real' | 'drawn',
): LossOfStep {
  if (weight === 0) return { loss };
  const values = { [name]: codes };
  if (bank.size === 0) return { loss, values };
  const entropy = objective(codes, neighborEntropy.bind(), { buffer: bank.rows() });
  return { loss: add(loss, scale(entropy, weight)), values };
}

/** αᵢaᵢ + (1 − αᵢ)bᵢ, row by row. */
function mixture(a: Tensor, b: Tensor, shares: Float64Array, like: Floats): Tensor {
  const [n, d] = a.shape;
  const weights = numbersLike(like, n * d);
  for (let e = 0; e < weights.length; e++) weights[e] = shares[Math.floor(e / d)];
  const others = weights.map((weight) => 1 - weight);
  const share = (x: Tensor, own: Floats) => multiply(x, constant(own, x.shape));
  return add(share(a, weights), share(b, others));
}

function noise({ shape }: Tensor, deviation: number, random: Random, like: Floats): Tensor {
  const data = numbersLike(like, shape[0] * shape[1]);
  for (let e = 0; e < data.length; e++) data[e] = deviation * random.normal();
  return constant(data, shape);
}

const normalsOf = (random: Random) => () => random.normal();

function numbersLike(like: Floats, length: number): Floats {
  return new (like.constructor as new (n: number) => Floats)(length);
}
