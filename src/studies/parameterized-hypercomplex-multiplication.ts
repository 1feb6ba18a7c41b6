import { dense, hypercomplex, type Layer, layer, relu, type Tensor } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  atMost,
  atMostTimesBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import {
  crossProduct,
  learnedTableError,
  octonionProduct,
  quaternionProduct,
  tableError,
} from './support/hypercomplex-rules.ts';
import { loadImages } from './support/images.ts';
import { type NetLesson, trainedNet } from './support/subspace-training.ts';

const FULL = { width: 128, steps: 250, batch: 50, pairs: 1000, ruleSteps: 400, images: 1500 };
const QUICK = { width: 16, steps: 3, batch: 10, pairs: 50, ruleSteps: 20, images: 60 };

/** Step lengths of Adam, the best of 0.001, 0.003, 0.01, 0.03 for each form on a seed that is not measured. */
const RATES = { dense: 0.01, hypercomplex: 0.01, lowRank: 0.01 };

const accuracyLine = (parts: number) =>
  ({
    claim: `With ${parts} parts accuracy is at most one point below that of dense layers`,
    unit: '%',
    baseline: 'dense layers',
    holds: notBelowBaseline(0.01),
  }) as const;

const lowRankLine = (parts: number) =>
  ({
    claim: `With ${parts} parts accuracy is no lower than that of low-rank layers with as many numbers`,
    unit: '%',
    baseline: 'low-rank layers',
    holds: notBelowBaseline(0),
  }) as const;

export default defineStudy({
  paper: papers.parameterizedHypercomplexMultiplication,
  methods: ['parametrizations/hypercomplex'],
  seeds: 10,
  quickSeeds: 2,
  claim:
    'A layer that learns its multiplication table and 1/n of the weights subsumes quaternion layers, finds their rules from examples, and does as well as a dense layer at 1/n of the numbers.',
  data: [
    {
      name: 'MNIST, 1,500 training and 500 test images',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: '1,000 pairs of normal numbers of three and four parts',
      source: 'by seed',
      licence: 'planted',
    },
  ],
  lines: {
    quaternions: {
      claim:
        'With the table of the quaternions the layer is their product, but for a relative error',
      unit: 'ppm',
      holds: atMost(0.1),
    },
    octonions: {
      claim: 'With the table of the octonions the layer is their product, but for a relative error',
      unit: 'ppm',
      holds: atMost(0.1),
    },
    rules: {
      claim:
        'From 1,000 pairs (x, q·x) of different quaternions q the table of the quaternions is learned, but for a largest error',
      unit: 'ppm',
      holds: atMost(1000),
    },
    rotations: {
      claim:
        'From 1,000 pairs (x, w × x) the three tables of turns in space are learned, but for a largest error',
      unit: 'ppm',
      holds: atMost(1000),
    },
    numbers: {
      claim: 'Two hidden layers of 128 in 4 parts have about a quarter of the numbers',
      baseline: 'dense layers',
      holds: atMostTimesBaseline(0.27),
    },
    two: accuracyLine(2),
    four: accuracyLine(4),
    fourLowRank: lowRankLine(4),
    eightLowRank: lowRankLine(8),
  },
  readings: {
    dense: { title: 'Accuracy, dense layers', unit: '%' },
    eight: { title: 'Accuracy, 8 parts', unit: '%' },
    numbersOfEight: { title: 'Numbers, 8 parts, head of 1,290 included' },
  },
  deviations: [
    'Images and two hidden layers of 128 in place of LSTMs and Transformers on texts; the head of ten classes is dense in every form.',
    'Tables begin normal with variance 1/n and kernels with the deviation of a whole He matrix, so that weights begin as large as dense ones.',
    'In place of rotations by an angle, which are no bilinear function of it, the turns w × x are learned with n = 3.',
    'A low-rank layer has the least rank that gives it as many numbers as the layer of parts has, or more.',
    'Ten seeds: with five, in a run before, the intervals of an accuracy were 1.5 points on either side.',
    'All forms have the same 250 steps of 50 images (Adam, falling to 0), with the best step length of four on another seed (101).',
  ],
  async run(study) {
    const { quick, seed, engine, random, tick } = study;
    const size = quick ? QUICK : FULL;
    const rule = { pairs: size.pairs, steps: size.ruleSteps };
    const rules = await learnedTableError(4, quaternionProduct, {
      ...rule,
      random: random.fork(4),
    });
    const turns = await learnedTableError(3, crossProduct, { ...rule, random: random.fork(3) });
    await tick(0.2);

    const { train: known, test: judged } = await loadImages(study, 'mnist');
    const lesson: NetLesson = { ...size, seed, engine, signal: study.signal };
    const sizes = [known.images.cols, size.width, size.width];
    const learned = async (hidden: HiddenLayer, rate: number) => {
      const make = () => netOf(sizes, hidden, seed);
      const { net, accuracy } = await trainedNet({ make, known, judged }, lesson, rate);
      return { accuracy, numbers: numbersOf(net) };
    };
    const whole = await learned(denseLayer, RATES.dense);
    const inParts = (parts: number) => learned(layerOfParts(parts), RATES.hypercomplex);
    const [two, four, eight] = [await inParts(2), await inParts(4), await inParts(8)];
    await tick(0.7);
    const thin = (parts: number) => learned(lowRankLayer(parts), RATES.lowRank);
    return {
      quaternions: 1e6 * (await tableError(4, quaternionProduct, random.fork('quaternions'))),
      octonions: 1e6 * (await tableError(8, octonionProduct, random.fork('octonions'))),
      rules: 1e6 * rules,
      rotations: 1e6 * turns,
      numbers: { value: four.numbers, baseline: whole.numbers },
      two: { value: two.accuracy, baseline: whole.accuracy },
      four: { value: four.accuracy, baseline: whole.accuracy },
      fourLowRank: { value: four.accuracy, baseline: (await thin(4)).accuracy },
      eightLowRank: { value: eight.accuracy, baseline: (await thin(8)).accuracy },
      dense: whole.accuracy,
      eight: eight.accuracy,
      numbersOfEight: eight.numbers,
    };
  },
});

