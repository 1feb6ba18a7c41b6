import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import { effectiveEntropy, varianceCovariance } from '../families/objectives/index.ts';
import {
  adamW,
  add,
  batches,
  constant,
  cosineDecay,
  evaluate,
  type Layer,
  mlp,
  objective,
  type Parameter,
  sliceRows,
  type Tensor,
  train,
  twoViews,
  Workspace,
} from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, atMost, belowBaseline, defineStudy, type StudyContext } from './define.ts';
import { meanAbsoluteCorrelation, meanDistanceFromUniform } from './support/coordinates.ts';
import { entropyErrors } from './support/entropy-errors.ts';
import { drawOfEachClass, fewLabelProbe, type Labeled } from './support/few-labels.ts';
import { halvedImages, movedView } from './support/image-views.ts';
import { loadImages } from './support/images.ts';

/** What goes on after the end of pretraining: weights of the entropy and of the covariances, beside VICReg. */
const ARMS = {
  same: { entropy: 0, covariance: 0 },
  entropy: { entropy: 10, covariance: 0 },
  covariance: { entropy: 0, covariance: 1 },
  both: { entropy: 10, covariance: 1 },
} as const;
type Arm = keyof typeof ARMS;

const LABELS_PER_CLASS = [1, 2, 5, 13] as const;
/** Of so many labels a class the accuracy is judged: 20 of 1,500. */
const FEW = 2;

