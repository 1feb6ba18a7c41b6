import type { Cut, Learned, sentenceEncoder } from '../families/learners/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { aboveBaseline, defineStudy, notBelowBaseline } from './define.ts';
import {
  type Found,
  foundAt,
  foundByComponents,
  learnedPairs,
  meanFound,
  wordVectors,
} from './support/cut-encoders.ts';
import { intentPairs } from './support/intent-pairs.ts';

type Model = Learned['model'];
type Options = NonNullable<Parameters<typeof sentenceEncoder>[1]>;

const DIM = 64;
const CUTS = [
  { layer: 1, dims: 8 },
  { layer: 2, dims: 16 },
  { layer: 3, dims: 32 },
  { layer: 4, dims: DIM },
] as const;
const WHOLE = CUTS[3];
const WIDTHS = CUTS.map(({ dims }) => dims);

const FULL = {
  ...{ dim: DIM, blocks: 4, heads: 1, minCount: 1, heldOut: 0 },
  ...{ batch: 32, steps: 100, learningRate: 0.005 },
} as const;
const QUICK = { ...FULL, batch: 8, steps: 2 } as const;
const COUNTS = { pairs: 3200, asked: 400, known: 1500, graded: 1500 };
const QUICK_COUNTS = { pairs: 60, asked: 20, known: 60, graded: 60 };

const hits = (title: string) => ({ title, unit: '%' });
const SPEARMAN = 'the order of grades (Spearman)';
const HITS = 'the nearest request of the right intent';

const overDrawn = (cut: string, what: string, unit?: string) => ({
  claim: `Cut to ${cut}, the fixed list keeps more of ${what} than drawn pairs`,
  ...(unit && { unit }),
  baseline: 'blocks and widths drawn at each step (2DMSE), the same cut',
  holds: aboveBaseline(),
});
const nearSeparate = (cut: string, what: string, unit?: string) => ({
  claim: `Cut to ${cut}, it keeps ${what} as well as a model trained for that alone, to a point`,
  ...(unit && { unit }),
  baseline: 'a model of so many blocks, trained at so many columns',
  holds: notBelowBaseline(0.01),
});

