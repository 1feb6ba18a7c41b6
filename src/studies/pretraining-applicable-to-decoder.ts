import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  belowBaseline,
  type Curve,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { canvases, loadDigits } from './support/canvases.ts';
import { type DenseStarts, denseNetwork, type Stages } from './support/dense-network.ts';
import { type DenseOutcome, trainedDense } from './support/dense-training.ts';
import { pretrainedStages } from './support/pretrained-stages.ts';

const FULL = {
  pretraining: { channels: [16, 32, 48, 64], steps: 300, batch: 64 },
  few: 100,
  many: 1000,
  test: 200,
  training: { steps: 256, batch: 8, every: 32, looks: 32 },
};
const QUICK = {
  pretraining: { channels: [4, 4, 6, 6], steps: 10, batch: 16 },
  few: 8,
  many: 16,
  test: 10,
  training: { steps: 6, batch: 4, every: 3, looks: 4 },
};

/** What the parts begin with, and whether those of the classifier wait and move slowly in the decoder too. */
interface Way extends DenseStarts {
  readonly slowDecoder?: boolean;
}

const WAYS = {
  scratch: { encoder: 'scratch', decoder: 'scratch' },
  encoder: { encoder: 'pretrained', decoder: 'scratch' },
  both: { encoder: 'pretrained', decoder: 'pretrained', slowDecoder: true },
  statistics: { encoder: 'pretrained', decoder: 'statistics' },
  fast: { encoder: 'pretrained', decoder: 'pretrained' },
} as const satisfies Readonly<Record<string, Way>>;

const ENCODER_ALONE = 'pretrained encoder, decoder from scratch';

