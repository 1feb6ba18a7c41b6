import { type Matrix, matrix } from '../core/matrix.ts';
import { decoder } from '../families/directions/index.ts';
import { autoencoder } from '../families/learners/index.ts';
import { householder } from '../families/parametrizations/index.ts';
import { constant, evaluate, householder as reflected, Workspace } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import {
  type Decoder,
  decoderOf,
  relativeSpread,
  type Traversal,
  traversed,
  turnedWithin,
} from './support/decoders.ts';
import { loadImages } from './support/images.ts';
import { halved, measuredFactors, squares } from './support/squares.ts';

const RANK = 4;
/** Length of a step along a direction: a standard deviation of the codes that the loss asks for. */
const STEP = 1;

export default defineStudy({
  paper: papers.householderProjector,
  methods: ['parametrizations/householder', 'directions/decoder', 'learners/autoencoder'],
  quickSeeds: 2,
  claim:
    'A decoder whose first layer is made low-rank and orthogonal has clean, separate directions, at about the same quality.',
  data: [
    {
      name: '16 × 16 squares with a place, a size and a brightness of their own, 2,000 for training and 300 others',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: 'Fashion-MNIST at half its size',
      source: 'https://github.com/zalandoresearch/fashion-mnist',
      licence: 'MIT',
    },
  ],
  lines: {
    purity: {
      claim:
        'Along the directions of the projector a single factor changes more than along those of SeFa',
      unit: '%',
      baseline: 'SeFa on the ordinary first layer',
      holds: aboveBaseline(),
    },
    aboveRandom: {
      claim: 'It changes more than along random directions of the same codes',
      unit: '%',
      baseline: 'random directions, ordinary first layer',
      holds: aboveBaseline(),
    },
    sefa: {
      claim: 'SeFa on the ordinary layer beats random directions too',
      unit: '%',
      baseline: 'random directions, ordinary first layer',
      holds: aboveBaseline(),
    },
    own: {
      claim:
        'The reflections are better than their own span turned at random, which is the same weight',
      unit: '%',
      baseline: 'the span of the projector, turned at random',
      holds: aboveBaseline(),
    },
    even: {
      claim:
        'Steps along the four directions change the picture more evenly: spread of the path lengths',
      baseline: 'SeFa on the ordinary first layer',
      holds: belowBaseline(),
    },
    rest: {
      claim:
        'Along the other directions nothing changes: path length there, of that along the four',
      holds: atMost(1e-5),
    },
    quality: {
      claim: 'Squares kept from training are rebuilt within 5 % of the error',
      baseline: 'ordinary first layer, as many steps',
      holds: atMostTimesBaseline(1.05),
    },
    orthogonal: {
      claim: 'After training the frame is orthonormal to 1e-6: largest deviation of VᵀV',
      holds: atMost(1e-6),
    },
    garments: {
      claim:
        'On Fashion-MNIST a single measure (place, spread, brightness) changes more than along SeFa',
      unit: '%',
      baseline: 'SeFa on the ordinary first layer',
      holds: aboveBaseline(),
    },
    garmentsQuality: {
      claim: 'Garments kept from training are rebuilt within 5 % of the error',
      baseline: 'ordinary first layer, as many steps',
      holds: atMostTimesBaseline(1.05),
    },
  },
  readings: {
    squaresLength: { title: 'Mean path length along the four directions, projector' },
    squaresLengthSefa: { title: 'Mean path length along the four directions, SeFa' },
    squaresError: { title: 'Squares: error of the ordinary decoder, of the variance', unit: '%' },
    garmentsError: { title: 'Garments: error of the ordinary decoder, of the variance', unit: '%' },
  },
  deviations: [
    'A variational autoencoder with one hidden layer and 8 codes in the place of StyleGAN; both decoders go on for as many steps from the same start.',
    'Rank 4 in the place of 10, the number of planted factors; half as many steps again in the place of 1 % more. Noise and the length of the fine-tuning were chosen of three settings (noise 0.5 with a quarter as many steps, 1 and 2 with half as many) in single runs on two other seeds, for the error; the rules are older.',
    'All singular values of the projector are equal, so that a singular value decomposition of it, which the official code takes, gives any basis of the span: the columns of Q(V) are taken, which begin as the singular vectors of the trained weight. U and V turned alike within their spans are the same W, so that no loss can tell such directions apart. Rank 10 was not tried.',
    'Purity is the largest share of a measured factor in all changes, each in units of its standard deviation.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const [n, others] = quick ? [200, 60] : [2000, 300];
    const drawn = squares(n + others, random.fork('squares'));
    const ofSquares = await measured(study, part(drawn, 0, n), part(drawn, n, n + others));
    await tick(0.5);
    const { train, test } = await loadImages(study, 'fashion-mnist');
    const ofGarments = await measured(
      study,
      halved(part(train.images, 0, Math.min(n, train.images.rows))),
      halved(part(test.images, 0, others)),
    );
    const { projector, sefa, atRandom, turned, rest, errors } = ofSquares;
    return {
      purity: { value: projector.purity, baseline: sefa.purity },
      aboveRandom: { value: projector.purity, baseline: atRandom.purity },
      sefa: { value: sefa.purity, baseline: atRandom.purity },
      own: { value: projector.purity, baseline: turned.purity },
      even: { value: relativeSpread(projector.lengths), baseline: relativeSpread(sefa.lengths) },
      rest: meanOf(rest.lengths) / meanOf(projector.lengths),
      quality: { value: errors.projected, baseline: errors.ordinary },
      orthogonal: ofSquares.deviation,
      garments: { value: ofGarments.projector.purity, baseline: ofGarments.sefa.purity },
      garmentsQuality: {
        value: ofGarments.errors.projected,
        baseline: ofGarments.errors.ordinary,
      },
      squaresLength: meanOf(projector.lengths),
      squaresLengthSefa: meanOf(sefa.lengths),
      squaresError: errors.ordinary,
      garmentsError: ofGarments.errors.ordinary,
    };
  },
});

