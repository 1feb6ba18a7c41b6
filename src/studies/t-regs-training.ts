import type { Matrix } from '../core/matrix.ts';
import { uniformity } from '../families/metrics/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atMost,
  belowBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { measuredAlone } from './support/measured.ts';
import {
  judged,
  pictures,
  pretrained,
  probed,
  type TwoViewsOptions,
} from './support/pretrained.ts';

const ARMS = {
  alone: { against: 'none' },
  aloneTree: { against: 't-regs' },
  byol: { against: 'none', predictor: true },
  byolTree: { against: 't-regs', predictor: true },
  ntXent: { against: 'nt-xent' },
} as const satisfies Readonly<Record<string, TwoViewsOptions>>;

/** RankMe below a tenth of the 32 columns. */
const collapsed = atMost(3.2);

export default defineStudy({
  paper: papers.tRegs,
  part: 'training',
  methods: ['objectives/t-regs', 'learners/two-views', 'metrics/rankme', 'metrics/uniformity'],
  claim:
    'Beside the distance of two views the length of the minimum spanning tree keeps embeddings from collapse, raises their rank and spreads them, and costs no accuracy.',
  data: [
    {
      name: 'Fashion-MNIST, 1,500 images to learn from without labels and 500 to judge by',
      source: 'study-data/fashion-mnist',
      licence: 'MIT',
    },
  ],
  lines: {
    alone: {
      claim: 'Alignment alone collapses: RankMe after the projector is below a tenth of 32 columns',
      holds: collapsed,
    },
    aloneTree: {
      claim: 'With T-REGS it does not: RankMe is higher',
      baseline: 'alignment alone',
      holds: aboveBaseline(),
    },
    byol: {
      claim: 'BYOL-lite, a predictor with a stopped gradient, collapses as well',
      holds: collapsed,
    },
    byolTree: {
      claim: 'T-REGS raises its RankMe',
      baseline: 'BYOL-lite',
      holds: aboveBaseline(),
    },
    uniform: {
      claim: 'And spreads it: log E exp(−2‖x − y‖²) after the projector falls',
      baseline: 'BYOL-lite',
      holds: belowBaseline(),
    },
    features: {
      claim: 'RankMe of the features, before the projector, rises too',
      baseline: 'BYOL-lite',
      holds: aboveBaseline(),
    },
    accuracy: {
      claim: 'The linear probe of the features is no worse than that of BYOL-lite, to half a point',
      unit: '%',
      baseline: 'BYOL-lite',
      holds: notBelowBaseline(0.005),
    },
    contrastive: {
      claim: 'T-REGS alone is as good as a contrastive loss in the linear probe, to one point',
      unit: '%',
      baseline: 'NT-Xent',
      holds: notBelowBaseline(0.01),
    },
  },
  readings: {
    nearestByol: { title: 'Nearest neighbors after the projector, BYOL-lite', unit: '%' },
    nearestTree: { title: 'Nearest neighbors after the projector, with T-REGS', unit: '%' },
    usual: { title: 'RankMe after the projector, T-REGS with the paper’s weight 10 of the views' },
  },
  quickSeeds: 1,
  deviations: [
    'An mlp 784–128–32 with a projector 32–32–32 without batch normalization, 100 steps of 128 images of Fashion-MNIST, in place of a ResNet-18 and 500 epochs of CIFAR.',
    'The views weigh 1 in place of 10, set after trial runs with seed 1; a reading has what 10 gives here.',
    'BYOL-lite predicts from the network as it is, without a moving average.',
    'The cost of the tree is no line: a study reads no clock.',
  ],
  async run(study) {
    const images = await pictures(study);
    const result = async (options: TwoViewsOptions) => {
      const { features, projected } = await pretrained(study, images.train.points, options);
      return {
        probe: await probed(features, images),
        features: await judged(study, features, images),
        projected: await judged(study, projected, images),
        uniform: await uniformityOf(study, await projected(images.train.points)),
      };
    };
    const alone = await result(ARMS.alone);
    const aloneTree = await result(ARMS.aloneTree);
    await study.tick(0.4);
    const byol = await result(ARMS.byol);
    const byolTree = await result(ARMS.byolTree);
    await study.tick(0.8);
    const ntXent = await result(ARMS.ntXent);
    const usual = await result({ against: 't-regs', alignment: 10 });
    return {
      alone: alone.projected.rank,
      aloneTree: { value: aloneTree.projected.rank, baseline: alone.projected.rank },
      byol: byol.projected.rank,
      byolTree: { value: byolTree.projected.rank, baseline: byol.projected.rank },
      uniform: { value: byolTree.uniform, baseline: byol.uniform },
      features: { value: byolTree.features.rank, baseline: byol.features.rank },
      accuracy: { value: byolTree.probe, baseline: byol.probe },
      contrastive: { value: aloneTree.probe, baseline: ntXent.probe },
      nearestByol: byol.projected.nearest,
      nearestTree: byolTree.projected.nearest,
      usual: usual.projected.rank,
    };
  },
});

async function uniformityOf(study: StudyContext, points: Matrix): Promise<number> {
  return (await measuredAlone(uniformity, points, {}, study)).value;
}