export default defineStudy({
  paper: papers.effectiveEntropyMaximizationPretrainedSsl,
  methods: ['objectives/effective-entropy', 'objectives/variance-covariance'],
  claim:
    'A few more epochs with a criterion that makes every coordinate of the embedding uniform and coordinates uncorrelated improve a self-supervised encoder where labels are few; going on as before does not.',
  data: [
    {
      name: 'Fashion-MNIST: 1,500 training and 500 test images, at 14 × 14 pixels',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
    { name: 'uniform and normal numbers', source: 'by seed', licence: 'planted' },
  ],
  lines: {
    accuracy: {
      claim: 'With two labels a class, marginal entropy and decorrelation raise accuracy',
      unit: '%',
      baseline: 'as many more epochs of the same loss',
      holds: aboveBaseline(),
    },
    entropyAlone: {
      claim: 'Both terms do more than the marginal entropy alone',
      unit: '%',
      baseline: 'marginal entropy alone',
      holds: aboveBaseline(),
    },
    covarianceAlone: {
      claim: 'Both terms do more than decorrelation alone',
      unit: '%',
      baseline: 'decorrelation alone',
      holds: aboveBaseline(),
    },
    distance: {
      claim:
        'The coordinates of the embedding, in the box, come nearer to uniform (mean KS distance)',
      baseline: 'as many more epochs of the same loss',
      holds: belowBaseline(),
    },
    correlation: {
      claim: 'Mean absolute correlation of two coordinates falls',
      baseline: 'as many more epochs of the same loss',
      holds: belowBaseline(),
    },
    uniform: {
      claim: 'The entropy of 1,000 uniform numbers is estimated within 0.03 nats',
      holds: atMost(0.03),
    },
    box: {
      claim:
        'Of 256 normal numbers it is estimated better in the box than as they are (error in nats)',
      baseline: 'error of the spacings of the numbers themselves',
      holds: belowBaseline(),
    },
  },
  readings: {
    pretrained: { title: 'Accuracy with two labels a class after pretraining', unit: '%' },
    pixels: { title: 'Accuracy with two labels a class on pixels', unit: '%' },
    pretrainedDistance: { title: 'Mean KS distance after pretraining' },
    pretrainedCorrelation: { title: 'Mean absolute correlation after pretraining' },
    gain13: {
      title: 'What both terms add with 13 labels a class, as in 1 % of ImageNet',
      unit: '%',
    },
  },
  curves: {
    title: 'Accuracy of a linear probe on few labels',
    x: 'labels a class',
    y: 'accuracy',
    logX: true,
  },
  deviations: [
    'VICReg with a perceptron of two layers on 1,500 small images, 600 steps of 256 of them and 60 more with each criterion (10 epochs), in place of ResNet-50 on ImageNet; other methods are not tried.',
    'An earlier run of 150 and 40 steps held the same three lines.',
    'One per cent of 1,500 labels is less than two a class: two are taken, and ten draws of them are averaged.',
    'The probe is a ridge regression; the paper trains a linear layer.',
    'The weights are the defaults of the objective (the authors’ for VICReg), not tuned here.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const data = await dataOf(study);
    const estimates = await entropyErrors(study);
    const net = network(data.train.points.cols, study.seed);
    const steps = quick ? { first: 20, more: 5 } : { first: 600, more: 60 };
    await goOn(study, net, data, { steps: steps.first, rate: 2e-3, ...ARMS.same });
    await tick(0.4);
    const start = net.parameters.map(({ data: own }) => own.slice());
    const before = await judged(study, net, data);
    const after = {} as Record<Arm, Judged>;
    for (const [k, arm] of (Object.keys(ARMS) as Arm[]).entries()) {
      net.parameters.forEach((one, i) => {
        one.data.set(start[i]);
      });
      await goOn(study, net, data, { steps: steps.more, rate: 5e-4, ...ARMS[arm] });
      after[arm] = await judged(study, net, data);
      await tick(0.4 + (0.6 * (k + 1)) / 4);
    }
    const few = ({ accuracies }: Judged) => accuracies[LABELS_PER_CLASS.indexOf(FEW)];
    const most = ({ accuracies }: Judged) => accuracies[LABELS_PER_CLASS.length - 1];
    const { same, both, entropy, covariance } = after;
    return {
      accuracy: { value: few(both), baseline: few(same) },
      entropyAlone: { value: few(both), baseline: few(entropy) },
      covarianceAlone: { value: few(both), baseline: few(covariance) },
      distance: { value: both.distance, baseline: same.distance },
      correlation: { value: both.correlation, baseline: same.correlation },
      uniform: estimates.uniform,
      box: { value: estimates.box, baseline: estimates.plain },
      pretrained: few(before),
      pixels: accuraciesOf(study, data.train, data.test)[LABELS_PER_CLASS.indexOf(FEW)],
      pretrainedDistance: before.distance,
      pretrainedCorrelation: before.correlation,
      gain13: most(both) - most(same),
      curves: Object.fromEntries(
        Object.entries({
          'after pretraining': before,
          'same loss': same,
          '+ entropy': entropy,
          '+ decorrelation': covariance,
          '+ both': both,
        }).map(([name, { accuracies }]) => [name, { x: LABELS_PER_CLASS, y: accuracies }]),
      ),
    };
  },
});

interface Data {
  readonly train: Labeled;
  readonly test: Labeled;
}

async function dataOf(study: StudyContext): Promise<Data> {
  const { train: own, test } = await loadImages(study, 'fashion-mnist');
  const part = ({ images, labels }: typeof own, most: number): Labeled => {
    const rows = Int32Array.from({ length: Math.min(labels.length, most) }, (_, i) => i);
    return { points: halvedImages(gathered(images, rows)), labels: labels.slice(0, rows.length) };
  };
  return study.quick
    ? { train: part(own, 600), test: part(test, 200) }
    : { train: part(own, 1500), test: part(test, 500) };
}

interface Net {
  readonly encoder: Layer;
  readonly projector: Layer;
  readonly parameters: readonly Parameter[];
}

function network(pixels: number, seed: number): Net {
  const encoder = mlp({ name: 'encoder', sizes: [pixels, 128, 128], seed });
  const projector = mlp({ name: 'projector', sizes: [128, 128, 64], seed });
  return { encoder, projector, parameters: [...encoder.parameters, ...projector.parameters] };
}

/** Pixels from 0 to 1, at about unit scale. */
function rows({ data, rows: n, cols }: Matrix): Tensor {
  return constant(
    Float32Array.from(data, (value) => 3 * (value - 0.3)),
    [n, cols],
  );
}

interface Course {
  readonly steps: number;
  readonly rate: number;
  readonly entropy: number;
  readonly covariance: number;
}

/** Trains with VICReg on two views, and with effective entropy on each view where it has a weight. */
async function goOn(
  { engine, signal, seed, quick }: StudyContext,
  { encoder, projector }: Net,
  { train: { points } }: Data,
  { steps, rate, entropy, covariance }: Course,
): Promise<void> {
  const size = quick ? 128 : 256;
  const draws = batches({ rows: points.rows, size, seed, remainder: 'drop' });
  const side = Math.sqrt(points.cols);
  const view = movedView(side, 1);
  const add2 = effectiveEntropy.bind({ entropy, covariance });
  const halves = (z: Tensor) => [sliceRows(z, 0, size), sliceRows(z, size, 2 * size)];
  await train({
    steps,
    seed,
    engine,
    signal,
    update: adamW({ learningRate: rate, weightDecay: 1e-4 }),
    schedule: cosineDecay(),
    loss({ step, random }) {
      const views = twoViews(gathered(points, draws.at(step)), view, random);
      const z = projector(encoder(rows(views.points)));
      const { partners } = views;
      const base = objective(z, varianceCovariance.bind(), { partners });
      if (entropy === 0 && covariance === 0) return base;
      return halves(z).reduce((loss, part) => add(loss, objective(part, add2)), base);
    },
  });
}

interface Judged {
  /** For each number of labels a class. */
  readonly accuracies: readonly number[];
  /** Of the coordinates of the embedding, in the box, from uniform: mean KS distance. */
  readonly distance: number;
  /** Mean absolute correlation of two coordinates. */
  readonly correlation: number;
}

async function judged(study: StudyContext, net: Net, { train: known, test }: Data) {
  const workspace = new Workspace(study.engine);
  const through = async ({ points }: Labeled, map: (x: Tensor) => Tensor) => {
    const out = map(rows(points));
    return matrix(await evaluate(out, workspace), points.rows, out.shape[1]);
  };
  const encoded = async (part: Labeled) => ({
    points: await through(part, net.encoder),
    labels: part.labels,
  });
  const embedded = await through(test, (x) => net.projector(net.encoder(x)));
  return {
    accuracies: accuraciesOf(study, await encoded(known), await encoded(test)),
    distance: meanDistanceFromUniform(embedded),
    correlation: meanAbsoluteCorrelation(embedded),
  };
}

/** Mean accuracy over draws of so many labels a class; the draws are those of the seed. */
function accuraciesOf({ random, quick }: StudyContext, known: Labeled, test: Labeled) {
  const draws = quick ? 2 : 10;
  const accuracyWith = fewLabelProbe(known, test);
  return LABELS_PER_CLASS.map((perClass) => {
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      const stream = random.fork('labels').fork(draw);
      sum += accuracyWith(drawOfEachClass(known.labels, perClass, stream));
    }
    return sum / draws;
  });
}
