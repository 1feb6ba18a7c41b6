import { type Matrix, rows } from '../core/matrix.ts';
import { classifier, metric, pairDistances } from '../families/learners/index.ts';
import type { Model } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { equalErrorRate } from '../numerics/statistics/verification.ts';
import {
  aboveBaseline,
  atMostTimesBaseline,
  belowBaseline,
  between,
  defineStudy,
  notAboveBaseline,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import {
  meanDistance,
  principalComponents,
  throughBytes,
  unitLength,
} from './support/embeddings.ts';
import {
  type ClassedRows,
  named,
  rateOf,
  unseenImages,
  unseenNumbers,
  unseenRequests,
  verified,
} from './support/unseen.ts';

const DIM = 64;
const BASELINE = 'principal components, at unit length or not, whichever is better';
/** Places on the curves, as shares of the training. */
const CURVE = [0.2, 0.4, 0.6, 0.8, 1];

export default defineStudy({
  paper: papers.facenetUnifiedEmbeddingFaceRecognition,
  methods: ['learners/metric', 'learners/classifier', 'objectives/triplet'],
  claim:
    'Triplets with semi-hard negatives give unit vectors whose distances verify classes that training never saw; a byte a number is enough, and harmonic triplets make a new network compare with an old one.',
  data: [
    {
      name: 'Numbers of two MNIST digits, half of the hundred unseen',
      source: 'http://yann.lecun.com/exdb/mnist/',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'Fashion-MNIST, half of the ten classes unseen',
      source: 'https://github.com/zalandoresearch/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'CLINC150, half of the 150 intents unseen, as frozen sentence vectors',
      source: 'https://github.com/clinc/oos-eval',
      licence: 'CC BY 3.0',
    },
  ],
  lines: {
    random: {
      claim: 'Semi-hard negatives verify unseen numbers better than random ones: VAL at FAR 1 %',
      unit: '%',
      baseline: 'random negatives',
      holds: aboveBaseline(),
    },
    sooner: {
      claim: 'They are ahead after a fifth of the steps',
      unit: '%',
      baseline: 'random negatives',
      holds: aboveBaseline(),
    },
    collapse: {
      claim:
        'The hardest negatives collapse: the mean distance of two rows is a tenth of that with semi-hard ones',
      baseline: 'mean distance with semi-hard negatives',
      holds: atMostTimesBaseline(0.1),
    },
    components: {
      claim: 'VAL is above that of as many principal components of the pixels',
      unit: '%',
      baseline: BASELINE,
      holds: aboveBaseline(),
    },
    softmax: {
      claim: 'VAL is above that of the features of a softmax classifier',
      unit: '%',
      baseline: 'features of a softmax classifier',
      holds: aboveBaseline(),
    },
    bytes: {
      claim: 'A byte a number loses at most half a point of VAL',
      unit: '%',
      baseline: 'float32',
      holds: notBelowBaseline(0.005),
    },
    chance: {
      claim: 'Two networks trained apart do not compare: equal error rate across them',
      unit: '%',
      holds: between(0.4, 0.6),
    },
    harmonic: {
      claim: 'Harmonic triplets make them comparable: equal error rate across versions',
      unit: '%',
      baseline: 'versions trained apart',
      holds: belowBaseline(),
    },
    near: {
      claim: 'The error across versions is within five points of that within the new one',
      unit: '%',
      baseline: 'within the harmonic version',
      holds: notAboveBaseline(0.05),
    },
    garments: {
      claim: 'Five kinds of clothes are enough to verify the five others: VAL at FAR 1 %',
      unit: '%',
      baseline: BASELINE,
      holds: aboveBaseline(),
    },
    requests: {
      claim:
        'Requests of unseen intents verify better than by the frozen vectors: VAL at FAR 0.1 %',
      unit: '%',
      baseline: 'frozen vectors',
      holds: aboveBaseline(),
    },
  },
  readings: {
    recall: { title: 'Recall@1 of unseen numbers, semi-hard', unit: '%' },
    recallPixels: { title: 'Recall@1 of unseen numbers, principal components', unit: '%' },
    error: { title: 'Equal error rate, semi-hard', unit: '%' },
    errorRandom: { title: 'Equal error rate, random negatives', unit: '%' },
    errorHard: { title: 'Equal error rate, hardest negatives', unit: '%' },
    recallRequests: { title: 'Recall@1 of unseen intents, trained', unit: '%' },
    recallFrozen: { title: 'Recall@1 of unseen intents, frozen vectors', unit: '%' },
  },
  curves: {
    title: 'VAL at FAR 1 % on unseen numbers',
    x: 'share of the steps',
    y: 'VAL',
  },
  deviations: [
    'Numbers, clothes and requests in place of faces; an MLP of 256 hidden units and 64 columns in place of a deep network.',
    '2,000 training images and batches of 128, where the paper has millions and 1,800; 300 steps.',
    'AdamW in place of AdaGrad; the loss is the mean over triplets.',
    'Numbers came in after a first seed on clothes alone: with five classes to learn from every trained embedding fell behind principal components, and that line stays.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const most = quick ? { seen: 120, unseen: 120 } : { seen: 2000, unseen: 600 };
    const { seen, unseen } = await unseenNumbers(study, most);
    const semiHard = await trained(study, seen, unseen, 'semi-hard');
    await tick(0.15);
    const random = await trained(study, seen, unseen, 'random');
    await tick(0.3);
    const hard = await trained(study, seen, unseen, 'hard');
    await tick(0.45);
    const softmax = await softmaxFeatures(study, seen, unseen);
    const components = await componentsOf(study, seen, unseen);
    const [own, others] = [verified(semiHard.vectors, unseen), verified(random.vectors, unseen)];
    await tick(0.55);
    const versions = await acrossVersions(study, semiHard.model, seen, unseen);
    await tick(0.75);
    const garments = await onGarments(study, most);
    const requests = await onRequests(study);
    return {
      random: { value: own.validationRate, baseline: others.validationRate },
      sooner: { value: semiHard.curve[0], baseline: random.curve[0] },
      collapse: {
        value: meanDistance(hard.vectors),
        baseline: meanDistance(semiHard.vectors),
      },
      components: { value: own.validationRate, baseline: components.validationRate },
      softmax: { value: own.validationRate, baseline: softmax.validationRate },
      bytes: {
        value: rateOf(throughBytes(semiHard.vectors), unseen),
        baseline: own.validationRate,
      },
      chance: versions.apart,
      harmonic: { value: versions.across, baseline: versions.apart },
      near: { value: versions.across, baseline: versions.within },
      garments,
      requests: { value: requests.own.validationRate, baseline: requests.frozen.validationRate },
      recall: own.recallAt1,
      recallPixels: components.recallAt1,
      error: own.equalErrorRate,
      errorRandom: others.equalErrorRate,
      errorHard: verified(hard.vectors, unseen).equalErrorRate,
      recallRequests: requests.own.recallAt1,
      recallFrozen: requests.frozen.recallAt1,
      curves: {
        'semi-hard': { x: CURVE, y: semiHard.curve },
        random: { x: CURVE, y: random.curve },
        hard: { x: CURVE, y: hard.curve },
      },
    };
  },
});

/** Of classifier and metric alike. */
const settings = ({ quick, seed }: StudyContext) => ({
  dim: DIM,
  seed,
  heldOut: 0,
  learningRate: 0.001,
  ...(quick ? { steps: 20, batch: 60, hidden: 64 } : { steps: 300, batch: 128, hidden: 256 }),
});

const metricSettings = (study: StudyContext) => ({ ...settings(study), classesPerBatch: 32 });

interface Trained {
  readonly model: Model;
  /** Embeddings of the unseen rows. */
  readonly vectors: Matrix;
  /** VAL over the steps. */
  readonly curve: readonly number[];
}

async function trained(
  study: StudyContext,
  seen: ClassedRows,
  unseen: ClassedRows,
  mining: 'semi-hard' | 'random' | 'hard',
): Promise<Trained> {
  const { engine, signal } = study;
  const options = { ...metricSettings(study), mining };
  const { steps } = options;
  const curve: number[] = [];
  let vectors = unseen.points as Matrix;
  const { model } = await metric(named(seen), options, {
    engine,
    signal,
    async onStep({ step }, model) {
      if (!CURVE.some((share) => Math.round(share * steps) === step)) return;
      vectors = (await metric.embed(model, named(unseen), { engine })).points;
      curve.push(rateOf(vectors, unseen));
    },
  });
  return { model, vectors, curve };
}

async function softmaxFeatures(study: StudyContext, seen: ClassedRows, unseen: ClassedRows) {
  const { engine, signal } = study;
  const options = { ...settings(study), head: 'softmax' } as const;
  const { model } = await classifier(named(seen), options, { engine, signal });
  const { points } = await classifier.embed(model, named(unseen), { engine });
  return verified(unitLength(points), unseen);
}

async function componentsOf(study: StudyContext, seen: ClassedRows, unseen: ClassedRows) {
  const projected = (
    await principalComponents(rows(seen.points, 0, Math.min(1000, seen.points.rows)), DIM, study)
  )(unseen.points);
  const [plain, unit] = [verified(projected, unseen), verified(unitLength(projected), unseen)];
  return plain.validationRate > unit.validationRate ? plain : unit;
}

/** Equal error rates between a first network and a second of another size, trained apart or with harmonic triplets. */
async function acrossVersions(
  study: StudyContext,
  old: Model,
  seen: ClassedRows,
  unseen: ClassedRows,
) {
  const { engine, signal } = study;
  const first = metricSettings(study);
  const second = { ...first, seed: first.seed + 1000, hidden: first.hidden / 2 };
  const embedded = async (model: Model, own: ClassedRows) =>
    (await metric.embed(model, named(own), { engine })).points;
  const [previous, before] = [await embedded(old, seen), await embedded(old, unseen)];
  const apart = await metric(named(seen), second, { engine, signal });
  const harmonic = await metric({ ...named(seen), previous }, second, { engine, signal });
  const errorOf = (points: Matrix, others?: Matrix) =>
    equalErrorRate(pairDistances(points, unseen.classes, others));
  const after = await embedded(harmonic.model, unseen);
  return {
    apart: errorOf(await embedded(apart.model, unseen), before),
    across: errorOf(after, before),
    within: errorOf(after),
  };
}

/** VAL at FAR 1 % on unseen kinds of clothes, beside that of principal components. */
async function onGarments(study: StudyContext, most: { seen: number; unseen: number }) {
  const { engine, signal } = study;
  const { seen, unseen } = await unseenImages(study, 'fashion-mnist', most);
  const { model } = await metric(named(seen), metricSettings(study), { engine, signal });
  const { points } = await metric.embed(model, named(unseen), { engine });
  const { validationRate: baseline } = await componentsOf(study, seen, unseen);
  return { value: rateOf(points, unseen), baseline };
}

/** On unseen intents: a trained map of frozen sentence vectors, and the vectors as they are. */
async function onRequests(study: StudyContext) {
  const { engine, signal, quick } = study;
  const most = quick ? { seen: 300, unseen: 200 } : { seen: 7500, unseen: 1000 };
  const { seen, unseen } = await unseenRequests(study, most);
  const { model } = await metric(named(seen), metricSettings(study), { engine, signal });
  const { points } = await metric.embed(model, named(unseen), { engine });
  return { own: verified(points, unseen, 0.001), frozen: verified(unseen.points, unseen, 0.001) };
}
