import { rankme } from '../families/metrics/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  belowBaseline,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { measuredAlone } from './support/measured.ts';
import {
  embeddedSides,
  learntTowers,
  type SidesToLearn,
  type TowerOptions,
  type TowerScores,
  towerScores,
  twoSidedRequests,
} from './support/towers.ts';

const FULL = { hidden: 128, dim: 64, steps: 600 } as const;
const QUICK = { hidden: 32, dim: 16, steps: 8 } as const;
const [SMALL, USUAL, LARGE] = [16, 64, 256];

interface Found extends TowerScores {
  readonly rank: number;
}

export default defineStudy({
  paper: papers.slap,
  methods: [
    'learners/two-towers',
    'comparisons/modality-gap',
    'comparisons/modality-separability',
    'metrics/rankme',
  ],
  claim:
    'Two towers learn without negatives: each predicts averages of the other and of itself; the sides lie nearer together, and small batches do less harm than to a contrast.',
  data: [
    {
      name: 'CLINC150: sentence vectors × 192 of 2,000 requests to train with and 500 to ask',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
    {
      name: 'GloVe 6B, the mean vector × 100 of the words of each request',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
  ],
  quickSeeds: 2,
  lines: {
    gap: {
      claim: `The centers of the sides lie nearer than after the contrast, batches of ${USUAL}`,
      baseline: 'symmetric InfoNCE',
      holds: belowBaseline(),
    },
    separability: {
      claim: 'A plane tells the sides apart less surely',
      unit: '%',
      baseline: 'symmetric InfoNCE',
      holds: belowBaseline(),
    },
    recall: {
      claim: `The partner is among the ten nearest at least as often, less 2 points: batches of ${LARGE}`,
      unit: '%',
      baseline: 'symmetric InfoNCE',
      holds: notBelowBaseline(0.02),
    },
    smallRecall: {
      claim: `It is more often among them with batches of ${SMALL}`,
      unit: '%',
      baseline: 'symmetric InfoNCE',
      holds: aboveBaseline(),
    },
    smallFall: {
      claim: `From batches of ${LARGE} to ${SMALL} it loses less`,
      unit: '%',
      baseline: 'symmetric InfoNCE',
      holds: belowBaseline(),
    },
    within: {
      claim: 'Predicting its own side as well finds more partners than the other side alone, w = 1',
      unit: '%',
      baseline: 'w = 1',
      holds: aboveBaseline(),
    },
    predictor: {
      claim: 'Without predictors fewer partners are found',
      unit: '%',
      baseline: 'with predictors',
      holds: belowBaseline(),
    },
    averages: {
      claim: 'Without moving averages fewer partners are found',
      unit: '%',
      baseline: 'with averages',
      holds: belowBaseline(),
    },
  },
  readings: {
    slapAt1: { title: `SLAP, batches of ${USUAL}: partner nearest`, unit: '%' },
    clipAt1: { title: `InfoNCE, batches of ${USUAL}: partner nearest`, unit: '%' },
    slapRank: { title: 'RankMe of the embeddings of the first side: SLAP' },
    clipRank: { title: 'RankMe, InfoNCE' },
    withoutPredictorRank: { title: 'RankMe, SLAP without predictors' },
    withoutAveragesRank: { title: 'RankMe, SLAP without averages' },
    withoutBothRank: { title: 'RankMe, SLAP without either' },
    withoutBoth: { title: 'SLAP without either: among the ten nearest', unit: '%' },
  },
  deviations: [
    'Two descriptions of one sentence in place of music and text; encoders with one hidden layer; predictors of 128 hidden columns without dropout; 600 steps at a learning rate of 0.003.',
    'Embeddings of SLAP are the predictions of both sides, as in its search by predictions.',
    'Averages keep 0.97 of a step, not 0.995: 600 steps are a hundredth of the paper’s.',
    'That gradients of four small batches are those of a large one follows from a loss that is a mean over rows, and is not measured; nor is memory.',
  ],
  async run(study) {
    const sides = await twoSidedRequests(
      study,
      study.quick ? { train: 300, test: 60 } : { train: 2000, test: 500 },
    );
    const size = study.quick ? QUICK : FULL;
    let done = 0;
    const found = async (options: TowerOptions): Promise<Found> => {
      const scores = await trained(study, sides, { ...size, decay: 0.97, ...options });
      done += 1;
      await study.tick(done / 10);
      return scores;
    };
    const slap = (options: TowerOptions) => found({ loss: 'slap', batch: USUAL, ...options });
    const clip = (batch: number) => found({ loss: 'clip', temperature: 0.1, batch });
    const [small, usual, large] = [
      await slap({ batch: SMALL }),
      await slap({}),
      await slap({ batch: LARGE }),
    ];
    const [smallClip, usualClip, largeClip] = [
      await clip(SMALL),
      await clip(USUAL),
      await clip(LARGE),
    ];
    const across = await slap({ across: 1 });
    const withoutPredictor = await slap({ predictor: false });
    const withoutAverages = await slap({ decay: 0 });
    const withoutBoth = await slap({ predictor: false, decay: 0 });
    const against = (value: number, baseline: number) => ({ value, baseline });
    return {
      gap: against(usual.gap, usualClip.gap),
      separability: against(usual.separability, usualClip.separability),
      recall: against(large.recallAt10, largeClip.recallAt10),
      smallRecall: against(small.recallAt10, smallClip.recallAt10),
      smallFall: against(
        large.recallAt10 - small.recallAt10,
        largeClip.recallAt10 - smallClip.recallAt10,
      ),
      within: against(usual.recallAt10, across.recallAt10),
      predictor: against(withoutPredictor.recallAt10, usual.recallAt10),
      averages: against(withoutAverages.recallAt10, usual.recallAt10),
      slapAt1: usual.recallAt1,
      clipAt1: usualClip.recallAt1,
      slapRank: usual.rank,
      clipRank: usualClip.rank,
      withoutPredictorRank: withoutPredictor.rank,
      withoutAveragesRank: withoutAverages.rank,
      withoutBothRank: withoutBoth.rank,
      withoutBoth: withoutBoth.recallAt10,
    };
  },
});

async function trained(
  study: StudyContext,
  { train, test }: SidesToLearn,
  options: TowerOptions,
): Promise<Found> {
  const learned = await learntTowers(study, train, options);
  const { a } = await embeddedSides(study, learned, test);
  const { value } = await measuredAlone(rankme, a, {}, study);
  return { ...(await towerScores(study, learned, test)), rank: value };
}