interface LayerPlace {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly seed: StudyContext['seed'];
}
type HiddenLayer = (place: LayerPlace) => Layer;

const denseLayer: HiddenLayer = (place) => dense({ ...place, initial: 'he' });

const layerOfParts =
  (parts: number): HiddenLayer =>
  (place) =>
    hypercomplex({ ...place, parts, initial: 'he' });

/** x·Aᵀ·Bᵀ + b of the least rank with as many numbers as the layer of so many parts. */
const lowRankLayer =
  (parts: number): HiddenLayer =>
  ({ name, inputs, outputs, seed }) => {
    const wanted = parts ** 3 + (inputs * outputs) / parts;
    const rank = Math.ceil(wanted / (inputs + outputs));
    const down = dense({ name: `${name}.down`, inputs, outputs: rank, bias: false, seed });
    const up = dense({ name: `${name}.up`, inputs: rank, outputs, initial: 'he', seed });
    return layer([...down.parameters, ...up.parameters], (x: Tensor) => up(down(x)));
  };

/** Hidden layers with relu, and a dense head of ten classes. */
function netOf(sizes: readonly number[], hidden: HiddenLayer, seed: number): Layer {
  const layers = sizes
    .slice(1)
    .map((outputs, i) => hidden({ name: `net.${i}`, inputs: sizes[i], outputs, seed }));
  const head = dense({ name: 'net.head', inputs: sizes[sizes.length - 1], outputs: 10, seed });
  return layer(
    [...layers, head].flatMap(({ parameters }) => parameters),
    (x: Tensor) => head(layers.reduce((h, next) => relu(next(h)), x)),
  );
}

const numbersOf = ({ parameters }: Layer): number =>
  parameters.reduce((sum, { data }) => sum + data.length, 0);
