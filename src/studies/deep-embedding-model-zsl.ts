import type { Matrix } from '../core/matrix.ts';
import { classHits, classHubs, conse, dem } from '../families/classifiers/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, belowBaseline, defineStudy, type StudyContext } from './define.ts';
import {
  type ClassifiedRows,
  fewerOfEach,
  harmonicMeans,
  type UnseenNumbers,
  unseenNumberRows,
} from './support/unseen-numbers.ts';

const FULL = { seen: 70, unseen: 30, each: 100, asked: 20, dim: 100 };
const QUICK: typeof FULL = { seen: 30, unseen: 10, each: 8, asked: 5, dim: 20 };
const FEW = 5;

type Options = NonNullable<Parameters<typeof dem>[1]>;

export default defineStudy({
  paper: papers.deepEmbeddingModelZsl,
  methods: ['classifiers/dem', 'classifiers/conse'],
  claim:
    'Classes without images are recognised better when their meanings are mapped into the space of the images than the reverse, because fewer meanings become hubs.',
  data: [
    {
      name: 'MNIST, two digits side by side, 100 principal components: 70 numbers to learn from, 30 others to recognise (20 images each); another split each repeat',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
    {
      name: 'Lit segments of both digits on a seven-segment display: 14 attributes',
      source: 'by hand',
      licence: 'planted',
    },
  ],
  lines: {
    network: {
      claim:
        'With 5 images of each number the network into the visual space names more unseen numbers',
      unit: '%',
      baseline: 'the network into the semantic space',
      holds: aboveBaseline(),
    },
    ridge: {
      claim: 'With a ridge in place of the network too',
      unit: '%',
      baseline: 'ridge into the semantic space',
      holds: aboveBaseline(),
    },
    beyondConse: {
      claim: 'The network into the visual space names more than convex combinations of meanings',
      unit: '%',
      baseline: 'ConSE, T = 10',
      holds: aboveBaseline(),
    },
    hubs: {
      claim:
        'In the visual space the meanings of unseen numbers are hubs less (skewness), by networks',
      baseline: 'the network into the semantic space',
      holds: belowBaseline(),
    },
    hubsOfRidge: {
      claim: 'By ridge too',
      baseline: 'ridge into the semantic space',
      holds: belowBaseline(),
    },
    harmonic: {
      claim:
        'With seen numbers among the answers the harmonic mean of both accuracies is higher, each calibrated on half of the rows',
      unit: '%',
      baseline: 'the network into the semantic space',
      holds: aboveBaseline(),
    },
    many: {
      claim: 'With 100 images of each number the order of the networks is the same',
      unit: '%',
      baseline: 'the network into the semantic space',
      holds: aboveBaseline(),
    },
  },
  readings: {
    manyHubs: { title: 'Skewness with 100 images, visual' },
    manyHubsSemantic: { title: 'Skewness with 100 images, semantic' },
    oneHotHubs: { title: 'Skewness with one-hot digits as meanings, 5 images, visual' },
    oneHotHubsSemantic: { title: 'Skewness with one-hot digits as meanings, 5 images, semantic' },
    plainHarmonic: { title: 'Harmonic mean, visual, nothing taken off', unit: '%' },
    chance: { title: 'Chance', unit: '%' },
  },
  deviations: [
    'Principal components of images of two digits in place of features of a deep network, and 14 attributes in place of 85: the accuracies of AwA (68.4 %) are not repeated.',
    '1,000 steps at a learning rate of 0.001 in place of a million at 0.0001; the last layer is linear.',
    'Word vectors, and their fusion with attributes, are not measured: numbers have none that tell their shapes.',
  ],
  async run(study) {
    const { quick, tick, seed, engine } = study;
    const size = quick ? QUICK : FULL;
    const set = await unseenNumberRows(study, size);
    const few = fewerOfEach(set.train, FEW);
    const steps = quick ? 60 : 1000;
    const on = (train: ClassifiedRows, options: Options, vectors = set.segments) =>
      judged(study, set, train, { steps, seed, ...options }, vectors);
    const visual = await on(few, {});
    const semantic = await on(few, { direction: 'semantic' });
    const ridge = await on(few, { map: 'ridge' });
    const toMeanings = await on(few, { map: 'ridge', direction: 'semantic' });
    await tick(0.4);
    const about = { names: set.names, vectors: set.segments };
    const convex = await conse({ ...few, about }, { scaled: false, steps: 30 }, { engine });
    const scores = await conse.scores(convex.model, set.unseen.points, { engine });
    await tick(0.6);
    const many = await on(set.train, {});
    const manySemantic = await on(set.train, { direction: 'semantic' });
    await tick(0.8);
    const oneHot = await on(few, {}, set.oneHot);
    const oneHotSemantic = await on(few, { direction: 'semantic' }, set.oneHot);
    return {
      network: { value: visual.hits, baseline: semantic.hits },
      ridge: { value: ridge.hits, baseline: toMeanings.hits },
      beyondConse: {
        value: visual.hits,
        baseline: classHits(scores, set.unseen.classes, { among: 'unseen' }).value,
      },
      hubs: { value: visual.hubs, baseline: semantic.hubs },
      hubsOfRidge: { value: ridge.hubs, baseline: toMeanings.hubs },
      harmonic: { value: visual.calibrated, baseline: semantic.calibrated },
      many: { value: many.hits, baseline: manySemantic.hits },
      manyHubs: many.hubs,
      manyHubsSemantic: manySemantic.hubs,
      oneHotHubs: oneHot.hubs,
      oneHotHubsSemantic: oneHotSemantic.hubs,
      plainHarmonic: visual.plain,
      chance: 1 / size.unseen,
    };
  },
});

/** Unseen numbers named, the skewness of how often each is, and harmonic means. */
async function judged(
  { engine }: StudyContext,
  { names, seen, unseen }: UnseenNumbers,
  train: ClassifiedRows,
  options: Options,
  vectors: Matrix,
) {
  const { model } = await dem({ ...train, about: { names, vectors } }, options, { engine });
  const scores = await dem.scores(model, unseen.points, { engine });
  const { calibrated, plain } = await harmonicMeans({ seen, unseen }, ({ points }) =>
    dem.scores(model, points, { engine }),
  );
  return {
    hits: classHits(scores, unseen.classes, { among: 'unseen' }).value,
    hubs: classHubs(scores, 'unseen').skewness,
    calibrated,
    plain,
  };
}
