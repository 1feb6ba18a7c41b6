import type { Floats, Matrix } from '../../core/matrix.ts';
import { gathered, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  addRows,
  constant,
  evaluate,
  type MemoryBank,
  memoryBank,
  mlp,
  type Parameter,
  scale,
  type Tensor,
  type Workspace,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { coverageOf } from './support/coverage.ts';
import { discriminatorLoss, generatorLoss } from './support/generator-losses.ts';
import { given } from './support/given.ts';
import { rangeOf, type Scaling, scaledRows, scalingOf } from './support/inputs.ts';
import { perceptron } from './support/perceptron.ts';
import { updateOf } from './support/updates.ts';

/** Rows whose coverage is measured, at most, and the neighbor that their balls reach to. */
const MEASURED = 500;
const NEIGHBOR = 5;

/**
 * A generator of rows like the given ones, learned against a discriminator that is an embedding.
 *
 *     D ← D + Adam of −[mean D(x) − mean D(x̃)] + w·H(D(x)) + λ·local + κ·isometry
 *     G ← G + Adam of −mean D(G(z)) + w·H(D(G(z)))
 *     H(c) = −log mean_i min_b ‖cᵢ − b‖²,   local = mean (D(x) − D(x + noise))², of x and of x̃
 *     isometry = mean (D(αx + (1 − α)x̃) − [αD(x) + (1 − α)D(x̃) + noise])²,   α normal, the target fixed
 *
 * x n × d rows of the batch; x̃ = G(z), z normal of `dim` columns; D gives each row a code of `codeLength` numbers; b the
 * codes of the last `bank` rows of their kind. With `logistic` the mean of a code is the logit of a usual GAN, and
 * the generator’s loss the one that does not saturate.
 *
 * @remarks The entropy H drives what the generator draws from what it drew before, seen by the discriminator, against
 * the collapse to a few modes. The linear loss has nothing but `local` and `isometry` to hold its discriminator: without
 * them take `logistic`. A step moves the one or the other network: the generator once in `discriminatorSteps` + 1.
 * `embed` draws `samples` rows, always the same. `coverage` is the share of rows near to which rows are drawn, `precision` the
 * share of drawn rows near to a given one.
 * @example
 * import { matrix } from 'tammes';
 * import { generator } from 'tammes/learners';
 *
 * // Two clumps on a line.
 * const points = matrix(Float32Array.from({ length: 100 }, (_, i) => (i % 2 ? 3 : -3) + (i % 7) / 10), 100, 1);
 * const { model } = await generator({ points }, { steps: 40, samples: 20 });
 * console.log((await generator.embed(model, {})).points.rows); // 20
 * @function
 */
export const generator = /* @__PURE__ */ defineLearner({
  id: 'generator',
  title: 'Generator with manifold entropy (MEE)',
  summary: 'A GAN whose discriminator is an embedding in which drawn rows keep apart.',
  references: [cite(papers.combatingModeCollapseManifoldEntropyEstimation, 'the losses; train.py')],
  deviations: [
    'One bank serves all places of a batch, empty at first; the authors’ code keeps one for each place, with uniform numbers in it.',
    'Rows are augmented by noise alone: flips belong to images.',
  ],
  options: {
    dim: integer(8, 'Columns of the noise that rows are made of.', { min: 1 }),
    hidden: integer(128, 'Columns of the two hidden layers of both networks.', { min: 1 }),
    codeLength: integer(8, 'Numbers of a code of the discriminator.', { min: 1 }),
    adversarial: choice(
      ['logistic', 'linear'],
      'logistic',
      'The loss of the two against one another.',
    ),
    entropyWeight: number(0.001, 'Weight of the entropy of codes.', { min: 0, symbol: 'w' }),
    localWeight: number(0, 'Weight of codes that noise does not change (DLLE).', {
      min: 0,
      symbol: 'λ',
    }),
    isometryWeight: number(0, 'Weight of codes of mixed rows (DIsoMap).', { min: 0, symbol: 'κ' }),
    bank: integer(1024, 'Past codes that the entropy knows.', { min: 1 }),
    ramp: integer(500, 'Steps over which the entropy gains its weight.', { min: 0 }),
    discriminatorSteps: integer(3, 'Steps of the discriminator to one of the generator.', {
      min: 1,
    }),
    momentum: number(0.5, 'Decay β₁ of the mean gradient in Adam.', {
      min: 0,
      max: 0.999,
      symbol: 'β₁',
    }),
    samples: integer(1000, 'Rows that embed draws from the model.', { min: 1 }),
  },
  needs: ['points'],
  encodes: 'nothing',
  settle(examples, { dim, hidden, codeLength, bank, samples, seed }) {
    const [points] = given('generator', examples, ['points']);
    const shape = { inputs: points.cols, dim, hidden, codeLength, bank, samples, seed };
    return { ...shape, scaling: scalingOf(points) };
  },
  build({ inputs, dim, hidden, codeLength, bank, seed }, { like }) {
    const float64 = like instanceof Float64Array;
    const context = { seed, float64 };
    const made = mlp({ ...context, name: 'generator', sizes: [dim, hidden, hidden, inputs] });
    const told = mlp({
      ...context,
      name: 'discriminator',
      sizes: [inputs, hidden, hidden, codeLength],
    });
    const memory = () => memoryBank({ capacity: bank, cols: codeLength, float64 });
    const banks = { real: memory(), drawn: memory() };
    return {
      like,
      generator: made.parameters,
      discriminator: told.parameters,
      banks,
      parameters: [...made.parameters, ...told.parameters],
      also: { real: banks.real.arrays, drawn: banks.drawn.arrays },
    };
  },
  task(network, examples, options, settings) {
    const [points] = given('generator', examples, ['points']);
    const { like, generator: own, banks } = network;
    const { discriminatorSteps, ramp, entropyWeight, momentum } = options;
    return {
      rows: points.rows,
      update: updateOf(options, { beta1: momentum, beta2: 0.9 }),
      loss({ rows, step, random }) {
        const weight = entropyWeight * Math.min(1, step / Math.max(1, ramp));
        const real = scaledRows(points, rows, settings.scaling, like);
        const drawn = perceptron(latentRows(rows.length, settings.dim, random, like), own);
        const terms = { ...options, entropyWeight: weight };
        return step % (discriminatorSteps + 1) === 0
          ? generatorLoss(network, drawn, terms)
          : discriminatorLoss(network, real, drawn, terms, random.fork('noise'));
      },
      onStep({ values: { real, drawn } }) {
        if (real) banks.real.push(real);
        if (drawn) banks.drawn.push(drawn);
      },
      async report(workspace) {
        const count = Math.min(points.rows, MEASURED);
        const chosen = Random.fromSeed(options.seed).fork('measured').sample(points.rows, count);
        const drawn = await drawnRows(network, settings, count, workspace);
        return { ...coverageOf(gathered(points, chosen), drawn, NEIGHBOR), measured: count };
      },
    };
  },
  encode(network, _, settings) {
    const { samples, inputs } = settings;
    return {
      rows: samples,
      cols: inputs,
      block: (a, b) => drawnBlock(network, settings, rangeOf(a, b)),
    };
  },
});

interface Drawing {
  readonly dim: number;
  readonly inputs: number;
  readonly seed: number;
  readonly scaling: Scaling;
}

interface Maker {
  readonly generator: readonly Parameter[];
  readonly like: Floats;
}

/** The networks and memories of both. */
export interface GeneratorNetwork extends Maker {
  readonly discriminator: readonly Parameter[];
  readonly banks: { readonly real: MemoryBank; readonly drawn: MemoryBank };
}

function latentRows(rows: number, dim: number, random: Random, like: Floats): Tensor {
  const stream = random.fork('latent');
  const data = numbersLike(like, rows * dim);
  for (let e = 0; e < data.length; e++) data[e] = stream.normal();
  return constant(data, [rows, dim]);
}

/** Rows that the model draws, by number: row i is the same whatever is drawn beside it. */
function drawnBlock(
  { generator: own, like }: Maker,
  { dim, inputs, seed, scaling }: Drawing,
  rows: Int32Array,
): Tensor {
  const random = Random.fromSeed(seed).fork('samples');
  const data = numbersLike(like, rows.length * dim);
  for (const [i, row] of rows.entries()) {
    const stream = random.fork(row);
    for (let c = 0; c < dim; c++) data[i * dim + c] = stream.normal();
  }
  const made = perceptron(constant(data, [rows.length, dim]), own);
  const mean = numbersLike(like, inputs);
  mean.set(scaling.mean);
  return addRows(scale(made, scaling.deviation), constant(mean));
}

async function drawnRows(
  network: Maker,
  drawing: Drawing,
  count: number,
  workspace: Workspace,
): Promise<Matrix> {
  const values = await evaluate(drawnBlock(network, drawing, rangeOf(0, count)), workspace);
  return matrix(values, count, drawing.inputs);
}

function numbersLike(like: Floats, length: number): Floats {
  return new (like.constructor as new (n: number) => Floats)(length);
}