const meanOf = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;

const part = ({ data, cols }: Matrix, a: number, b: number): Matrix =>
  matrix(data.subarray(a * cols, b * cols), b - a, cols);

interface Answers {
  readonly projector: Traversal;
  readonly sefa: Traversal;
  readonly atRandom: Traversal;
  readonly turned: Traversal;
  readonly rest: Traversal;
  readonly errors: { readonly ordinary: number; readonly projected: number };
  readonly deviation: number;
}

/** Trains one decoder, goes on with and without the projector, and moves the codes of other pictures. */
async function measured(study: StudyContext, known: Matrix, others: Matrix): Promise<Answers> {
  const { engine, random, seed } = study;
  const { ordinary, projected, right } = await bothDecoders(study, known);
  const { basis: singular } = (
    await decoder({ points: ordinary.weight }, { count: RANK, draws: 0 }, { engine })
  ).directions;
  const frame = await frameOf(right, study);
  const along = async (of: Decoder, directions: Matrix) =>
    traversed(of, await of.codes(others), directions, STEP, measuredFactors);
  const every = identity(singular.cols);
  const stream = random.fork('directions').fork(seed);
  return {
    projector: await along(projected, frame),
    sefa: await along(ordinary, singular),
    atRandom: await along(ordinary, turnedWithin(every, RANK, stream.fork('random'))),
    turned: await along(projected, turnedWithin(frame, RANK, stream.fork('turned'))),
    rest: await along(projected, restOf(frame)),
    errors: {
      ordinary: await errorOf(ordinary, others),
      projected: await errorOf(projected, others),
    },
    deviation: deviationOf(frame),
  };
}

