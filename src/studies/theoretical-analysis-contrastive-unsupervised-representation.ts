import { gathered, type Matrix, rows } from '../core/matrix.ts';
import {
  classifier,
  contrastive,
  contrastiveCertificate,
  type Learned,
} from '../families/learners/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import {
  aboveBaseline,
  atLeast,
  belowBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { accuracyByMeans, principalComponents, unitLength } from './support/embeddings.ts';
import { loadImages } from './support/images.ts';
import { loadRequests } from './support/requests.ts';

const DIM = 32;
const CHECKPOINTS = [0.1, 0.25, 0.5, 0.75, 1];
const NEGATIVES = [1, 4, 20];

export default defineStudy({
  paper: papers.theoreticalAnalysisContrastiveUnsupervisedRepresentation,
  methods: ['learners/contrastive', 'learners/classifier'],
  claim:
    'A low contrastive loss on pairs of hidden classes bounds the loss of a classifier by class means; blocks of pairs help, and many negatives hurt where classes are few.',
  data: [
    {
      name: 'Fashion-MNIST, the ten classes hidden',
      source: 'https://github.com/zalandoresearch/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'CLINC150, 150 intents hidden, as frozen sentence vectors',
      source: 'https://github.com/clinc/oos-eval',
      licence: 'CC BY 3.0',
    },
  ],
  lines: {
    bound: {
      claim:
        'At every checkpoint the loss of the means of training images is within the bound from test images: share of checkpoints',
      unit: '%',
      holds: atLeast(1),
    },
    tighter: {
      claim: 'The bound gets tighter as training goes on: bound less loss at the end',
      baseline: 'at the first checkpoint, a tenth of the steps',
      holds: belowBaseline(),
    },
    supervised: {
      claim:
        'Classifying by means of contrastive features is within three points of supervised ones',
      unit: '%',
      baseline: 'features of a softmax classifier, by their means',
      holds: notBelowBaseline(0.03),
    },
    untrained: {
      claim: 'It is above that of the untrained network',
      unit: '%',
      baseline: 'untrained network',
      holds: aboveBaseline(),
    },
    components: {
      claim: 'It is above that of as many principal components',
      unit: '%',
      baseline: 'principal components, at unit length',
      holds: aboveBaseline(),
    },
    blocks: {
      claim: 'Blocks of five make features whose means classify better than single pairs do',
      unit: '%',
      baseline: 'blocks of one',
      holds: aboveBaseline(),
    },
    blocksOfTwo: {
      claim: 'Blocks of five do for two classes at a time what they do for ten',
      unit: '%',
      baseline: 'blocks of one',
      holds: aboveBaseline(),
    },
    many: {
      claim: 'With ten classes, twenty negatives are worse than one',
      unit: '%',
      baseline: 'one negative',
      holds: belowBaseline(),
    },
    manyOfMany: {
      claim: 'With 150 intents, twenty negatives are no worse than one, within half a point',
      unit: '%',
      baseline: 'one negative',
      holds: notBelowBaseline(0.005),
    },
  },
  readings: {
    collision: { title: 'Probability of a collision, ten classes' },
    firstBound: { title: 'Bound at the first checkpoint' },
    firstLoss: { title: 'Loss of the class means at the first checkpoint' },
    lastBound: { title: 'Bound at the end' },
    lastLoss: { title: 'Loss of the class means at the end' },
    two: { title: 'Accuracy for two classes at a time, by means', unit: '%' },
    blocksTwo: { title: 'Accuracy with blocks of two, ten classes', unit: '%' },
    frozen: { title: 'Accuracy of the frozen vectors by means, 150 intents', unit: '%' },
  },
  curves: {
    title: 'Accuracy of the class means over the number of negatives',
    x: 'negatives',
    y: 'accuracy',
    logX: true,
  },
  deviations: [
    'Fashion-MNIST and CLINC150 in place of Wiki-3029 and CIFAR-100; an MLP of 128 hidden units and 32 columns.',
    'Negatives are pairs of other rows of the batch; rows have the length 3.',
    'Training takes the logistic loss, the certificate the hinge loss, which counts every triple exactly.',
    'With means of the test images themselves the bound holds by arithmetic; means of training images make it a claim.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const images = await imagesOf(study);
    const base = await trainedOn(study, images, {}, CHECKPOINTS);
    await tick(0.2);
    const two = await trainedOn(study, images, { blocks: 2 });
    const five = await trainedOn(study, images, { blocks: 5 }, [1]);
    await tick(0.5);
    const more = await overNegatives(study, images, base);
    const supervised = await supervisedOn(study, images);
    const untrained = await trainedOn(study, images, { steps: 1, learningRate: 1e-9 });
    const project = await principalComponents(
      rows(images.train.points, 0, quick ? 100 : 500),
      DIM,
      study,
    );
    const projected = (set: Labeled) => unitLength(project(set.points));
    const components = byMeans(projected(images.train), projected(images.test), images);
    await tick(0.7);
    const requests = await requestsOf(study);
    const ofRequests = await overNegatives(study, requests, await trainedOn(study, requests, {}));
    const frozen = byMeans(requests.train.points, requests.test.points, requests);
    const { checkpoints } = base;
    const [first, last] = [checkpoints[0], checkpoints[checkpoints.length - 1]];
    const pairsOf = (own: Trained) => own.checkpoints[own.checkpoints.length - 1].accuracyOfTwo;
    return {
      bound: meanOf(checkpoints.map(({ bound, loss }) => (loss <= bound ? 1 : 0))),
      tighter: { value: last.bound - last.loss, baseline: first.bound - first.loss },
      supervised: { value: base.accuracy, baseline: supervised },
      untrained: { value: base.accuracy, baseline: untrained.accuracy },
      components: { value: base.accuracy, baseline: components },
      blocks: { value: five.accuracy, baseline: base.accuracy },
      blocksOfTwo: { value: pairsOf(five), baseline: pairsOf(base) },
      many: { value: more[more.length - 1], baseline: more[0] },
      manyOfMany: { value: ofRequests[ofRequests.length - 1], baseline: ofRequests[0] },
      collision: last.collision,
      firstBound: first.bound,
      firstLoss: first.loss,
      lastBound: last.bound,
      lastLoss: last.loss,
      two: pairsOf(base),
      blocksTwo: two.accuracy,
      frozen,
      curves: {
        'ten classes': { x: NEGATIVES, y: more },
        '150 intents': { x: NEGATIVES, y: ofRequests },
      },
    };
  },
});