export default defineStudy({
  paper: papers.pretrainingApplicableToDecoder,
  methods: [],
  quickSeeds: 2,
  claim:
    'A pretrained classifier can serve as the decoder too: with both pretrained, dense predictions are better than with a decoder from scratch.',
  data: [
    {
      name: 'Canvases of 32 × 32 pixels with three to five overlapping digits of MNIST at half size, the farther the dimmer',
      source: '1,500 digits for training, 500 others for tests, study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    encoder: {
      claim: '100 canvases: a pretrained encoder gives a higher mean IoU than none',
      unit: '%',
      baseline: 'all from scratch',
      holds: aboveBaseline(),
    },
    few: {
      claim: '100 canvases: a pretrained decoder as well gives a higher mean IoU',
      unit: '%',
      baseline: ENCODER_ALONE,
      holds: aboveBaseline(),
    },
    fewDepth: {
      claim: '100 canvases: a pretrained decoder as well gives a smaller error of the depth',
      baseline: ENCODER_ALONE,
      holds: belowBaseline(),
    },
    many: {
      claim: '1,000 canvases: a pretrained decoder as well gives a higher mean IoU',
      unit: '%',
      baseline: ENCODER_ALONE,
      holds: aboveBaseline(),
    },
    manyDepth: {
      claim: '1,000 canvases: a pretrained decoder as well gives a smaller error of the depth',
      baseline: ENCODER_ALONE,
      holds: belowBaseline(),
    },
    features: {
      claim: '100 canvases: features, not statistics of the weights, give the higher mean IoU',
      unit: '%',
      baseline: 'pretrained decoder, the weights of each filter shuffled',
      holds: aboveBaseline(),
    },
    manyFeatures: {
      claim: '1,000 canvases: features, not statistics of the weights, give the higher mean IoU',
      unit: '%',
      baseline: 'pretrained decoder, the weights of each filter shuffled',
      holds: aboveBaseline(),
    },
    sooner: {
      claim: '1,000 canvases: nine tenths of the last mean IoU are reached in fewer steps',
      unit: 'steps',
      baseline: ENCODER_ALONE,
      holds: belowBaseline(),
    },
    fades: {
      claim:
        'What a pretrained decoder adds to the mean IoU is more with 100 canvases than with 1,000',
      unit: '%',
      baseline: 'what it adds with 1,000',
      holds: aboveBaseline(),
    },
  },
  readings: {
    accuracy: { title: 'Accuracy of the classifier on single test digits', unit: '%' },
    fast: {
      title: '100 canvases: mean IoU with a pretrained decoder that neither waits nor moves slowly',
      unit: '%',
    },
    manyScratch: { title: '1,000 canvases: mean IoU, all from scratch', unit: '%' },
    scratchDepth: { title: '100 canvases: error of the depth, all from scratch' },
    manyScratchDepth: { title: '1,000 canvases: error of the depth, all from scratch' },
    statisticsDepth: { title: '100 canvases: error of the depth, shuffled weights' },
    manyStatisticsDepth: { title: '1,000 canvases: error of the depth, shuffled weights' },
    soonerFew: { title: '100 canvases: steps to nine tenths, both pretrained', unit: 'steps' },
    encoderSoonerFew: {
      title: '100 canvases: steps to nine tenths, decoder from scratch',
      unit: 'steps',
    },
  },
  curves: {
    title: 'Mean IoU on 32 test canvases, learning from 1,000',
    x: 'steps',
    y: 'mean IoU',
  },
  deviations: [
    'Digits and a classifier of four convolutions in place of photographs and ConvNeXt.',
    'Of the paper only the abstract, the first section and summaries were at hand. They name a reversed classifier as the decoder, a module that reshapes between its stages, a feature pyramid behind the decoder, and features mixed with the image; wiring and rates here are our reading: stages 4, 3 and 2 again, each behind a stitch (1 × 1 convolution, then the moments that the stage saw in its training), fed with the decoder’s last features, enlarged, and the encoder’s of the same resolution. The finest stage, which takes images, is not used again.',
    'The paper does without connections between encoder and decoder at each resolution; here there are some, in every way alike.',
    'All ways have the same parameters, canvases, batches and 256 steps of 8 canvases. Adapters and head learn first, for a fifth of the steps; then pretrained parts move at a tenth of the rate. Parts from scratch, and shuffled ones, learn at the full rate from the first step; the stitches of a decoder from scratch begin at mean 0 and variance 1.',
    'A depth is the place in the stack, from the background to the eye; its error is the root of the mean square over pixels of digits, where the best constant has 0.28. A fifth of the background’s pixels count in the loss.',
    'Shuffled weights make the error of the depth as small as pretrained ones do (also measured; no line was written for it): what helps there is their size, or the moments that the stitches meet, and not what the decoder has learned.',
    'Canvases, their number of digits, the rate and the weights of the losses were chosen on other seeds (from 101 on), as sizes at which two processors learn something; the rules were written before the run.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const size = quick ? QUICK : FULL;
    const digits = await loadDigits(study);
    const { stages, accuracy } = await pretrainedStages(study, digits, size.pretraining);
    await tick(0.05);
    const test = canvases(digits.test, size.test, random.fork('test'));
    const drawn = (n: number) => canvases(digits.train, n, random.fork('train'));
    const [few, many] = [drawn(size.few), drawn(size.many)];
    const trained = (way: keyof typeof WAYS, known: typeof few) =>
      outcomeOf(study, WAYS[way], stages, size, known, test);
    const ofFew = await each(
      WAYS,
      (way) => trained(way, few),
      (done) => tick(0.05 + 0.5 * done),
    );
    const { fast: _, ...four } = WAYS;
    const ofMany = await each(
      four,
      (way) => trained(way, many),
      (done) => tick(0.55 + 0.45 * done),
    );
    const compared = (
      of: Readonly<Record<'encoder' | 'both', DenseOutcome>>,
      what: 'meanIou' | 'depthError' | 'stepsToMost',
    ) => ({ value: of.both[what], baseline: of.encoder[what] });
    const gain = (of: typeof ofMany) => of.both.meanIou - of.encoder.meanIou;
    return {
      encoder: { value: ofFew.encoder.meanIou, baseline: ofFew.scratch.meanIou },
      few: compared(ofFew, 'meanIou'),
      fewDepth: compared(ofFew, 'depthError'),
      many: compared(ofMany, 'meanIou'),
      manyDepth: compared(ofMany, 'depthError'),
      features: { value: ofFew.both.meanIou, baseline: ofFew.statistics.meanIou },
      manyFeatures: { value: ofMany.both.meanIou, baseline: ofMany.statistics.meanIou },
      sooner: compared(ofMany, 'stepsToMost'),
      fades: { value: gain(ofFew), baseline: gain(ofMany) },
      accuracy,
      fast: ofFew.fast.meanIou,
      manyScratch: ofMany.scratch.meanIou,
      scratchDepth: ofFew.scratch.depthError,
      manyScratchDepth: ofMany.scratch.depthError,
      statisticsDepth: ofFew.statistics.depthError,
      manyStatisticsDepth: ofMany.statistics.depthError,
      soonerFew: ofFew.both.stepsToMost,
      encoderSoonerFew: ofFew.encoder.stepsToMost,
      curves: {
        'all from scratch': ofMany.scratch.curve,
        'encoder pretrained': ofMany.encoder.curve,
        'both pretrained': ofMany.both.curve,
        'decoder shuffled': ofMany.statistics.curve,
      } satisfies Record<string, Curve>,
    };
  },
});

/** What becomes of each way, one after the other. */
async function each<W extends string>(
  ways: Readonly<Record<W, Way>>,
  run: (way: W) => Promise<DenseOutcome>,
  tick: (done: number) => Promise<void>,
): Promise<Record<W, DenseOutcome>> {
  const found: Partial<Record<W, DenseOutcome>> = {};
  const names = Object.keys(ways) as W[];
  for (const [i, name] of names.entries()) {
    found[name] = await run(name);
    await tick((i + 1) / names.length);
  }
  return found as Record<W, DenseOutcome>;
}

function outcomeOf(
  study: StudyContext,
  way: Way,
  stages: Stages,
  { pretraining, training }: typeof FULL,
  known: ReturnType<typeof canvases>,
  test: ReturnType<typeof canvases>,
): Promise<DenseOutcome> {
  const network = denseNetwork(stages, pretraining.channels, way, study.seed, study.random);
  const { encoder, blocks } = network;
  const slow = [
    ...(way.encoder === 'pretrained' ? encoder : []),
    ...(way.slowDecoder ? blocks : []),
  ];
  return trainedDense(study, network, known, test, { ...training, slow });
}