export default defineStudy({
  paper: papers.starbucks2dMatryoshka,
  methods: ['learners/sentence-encoder'],
  claim:
    'An encoder that is always trained at the same few cuts, from few blocks and columns to all, is better at each of them than one trained at drawn cuts, as good as models trained for each alone, and loses nothing as a whole.',
  data: [
    {
      name: 'CLINC150: 3,200 pairs of requests of one intent to learn from; 400 other requests to ask for their like among 1,500, and 1,500 pairs of these, a third each of one intent, of one domain, of two',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
    {
      name: 'GloVe 6B × 100: the first 64 principal components are what word vectors begin with',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
  ],
  quickSeeds: 2,
  lines: {
    drawn1: overDrawn('1 block and 8 columns', SPEARMAN),
    drawn2: overDrawn('2 blocks and 16 columns', SPEARMAN),
    drawn3: overDrawn('3 blocks and 32 columns', SPEARMAN),
    drawnHits1: overDrawn('1 block and 8 columns', HITS, '%'),
    drawnHits2: overDrawn('2 blocks and 16 columns', HITS, '%'),
    drawnHits3: overDrawn('3 blocks and 32 columns', HITS, '%'),
    separate1: nearSeparate('1 block and 8 columns', SPEARMAN),
    separate2: nearSeparate('2 blocks and 16 columns', SPEARMAN),
    separate3: nearSeparate('3 blocks and 32 columns', SPEARMAN),
    separateHits1: nearSeparate('1 block and 8 columns', HITS, '%'),
    separateHits2: nearSeparate('2 blocks and 16 columns', HITS, '%'),
    separateHits3: nearSeparate('3 blocks and 32 columns', HITS, '%'),
    whole: {
      claim: 'Whole, it orders grades as well as an encoder trained whole, to a point',
      baseline: 'trained whole alone',
      holds: notBelowBaseline(0.01),
    },
    wholeHits: {
      claim: 'Whole, it finds as many requests of the right intent, to a point',
      unit: '%',
      baseline: 'trained whole alone',
      holds: notBelowBaseline(0.01),
    },
    divergence: {
      claim: 'The divergence to the whole helps the three cuts order grades',
      baseline: 'the fixed list without it, mean of three cuts',
      holds: aboveBaseline(),
    },
    divergenceHits: {
      claim: 'The divergence to the whole helps the three cuts find the right intent',
      unit: '%',
      baseline: 'the fixed list without it, mean of three cuts',
      holds: aboveBaseline(),
    },
    components: {
      claim:
        'The three cuts order grades better than as many principal components of all four blocks',
      baseline: 'an encoder trained whole, all blocks, principal components; mean of three widths',
      holds: aboveBaseline(),
    },
    componentsHits: {
      claim:
        'The three cuts find the right intent more often than as many principal components of all four blocks',
      unit: '%',
      baseline: 'an encoder trained whole, all blocks, principal components; mean of three widths',
      holds: aboveBaseline(),
    },
  },
  readings: {
    untrained: { title: 'Spearman of the encoder as it begins, whole' },
    untrainedHits: hits('Right intents of the encoder as it begins, whole'),
    cutOfWhole: { title: 'Spearman of an encoder trained whole, cut to 1 block and 8 columns' },
    cutOfWholeHits: hits('Right intents of an encoder trained whole, cut to 1 block and 8 columns'),
    drawnWhole: { title: 'Spearman of drawn pairs, whole' },
    drawnWholeHits: hits('Right intents of drawn pairs, whole'),
    offList: {
      title: 'Spearman of the fixed list at a cut that is not on it: 1 block, 64 columns',
    },
    offListHits: hits('Right intents of the fixed list at this cut'),
    drawnOffList: { title: 'Spearman of drawn pairs at this cut' },
    drawnOffListHits: hits('Right intents of drawn pairs at this cut'),
  },
  curves: {
    title: 'Nearest request of the right intent, by columns (and blocks: 1, 2, 3, 4)',
    x: 'columns',
    y: 'share found',
    logX: true,
  },
  deviations: [
    'Four blocks of 64 columns that begin with word vectors alone, in place of BERT with twelve of 768; cuts (1, 8), (2, 16), (3, 32), (4, 64) in place of six.',
    'Pairs of one intent for NLI, one epoch of batches of 32; grades by intent and domain for sentence similarity judged by people (STS-B), whose texts may not all be passed on; MS MARCO is out of reach.',
    'Requests of up to eight words, which one of the 150 intents has no two of: a step costs by the longest.',
    'Separate models have states of 64 columns and embed their first columns, as those of the paper.',
    'Pretraining by masked words (SMAE) is left out.',
    'Steps, learning rate and the size of word vectors were chosen on one draw with the fixed list alone, before the rules were written.',
    'Drawn pairs weigh block l by 1/l and compare columns of the cut, without a temperature.',
  ],
  async run(study) {
    const pairs = await intentPairs(
      study.data,
      study.quick ? QUICK_COUNTS : COUNTS,
      study.random.fork('requests'),
    );
    const words = await wordVectors(pairs, DIM, study);
    const size = study.quick ? QUICK : FULL;
    let done = 0;
    const learnt = async (options: Options) => {
      const model = await learnedPairs(study, pairs, words, { ...size, ...options });
      done += 1;
      await study.tick(done / 8);
      return model;
    };
    const at = (model: Model, cut: Cut) => foundAt(study, pairs, model, cut);

    const none = { cutting: 'none' } as const;
    const separate: Found[] = [];
    for (const { layer, dims } of CUTS.slice(0, 3)) {
      const model = await learnt({ ...none, blocks: layer, dim: dims, states: DIM });
      separate.push(await at(model, { layer, dims }));
    }
    const models = {
      whole: await learnt(none),
      drawn: await learnt({ cutting: 'random' }),
      plain: await learnt({ divergence: 0 }),
      fixed: await learnt({}),
      untrained: await learnt({ steps: 1, learningRate: 1e-9 }),
    };
    const atCuts = async (model: Model) => {
      const found: Found[] = [];
      for (const cut of CUTS) found.push(await at(model, cut));
      return found;
    };
    const [fixed, plain, drawn] = [
      await atCuts(models.fixed),
      await atCuts(models.plain),
      await atCuts(models.drawn),
    ];
    const whole = await at(models.whole, WHOLE);
    const components = await foundByComponents(study, pairs, models.whole, WIDTHS.slice(0, 3));
    const untrained = await at(models.untrained, WHOLE);
    const cutOfWhole = await at(models.whole, CUTS[0]);
    const wide = { layer: 1, dims: DIM };
    const [offList, drawnOffList] = [await at(models.fixed, wide), await at(models.drawn, wide)];

    const beside = (own: Found, other: Found, of: keyof Found) => ({
      value: own[of],
      baseline: other[of],
    });
    const small = (found: readonly Found[]) => meanFound(found.slice(0, 3));
    const shares = (found: readonly Found[]) => ({ x: WIDTHS, y: found.map(({ hits }) => hits) });
    return {
      drawn1: beside(fixed[0], drawn[0], 'order'),
      drawn2: beside(fixed[1], drawn[1], 'order'),
      drawn3: beside(fixed[2], drawn[2], 'order'),
      drawnHits1: beside(fixed[0], drawn[0], 'hits'),
      drawnHits2: beside(fixed[1], drawn[1], 'hits'),
      drawnHits3: beside(fixed[2], drawn[2], 'hits'),
      separate1: beside(fixed[0], separate[0], 'order'),
      separate2: beside(fixed[1], separate[1], 'order'),
      separate3: beside(fixed[2], separate[2], 'order'),
      separateHits1: beside(fixed[0], separate[0], 'hits'),
      separateHits2: beside(fixed[1], separate[1], 'hits'),
      separateHits3: beside(fixed[2], separate[2], 'hits'),
      whole: beside(fixed[3], whole, 'order'),
      wholeHits: beside(fixed[3], whole, 'hits'),
      divergence: beside(small(fixed), small(plain), 'order'),
      divergenceHits: beside(small(fixed), small(plain), 'hits'),
      components: beside(small(fixed), small(components), 'order'),
      componentsHits: beside(small(fixed), small(components), 'hits'),
      untrained: untrained.order,
      untrainedHits: untrained.hits,
      cutOfWhole: cutOfWhole.order,
      cutOfWholeHits: cutOfWhole.hits,
      drawnWhole: drawn[3].order,
      drawnWholeHits: drawn[3].hits,
      offList: offList.order,
      offListHits: offList.hits,
      drawnOffList: drawnOffList.order,
      drawnOffListHits: drawnOffList.hits,
      curves: {
        'separate models': shares([...separate, whole]),
        'fixed list': shares(fixed),
        'drawn pairs': shares(drawn),
        'principal components': shares([...components, whole]),
      },
    };
  },
});
