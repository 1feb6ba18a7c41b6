import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import { unitRows } from '../core/rows.ts';
import { classifier, type Examples } from '../families/learners/index.ts';
import { linearProbeAccuracy } from '../families/metrics/index.ts';
import type { Model } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMost,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { pooledImages } from './support/classified.ts';
import { geodesicError, orthonormalityError } from './support/frames.ts';
import { loadImages } from './support/images.ts';
import { measuredAlone } from './support/measured.ts';
import { loadRequests } from './support/requests.ts';

/** Dimensions of the subspaces; 0 stands for a softmax layer. */
const HEADS = [0, 1, 4, 8] as const;
type Subspace = (typeof HEADS)[number];

/** Intents that are learned, and those that a probe tells afterwards. */
const LEARNED = 30;
const UNSEEN = 60;

const accuracy = (k: number) => ({
  claim: `Subspaces of ${k === 1 ? 'one dimension' : `${k} dimensions`} lose no more than a point of accuracy on clothing`,
  unit: '%',
  baseline: 'softmax layer',
  holds: notBelowBaseline(0.01),
});

export default defineStudy({
  paper: papers.grassmannClassRepresentation,
  methods: ['learners/classifier', 'metrics/linear-probe-accuracy'],
  claim:
    'Classes as subspaces in place of vectors let features vary within a class: accuracy does not fall, and the features serve classes that were not learned better.',
  data: [
    {
      name: 'Fashion-MNIST, 2,000 images of ten kinds of clothing: learned',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'MNIST, 2,000 images of the ten digits: unseen',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'CLINC150: requests of 30 intents learned, of 60 others unseen, frozen sentence embeddings',
      source: 'study-data/clinc150, Universal Sentence Encoder',
      licence: 'CC BY 3.0; encoder Apache-2.0',
    },
  ],
  lines: {
    one: accuracy(1),
    four: accuracy(4),
    eight: accuracy(8),
    varyFour: {
      claim:
        'Clothing varies more within its class with subspaces of 4 dimensions (1 − ‖mean of unit features‖²)',
      baseline: 'subspaces of one dimension',
      holds: aboveBaseline(),
    },
    varyEight: {
      claim: 'Clothing varies more within its class with subspaces of 8 dimensions',
      baseline: 'softmax layer',
      holds: aboveBaseline(),
    },
    digitsOverVectors: {
      claim:
        'From clothing to digits: a linear probe does better on features of 8-dimensional subspaces',
      unit: '%',
      baseline: 'softmax layer',
      holds: aboveBaseline(),
    },
    digitsFour: {
      claim: 'From clothing to digits: a linear probe does better with 4 dimensions than with one',
      unit: '%',
      baseline: 'subspaces of one dimension',
      holds: aboveBaseline(),
    },
    digitsEight: {
      claim: 'From clothing to digits: a linear probe does better with 8 dimensions than with one',
      unit: '%',
      baseline: 'subspaces of one dimension',
      holds: aboveBaseline(),
    },
    intentsOverVectors: {
      claim:
        'From 30 intents to 60 others: a linear probe does better on features of 8-dimensional subspaces',
      unit: '%',
      baseline: 'softmax layer',
      holds: aboveBaseline(),
    },
    intentsEight: {
      claim:
        'From 30 intents to 60 others: a linear probe does better with 8 dimensions than with one',
      unit: '%',
      baseline: 'subspaces of one dimension',
      holds: aboveBaseline(),
    },
    orthonormal: {
      claim: 'Frames are still orthonormal after 1,000 steps: largest error of an inner product',
      holds: atMost(1e-6),
    },
    geodesic: {
      claim: 'A step of length t ends at distance t (8 of 128 dimensions): the largest difference',
      holds: atMost(1e-9),
    },
  },
  readings: {
    varySoftmax: { title: 'Variance within a class, clothing, softmax layer' },
    varyOne: { title: 'The same with subspaces of one dimension' },
    digitPixels: { title: 'Linear probe on the pixels of the digits', unit: '%' },
    intentVectors: { title: 'Linear probe on the frozen embeddings of the 60 intents', unit: '%' },
    intentsSoftmax: { title: 'Accuracy on the 30 intents, softmax layer', unit: '%' },
    intentsAccuracy: { title: 'The same with subspaces of 8 dimensions', unit: '%' },
  },
  curves: {
    title: 'A linear probe on unseen classes over the dimensions of the subspaces',
    x: 'dimensions of each subspace',
    y: 'accuracy of the probe',
  },
  deviations: [
    'An MLP on small images, and one on frozen embeddings, in place of ResNet-50 on ImageNet, whose gains (77.98 to 79.70 % in transfer) are out of reach.',
    'Training is short: 150 steps of 128 rows, a quarter held out anew by each repeat.',
    'Subspaces are moved by Riemannian Adam along geodesics, at the rate of the weights (0.002); the paper has Riemannian SGD.',
    'The probe is a ridge regression on unit features, each row told by a fit without it, in place of logistic regression.',
  ],
  async run(study) {
    const clothing = await clothingToDigits(study);
    await study.tick(0.5);
    const intents = await intentsToOthers(study);
    await study.tick(0.9);
    const [digit, vary] = [clothing.probe, clothing.variance];
    const beside = (of: Record<Subspace, number>, k: Subspace, baseline: Subspace) => ({
      value: of[k],
      baseline: of[baseline],
    });
    const curve = (of: Record<Subspace, number>) => ({ x: [1, 4, 8], y: [of[1], of[4], of[8]] });
    return {
      one: beside(clothing.accuracy, 1, 0),
      four: beside(clothing.accuracy, 4, 0),
      eight: beside(clothing.accuracy, 8, 0),
      varyFour: beside(vary, 4, 1),
      varyEight: beside(vary, 8, 0),
      digitsOverVectors: beside(digit, 8, 0),
      digitsFour: beside(digit, 4, 1),
      digitsEight: beside(digit, 8, 1),
      intentsOverVectors: beside(intents.probe, 8, 0),
      intentsEight: beside(intents.probe, 8, 1),
      orthonormal: await orthonormalityError(study),
      geodesic: geodesicError(study),
      varySoftmax: vary[0],
      varyOne: vary[1],
      digitPixels: clothing.raw,
      intentVectors: intents.raw,
      intentsSoftmax: intents.accuracy[0],
      intentsAccuracy: intents.accuracy[8],
      curves: { digits: curve(digit), intents: curve(intents.probe) },
    };
  },
});