async function bothDecoders({ engine, signal, quick, seed }: StudyContext, known: Matrix) {
  const steps = quick ? 10 : 1200;
  const options = {
    loss: 'vae' as const,
    dim: 8,
    hidden: quick ? 32 : 128,
    noise: 1,
    heldOut: 0,
    batch: quick ? 32 : 64,
    learningRate: 0.003,
    weightDecay: 0,
    seed,
  } as const;
  const run = { engine, signal };
  const start = await autoencoder({ points: known }, { ...options, steps }, run);
  const more = { ...options, steps: steps / 2 };
  const ordinary = await autoencoder({ points: known }, more, { ...run, start: start.model });
  const parametrization = householder.bind({ rank: RANK, layer: layerOf(start.model.parameters) });
  const projected = await autoencoder({ points: known }, more, {
    ...run,
    start: start.model,
    parametrization,
  });
  const right = projected.parametrized?.parameters.find(
    ({ name }) => name === 'decoder.0.weight.householder.right',
  );
  if (!right) throw new Error('the first layer of the decoder is not projected');
  return {
    ordinary: decoderOf(ordinary.model, engine),
    projected: decoderOf(projected.model, engine),
    right,
  };
}

/** The place of the decoder's first weight among those of two axes. */
const layerOf = (parameters: readonly { name: string; shape: readonly number[] }[]) =>
  parameters
    .filter(({ shape }) => shape.length === 2)
    .findIndex(({ name }) => name === 'decoder.0.weight');

/** The first columns of Q(V), as rows: the directions of the projector. */
async function frameOf(
  right: { readonly data: ArrayLike<number>; readonly shape: readonly number[] },
  { engine }: StudyContext,
): Promise<Matrix> {
  const [r, d] = right.shape;
  const first = new Float32Array(r * d);
  for (let i = 0; i < r; i++) first[i * d + i] = 1;
  const vectors = constant(Float32Array.from(right.data), [r, d]);
  const rows = reflected(constant(first, [r, d]), vectors, { transposed: true });
  return matrix(Float64Array.from(await evaluate(rows, new Workspace(engine))), r, d);
}

function identity(d: number): Matrix {
  return matrix(
    Float64Array.from({ length: d * d }, (_, e) => (e % (d + 1) === 0 ? 1 : 0)),
    d,
    d,
  );
}

/** Orthonormal rows at right angles to those of a frame, by taking these off the axes one after the other. */
function restOf({ data, rows, cols: d }: Matrix): Matrix {
  const all = Array.from({ length: rows }, (_, i) => data.slice(i * d, (i + 1) * d));
  for (let axis = 0; axis < d && all.length < d; axis++) {
    const own = Float64Array.from({ length: d }, (_, c) => (c === axis ? 1 : 0));
    // Twice: what rounding leaves the first time is taken off the second.
    for (const other of [...all, ...all]) {
      const along = own.reduce((sum, x, c) => sum + x * other[c], 0);
      for (let c = 0; c < d; c++) own[c] -= along * other[c];
    }
    const norm = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
    if (norm > 0.1) all.push(own.map((x) => x / norm));
  }
  const rest = all.slice(rows).flatMap((own) => Array.from(own));
  return matrix(Float64Array.from(rest), all.length - rows, d);
}

/** Squared error of rebuilt pictures, as a share of their variance. */
async function errorOf(decoder: Decoder, others: Matrix): Promise<number> {
  const rebuilt = await decoder.pictures(await decoder.codes(others));
  const mean = new Float64Array(others.cols);
  others.data.forEach((x, e) => {
    mean[e % others.cols] += x / others.rows;
  });
  let [error, variance] = [0, 0];
  others.data.forEach((x, e) => {
    error += (x - rebuilt.data[e]) ** 2;
    variance += (x - mean[e % others.cols]) ** 2;
  });
  return error / variance;
}

function deviationOf({ data, rows, cols }: Matrix): number {
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let product = i === j ? -1 : 0;
      for (let c = 0; c < cols; c++) product += data[i * cols + c] * data[j * cols + c];
      worst = Math.max(worst, Math.abs(product));
    }
  }
  return worst;
}
