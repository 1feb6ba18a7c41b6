import { labelAttention, labelTable } from '../families/learners/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeastTimesBaseline,
  atMost,
  defineStudy,
  notBelowBaseline,
} from './define.ts';
import {
  ablation,
  columnsOf,
  type Labeled,
  likenessOfTops,
  macroF1,
  namedBy,
} from './support/label-features.ts';
import { loadRequests, type Requests } from './support/requests.ts';

const FULL = { intents: 30, steps: 600, features: 400, dictionarySteps: 600, k: 8, ablated: 30 };
const QUICK = { intents: 2, steps: 20, features: 60, dictionarySteps: 20, k: 8, ablated: 1 };
const TRAINING = { batch: 64, learningRate: 0.02, heldOut: 0 } as const;

export default defineStudy({
  paper: papers.dila,
  methods: ['learners/label-attention'],
  claim:
    'Labels that attend to a dictionary of sparse features are named as well as with dense attention, and each by few features that can be read.',
  data: [
    {
      name: 'CLINC150: requests of 30 intents drawn by seed, 100 of each to learn from, 30 to judge by',
      source: 'study-data/clinc150',
      licence: 'CC BY 3.0',
    },
    {
      name: 'GloVe 6B, 100 dimensions: vectors of their words',
      source: 'data/glove-slice',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    quality: {
      claim: 'Macro-F1 is within 2 points of dense label attention, or above it',
      unit: '%',
      baseline: 'dense label attention',
      holds: notBelowBaseline(0.02),
    },
    sparsity: {
      claim: 'A word has at most a twentieth of the features',
      unit: '%',
      holds: atMost(0.05),
    },
    coherence: {
      claim:
        'The ten words that have most of a feature are more alike than those of a single dimension',
      baseline: 'single dimensions, both ends: mean cosine of pairs',
      holds: aboveBaseline(),
    },
    understandable: {
      claim:
        'They are at least half as much again alike, as the paper says of what people understand',
      baseline: 'single dimensions, both ends: mean cosine of pairs',
      holds: atLeastTimesBaseline(1.5),
    },
    ablation: {
      claim:
        'Without its five first features a label loses more recall than without five others, by 10 points',
      unit: '%',
      baseline: 'five other features of its texts, drawn',
      holds: aboveBaseline(0.1),
    },
  },
  readings: {
    explained: { title: 'Share of the variance of the words that the features explain', unit: '%' },
    l1: { title: 'Macro-F1 with the penalty of the paper in place of the largest k', unit: '%' },
  },
  seeds: 3,
  quickSeeds: 1,
  deviations: [
    'Short requests with one intent each, and frozen vectors of words without context, in place of clinical notes with many codes and a language model.',
    'Features by the largest k of a word; with the penalty of the paper macro-F1 is a reading.',
    'How alike words are stands for what people, and a language model, understand.',
  ],
  async run({ quick, random, seed, data, tick }) {
    const sizes = quick ? QUICK : FULL;
    const { intents, inScope } = await loadRequests(data);
    const chosen = random.fork('intents').sample(intents.length).slice(0, sizes.intents);
    const [train, test] = [labeledOf(inScope.train, chosen), labeledOf(inScope.test, chosen)];
    const names = Array.from(chosen, (intent) => intents[intent]);
    const { points, labels = [] } = await loadGlove();
    const words = { points, labels };
    const examples = {
      texts: train.texts,
      classes: Array.from(train.of, (of) => names[of]),
      words,
    };
    const order = names.toSorted();
    const wanted = test.of.map((of) => order.indexOf(names[of]));
    const judged = { texts: test.texts, of: wanted };
    const { steps, features, dictionarySteps, k } = sizes;
    const learned = async (options: Parameters<typeof labelAttention>[1]) => {
      const common = { ...TRAINING, steps, features, dictionarySteps, k, seed };
      const { model, report } = await labelAttention(examples, { ...common, ...options });
      const f1 = macroF1(await namedBy(model, judged.texts), judged.of, names.length);
      return { model, report, f1 };
    };
    const dense = await learned({ attention: 'dense' });
    await tick(0.1);
    const sparse = await learned({ sparsity: 'top-k' });
    await tick(0.4);
    const l1 = await learned({ sparsity: 'l1' });
    await tick(0.7);
    const table = await labelTable(sparse.model);
    const columns = columnsOf(table);
    const [own, dimensions] = [columns.features, columns.dimensions].map((of) =>
      likenessOfTops(table, of),
    );
    const asked = Array.from({ length: sizes.ablated }, (_, label) => label);
    const lost = await ablation(sparse.model, table, judged, asked, random.fork('ablation'));
    return {
      quality: { value: sparse.f1, baseline: dense.f1 },
      sparsity: sparse.report['activeFeatures'] / features,
      coherence: { value: own, baseline: dimensions },
      understandable: { value: own, baseline: dimensions },
      ablation: { value: lost.top, baseline: lost.random },
      explained: sparse.report['varianceExplained'],
      l1: l1.f1,
    };
  },
});

/** The requests of these intents; labels are places among them. */
function labeledOf({ sentences, labels }: Requests, intents: Int32Array): Labeled {
  const places = new Map(Array.from(intents, (intent, place) => [intent, place]));
  const rows = Array.from(labels.keys()).filter((row) => places.has(labels[row]));
  return {
    texts: rows.map((row) => sentences[row]),
    of: Int32Array.from(rows, (row) => places.get(labels[row]) ?? 0),
  };
}