interface Labeled {
  readonly points: Matrix;
  readonly classes: Int32Array;
}

interface Sets {
  readonly train: Labeled;
  readonly test: Labeled;
}

async function imagesOf(study: StudyContext): Promise<Sets> {
  const { train, test } = await loadImages(study, 'fashion-mnist');
  const { quick } = study;
  const part = ({ images, labels }: typeof train, most: number, name: string) =>
    drawn({ points: images, classes: labels }, most, study, name);
  return {
    train: part(train, quick ? 300 : 3000, 'train'),
    test: part(test, quick ? 150 : 500, 'test'),
  };
}

/** Thirty training and ten test requests of each intent; in the quick form of every tenth intent. */
async function requestsOf({ data, quick }: StudyContext): Promise<Sets> {
  const { inScope } = await loadRequests(data);
  const of = ({ vectors, labels }: typeof inScope.train, most: number): Labeled => {
    const counts = new Map<number, number>();
    const taken = Int32Array.from(labels.keys()).filter((row) => {
      const count = (counts.get(labels[row]) ?? 0) + 1;
      counts.set(labels[row], count);
      return count <= most && (!quick || labels[row] % 10 === 0);
    });
    return { points: gathered(vectors, taken), classes: taken.map((row) => labels[row]) };
  };
  return { train: of(inScope.train, 30), test: of(inScope.test, 10) };
}

function drawn(
  { points, classes }: Labeled,
  most: number,
  { random }: StudyContext,
  name: string,
): Labeled {
  if (points.rows <= most) return { points, classes };
  const taken = random.fork(name).sample(points.rows, most).sort();
  return { points: gathered(points, taken), classes: taken.map((row) => classes[row]) };
}

interface Checkpoint {
  readonly bound: number;
  readonly loss: number;
  readonly collision: number;
  /** Of two classes at a time. */
  readonly accuracyOfTwo: number;
}

interface Trained {
  readonly accuracy: number;
  readonly checkpoints: readonly Checkpoint[];
}

async function trainedOn(
  study: StudyContext,
  { train, test }: Sets,
  own: { blocks?: number; negatives?: number; steps?: number; learningRate?: number },
  shares: readonly number[] = [],
): Promise<Trained> {
  const { engine, signal, quick, seed } = study;
  const size = quick
    ? { steps: 20, batch: 32, hidden: 32 }
    : { steps: 300, batch: 64, hidden: 128 };
  const options = { ...size, dim: DIM, seed, heldOut: 0, ...own };
  const checkpoints: Checkpoint[] = [];
  const embedded = async (model: Learned['model'], { points }: Labeled) =>
    (await contrastive.embed(model, { points }, { engine })).points;
  const examples = { points: train.points, classes: Array.from(train.classes, String) };
  const { model } = await contrastive(examples, options, {
    engine,
    signal,
    async onStep({ step }, now) {
      if (!shares.some((share) => Math.ceil(share * options.steps) === step)) return;
      const means = { points: await embedded(now, train), classes: train.classes };
      const points = await embedded(now, test);
      const found = contrastiveCertificate(points, test.classes, { means });
      checkpoints.push({
        bound: found.bound,
        loss: found.meanClassifierLoss,
        collision: found.collision,
        accuracyOfTwo: found.meanClassifierAccuracy,
      });
    },
  });
  const accuracy = byMeans(await embedded(model, train), await embedded(model, test), {
    train,
    test,
  });
  return { accuracy, checkpoints };
}

/** Accuracies for 1, 4 and 20 negatives. */
async function overNegatives(study: StudyContext, sets: Sets, one: Trained): Promise<number[]> {
  const accuracies = [one.accuracy];
  for (const negatives of NEGATIVES.slice(1))
    accuracies.push((await trainedOn(study, sets, { negatives })).accuracy);
  return accuracies;
}

async function supervisedOn(study: StudyContext, { train, test }: Sets): Promise<number> {
  const { engine, signal, quick, seed } = study;
  // Twice the batch: a contrastive step sees a pair for each row.
  const size = quick
    ? { steps: 20, batch: 64, hidden: 32 }
    : { steps: 300, batch: 128, hidden: 128 };
  const options = { ...size, dim: DIM, seed, heldOut: 0, head: 'softmax' } as const;
  const examples = { points: train.points, classes: Array.from(train.classes, String) };
  const { model } = await classifier(examples, options, { engine, signal });
  const embedded = async ({ points }: Labeled) =>
    unitLength((await classifier.embed(model, { points }, { engine })).points);
  return byMeans(await embedded(train), await embedded(test), { train, test });
}

/** Accuracy on the test rows by the means of the training rows. */
const byMeans = (known: Matrix, asked: Matrix, { train, test }: Sets) =>
  accuracyByMeans(known, train.classes, asked, test.classes);
