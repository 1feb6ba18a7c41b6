import { spearman } from '../core/ranks.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, atLeast, defineStudy, notBelowBaseline } from './define.ts';
import {
  pictures,
  pretrained,
  probed,
  rankOf,
  type TwoViewsOptions,
} from './support/pretrained.ts';

/** Alignment with uniformity: the usual setting, then its weight and the learning rate changed in turn. */
const SWEEP: readonly TwoViewsOptions[] = [
  {},
  { againstWeight: 0.03 },
  { againstWeight: 0.1 },
  { againstWeight: 0.3 },
  { againstWeight: 3 },
  { learningRate: 0.0003 },
  { learningRate: 0.01 },
  { againstWeight: 0 },
];
const QUICK_SWEEP = [0, 2, 5, 7].map((at) => SWEEP[at]);

export default defineStudy({
  paper: papers.rankme,
  part: 'training',
  methods: ['metrics/rankme', 'learners/two-views', 'objectives/uniformity'],
  claim:
    'Within one self-supervised method, runs on images whose embeddings have a higher RankMe do better in a linear probe, so that a sweep can be decided without labels at a loss of less than half a point.',
  data: [
    {
      name: 'MNIST, 1,500 images to learn from without labels and 500 to judge by',
      source: 'study-data/mnist',
      licence: 'CC-BY-SA-3.0',
    },
  ],
  lines: {
    embeddings: {
      claim:
        'Over the sweep, RankMe after the projector and accuracy have a Spearman of 0.5 or more',
      holds: atLeast(0.5),
    },
    representations: {
      claim: 'Over the sweep, RankMe of the features and accuracy have a Spearman of 0.5 or more',
      holds: atLeast(0.5),
    },
    median: {
      claim:
        'The run with the highest RankMe after the projector is more accurate than the median run',
      unit: '%',
      baseline: 'the median run',
      holds: aboveBaseline(),
    },
    loss: {
      claim: 'It is more accurate than the run with the lowest training loss',
      unit: '%',
      baseline: 'the run with the lowest training loss',
      holds: aboveBaseline(),
    },
    oracle: {
      claim: 'It is at most half a point below the best run',
      unit: '%',
      baseline: 'the best run, chosen by labels',
      holds: notBelowBaseline(0.005),
    },
  },
  readings: {
    best: { title: 'Accuracy of the best run', unit: '%' },
    worst: { title: 'Accuracy of the worst run', unit: '%' },
    collapsedRank: { title: 'RankMe after the projector without uniformity' },
    collapsedAccuracy: { title: 'Accuracy without uniformity', unit: '%' },
    usualRank: { title: 'RankMe after the projector, usual setting' },
  },
  quickSeeds: 1,
  deviations: [
    'Alignment with uniformity in place of VICReg, an mlp 784–128–32 with a projector 32–32–32 without batch normalization, 100 steps of 128 images.',
    'The weight and the learning rate make one sweep; the paper chooses one hyperparameter at a time.',
    'The training loss of runs with different weights has different units; choosing by it is the paper’s baseline all the same.',
  ],
  async run(study) {
    const images = await pictures(study, 'mnist');
    const sweep = study.quick ? QUICK_SWEEP : SWEEP;
    const runs: Run[] = [];
    for (const [at, changed] of sweep.entries()) {
      const options = { against: 'uniformity', ...changed } as const;
      const { features, projected, loss } = await pretrained(study, images.train.points, options);
      runs.push({
        loss,
        accuracy: await probed(features, images),
        rank: await rankOf(study, await projected(images.train.points)),
        inner: await rankOf(study, await features(images.train.points)),
      });
      await study.tick((at + 1) / sweep.length);
    }
    const accuracies = runs.map(({ accuracy }) => accuracy).toSorted((a, b) => a - b);
    const half = accuracies.length / 2;
    const chosen = best(runs, (run) => run.rank).accuracy;
    const ordered = (score: (run: Run) => number) =>
      spearman(
        runs.map(score),
        runs.map(({ accuracy }) => accuracy),
      );
    const collapsed = runs[runs.length - 1];
    return {
      embeddings: ordered((run) => run.rank),
      representations: ordered((run) => run.inner),
      median: { value: chosen, baseline: (accuracies[half - 1] + accuracies[half]) / 2 },
      loss: { value: chosen, baseline: best(runs, (run) => -run.loss).accuracy },
      oracle: { value: chosen, baseline: accuracies[accuracies.length - 1] },
      best: accuracies[accuracies.length - 1],
      worst: accuracies[0],
      collapsedRank: collapsed.rank,
      collapsedAccuracy: collapsed.accuracy,
      usualRank: runs[0].rank,
    };
  },
});

interface Run {
  readonly loss: number;
  /** Of a linear probe of the features. */
  readonly accuracy: number;
  /** RankMe after the projector, and before it. */
  readonly rank: number;
  readonly inner: number;
}

function best(runs: readonly Run[], score: (run: Run) => number): Run {
  return runs.reduce((first, run) => (score(run) > score(first) ? run : first));
}