async function clothingToDigits(study: StudyContext) {
  const most = study.quick ? 200 : 2000;
  const clothing = pooledImages(await loadImages(study, 'fashion-mnist'), most);
  const digits = pooledImages(await loadImages(study, 'mnist'), most);
  return transferred(clothing, digits, study.quick ? 16 : 128, study);
}

async function intentsToOthers(study: StudyContext) {
  const { inScope, intents } = await loadRequests(study.data);
  const order = study.random.fork('intents').sample(intents.length);
  const place = new Map(Array.from(order, (intent, i) => [intent, i] as const));
  const between = (parts: readonly (typeof inScope)['val'][], from: number, to: number) => {
    const rows = parts.map(({ vectors, labels }) => {
      const own = Int32Array.from(labels.keys()).filter((row) => {
        const at = place.get(labels[row]) ?? -1;
        return at >= from && at < to;
      });
      return {
        points: gathered(vectors, own),
        classes: [...own].map((row) => intents[labels[row]]),
      };
    });
    return {
      points: stacked(rows.map(({ points }) => points)),
      classes: rows.flatMap(({ classes }) => classes),
    };
  };
  const { train: most, val, test } = inScope;
  const learned = between(study.quick ? [val] : [most, val, test], 0, LEARNED);
  const unseen = between(study.quick ? [val] : [val, test], LEARNED, LEARNED + UNSEEN);
  return transferred(learned, unseen, study.quick ? 16 : 64, study);
}

/** For each head: held-out accuracy, variance within the classes, and a probe on what was not learned. */
async function transferred(known: Examples, unseen: Examples, dim: number, study: StudyContext) {
  const { engine, signal, seed, quick } = study;
  const found = { accuracy: perHead(), variance: perHead(), probe: perHead() };
  const size = quick ? { hidden: 16, steps: 10 } : { hidden: 256, steps: 150 };
  for (const k of HEADS) {
    const head =
      k === 0 ? { head: 'softmax' as const } : { head: 'subspaces' as const, subspace: k };
    const options = {
      ...size,
      ...head,
      dim,
      batch: 128,
      scale: 25,
      heldOut: 0.25,
      learningRate: 0.002,
      seed,
    };
    const { model, report } = await classifier(known, options, { engine, signal });
    const { accuracy: held } = report;
    found.accuracy[k] = held;
    found.variance[k] = varianceWithin(await embedded(model, known, study), known.classes ?? []);
    found.probe[k] = await probed(await embedded(model, unseen, study), unseen.classes, study);
  }
  return { ...found, raw: await probed(unseen.points as Matrix, unseen.classes, study) };
}

const perHead = (): Record<Subspace, number> => ({ 0: 0, 1: 0, 4: 0, 8: 0 });

async function embedded(model: Model, examples: Examples, { engine }: StudyContext) {
  return (await classifier.embed(model, examples, { engine })).points;
}

async function probed(points: Matrix, classes: Examples['classes'], study: StudyContext) {
  return (await measuredAlone(linearProbeAccuracy, points, {}, study, { classes })).value;
}

/** The mean over the classes of 1 − ‖mean unit row‖². */
function varianceWithin(features: Matrix, classes: readonly string[]): number {
  const { data, cols: d } = unitRows('grassmann-class-representation', features).points;
  const sums = new Map<string, { sum: Float64Array; count: number }>();
  classes.forEach((name, i) => {
    const own = sums.get(name) ?? { sum: new Float64Array(d), count: 0 };
    sums.set(name, own);
    own.count += 1;
    for (let c = 0; c < d; c++) own.sum[c] += data[i * d + c];
  });
  let variance = 0;
  for (const { sum: total, count } of sums.values())
    variance += (1 - (Math.hypot(...total) / count) ** 2) / sums.size;
  return variance;
}

function stacked(parts: readonly Matrix[]): Matrix {
  const [{ cols }] = parts;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return matrix(data, data.length / cols, cols);
}
