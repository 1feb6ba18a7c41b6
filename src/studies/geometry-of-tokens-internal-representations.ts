import { layers } from '../apps/verbs/layers.ts';
import { matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import type { Engine } from '../engine/engine.ts';
import { gride } from '../families/metrics/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { pearson } from '../numerics/statistics/pearson.ts';
import {
  aboveBaseline,
  atLeast,
  atLeastTimesBaseline,
  atMost,
  belowBaseline,
  between,
  defineStudy,
  type StudyContext,
} from './define.ts';
import {
  type LanguageModel,
  loadLanguageModel,
  traced,
  untrained,
} from './support/language-model.ts';

/** Parts that the texts are cut into: one for each seed. */
const PARTS = 5;
/** Tokens in a block of the half shuffled text. */
const BLOCK = 16;

export default defineStudy({
  paper: papers.geometryOfTokensInternalRepresentations,
  methods: [
    'metrics/two-nn',
    'metrics/gride',
    'metrics/mean-cosine',
    'comparisons/neighbor-overlap',
  ],
  claim:
    'The intrinsic dimension of the tokens of a text peaks in the first half of a language model; shuffled texts, and texts that the model finds hard, have tokens of higher dimension.',
  data: [
    {
      name: 'A causal transformer of 8 blocks, 96 columns and 1.1 million weights, trained on 565,000 tokens of State of the Union addresses',
      source: 'trained for this study, study-data/small-language-model',
      licence: 'public domain texts; weights under the licence of this repository',
    },
    {
      name: 'The first 512 tokens of 58 inaugural addresses, which it never saw',
      source: 'corpus inaugural of NLTK, in the same folder',
      licence: 'public domain',
    },
    { name: 'Normal rows of 5 and 10 dimensions', source: 'by seed', licence: 'planted' },
  ],
  lines: {
    loss: {
      claim: 'The model knows order: shuffling the tokens raises its loss',
      unit: 'nats',
      baseline: 'texts in order',
      holds: aboveBaseline(),
    },
    known: {
      claim: 'GRIDE reads normal rows of 5 and 10 dimensions: the larger error',
      unit: '%',
      holds: atMost(0.1),
    },
    peak: {
      claim: 'The intrinsic dimension is highest inside the model, not at an end',
      baseline: 'the higher end',
      holds: aboveBaseline(),
    },
    early: {
      claim: 'It is highest in the first half: the layer as a share of the depth',
      unit: '%',
      holds: between(0.01, 0.5),
    },
    shuffled: {
      claim: 'Shuffled texts have tokens of a higher dimension at their peak',
      baseline: 'texts in order',
      holds: aboveBaseline(),
    },
    fifth: {
      claim: 'It is higher by a fifth or more (in the paper by 46 to 69 %)',
      baseline: 'texts in order',
      holds: atLeastTimesBaseline(1.2),
    },
    learnt: {
      claim: 'What shuffling adds to the peak is learnt',
      baseline: 'the same model untrained',
      holds: aboveBaseline(),
    },
    hard: {
      claim: 'Texts with a higher loss have tokens of a higher dimension: correlation at the peak',
      holds: atLeast(0.5),
    },
    cosine: {
      claim: 'Shuffling raises the mean cosine in the middle layer',
      baseline: 'texts in order',
      holds: aboveBaseline(),
    },
    overlap: {
      claim: 'Tokens keep more neighbours from layer to layer than chance',
      unit: '%',
      baseline: 'tokens permuted in each layer',
      holds: atLeastTimesBaseline(5),
    },
    overlapShuffled: {
      claim: 'Shuffled texts keep fewer neighbours from layer to layer',
      unit: '%',
      baseline: 'texts in order',
      holds: belowBaseline(),
    },
  },
  readings: {
    layer: { title: 'Layer of the peak after the first block, of 1 to 8, texts in order' },
    first: { title: 'Dimension of the embedded tokens, layer 0' },
    half: { title: `Dimension at the peak, blocks of ${BLOCK} tokens shuffled` },
    twenty: { title: 'What GRIDE reads for normal rows of 20 dimensions' },
    untrainedPeak: { title: 'Dimension at the peak of the untrained model, texts in order' },
  },
  curves: {
    title: 'Intrinsic dimension of the tokens through the model',
    x: 'blocks passed',
    y: 'intrinsic dimension (TwoNN)',
  },
  deviations: [
    'A small language model trained for this study in place of Llama 3 8B, Mistral 7B and Pythia 6.9B: 8 blocks in place of 32, a loss of about 5 nats a token in place of 2.',
    '512 tokens a text in place of 1,024, and 11 texts for each seed.',
    'The embedded tokens before any block, layer 0, are the same for a shuffled text: peaks are compared after the blocks, layers 1 to 8.',
    'Rows scaled to unit length; the finest scale of GRIDE is TwoNN, read backwards on uniform spheres.',
    'A vocabulary of 2,048 in place of 32,000 and more: every second token of a text has occurred in it before.',
    'So small a model hardly changes its tokens: they keep four in five neighbours from block to block. What the paper saw in models of 7 billion weights is neither shown nor refuted by it; a stack of theirs can be measured by tammes layers.',
    'Texts of other centuries and speakers than the model was trained on make hard texts.',
  ],
  async run(study) {
    const { seed, quick, random, engine, data, tick } = study;
    const { model, prompts } = await loadLanguageModel(await data.folder('small-language-model'));
    const all = Object.values(prompts);
    const part = (seed - 1) % PARTS;
    const [from, to] = [part, part + 1].map((at) => Math.floor((at * all.length) / PARTS));
    const length = quick ? 96 : 512;
    const texts = all.slice(from, quick ? from + 2 : to).map((text) => text.slice(0, length));
    const before = untrained(model, random.fork('untrained'));
    const follow = (how: LanguageModel, order: Order, share: number) =>
      followed(how, texts, order, study, (done) => tick(share + done / 5));
    const plain = await follow(model, (text) => text, 0);
    const mixed = await follow(model, shuffledBy(1), 0.2);
    const half = await follow(model, shuffledBy(BLOCK), 0.4);
    const raw = await follow(before, (text) => text, 0.6);
    const rawMixed = await follow(before, shuffledBy(1), 0.8);
    const depth = model.layers;
    const peak = 1 + layerOf(plain.dimensions.slice(1));
    const top = ({ dimensions }: Followed) => Math.max(...dimensions.slice(1));
    const [five, ten, twenty] = await knownDimensions(quick ? length : 1000, random, engine);
    const shuffled = { value: top(mixed), baseline: top(plain) };
    return {
      loss: { value: mean(mixed.losses), baseline: mean(plain.losses) },
      known: Math.max(Math.abs(five / 5 - 1), Math.abs(ten / 10 - 1)),
      peak: {
        value: top(plain),
        baseline: Math.max(plain.dimensions[0], plain.dimensions[depth]),
      },
      early: layerOf(plain.dimensions) / depth,
      shuffled,
      fifth: shuffled,
      learnt: { value: top(mixed) - top(plain), baseline: top(rawMixed) - top(raw) },
      hard: pearson(
        plain.each.map((curve) => curve[peak]),
        plain.losses,
      ),
      cosine: { value: mixed.cosines[depth / 2], baseline: plain.cosines[depth / 2] },
      overlap: { value: plain.overlap, baseline: plain.chance },
      overlapShuffled: { value: mixed.overlap, baseline: plain.overlap },
      layer: peak,
      first: plain.dimensions[0],
      half: top(half),
      twenty,
      untrainedPeak: top(raw),
      curves: {
        'in order': curveOf(plain.dimensions),
        shuffled: curveOf(mixed.dimensions),
        'untrained, in order': curveOf(raw.dimensions),
      },
    };
  },
});

type Order = (text: readonly number[], random: Random) => readonly number[];

/** The text in blocks of so many tokens, the blocks in random order. */
function shuffledBy(block: number): Order {
  return (text, random) => {
    const blocks = Math.ceil(text.length / block);
    return Array.from(random.sample(blocks), (b) => text.slice(b * block, (b + 1) * block)).flat();
  };
}

/** What texts look like in each layer, in the mean over them. */
interface Followed {
  readonly losses: readonly number[];
  /** By text and layer. */
  readonly each: readonly (readonly number[])[];
  readonly dimensions: readonly number[];
  readonly cosines: readonly number[];
  /** Neighbours shared with the next layer, mean over the layers, and the same by chance. */
  readonly overlap: number;
  readonly chance: number;
}

async function followed(
  model: LanguageModel,
  texts: readonly (readonly number[])[],
  order: Order,
  { random, engine, signal, seed }: StudyContext,
  tick: (done: number) => Promise<void>,
): Promise<Followed> {
  const losses: number[] = [];
  const each: number[][] = [];
  const cosines: number[][] = [];
  const overlaps: number[] = [];
  const chances: number[] = [];
  for (const [t, text] of texts.entries()) {
    await tick(t / texts.length);
    const { states, loss } = await traced(model, order(text, random.fork(`text ${t}`)), engine);
    // Rows permuted in each layer: the control of the overlap alone.
    const options = { engine, seed, shuffle: t === 0, metrics: ['two-nn', 'mean-cosine'] };
    const found = await layers(states, options, { signal });
    const numbers = (id: string) =>
      found.layers.map(
        ({ metrics }) => metrics.find((metric) => metric.id === id)?.value ?? Number.NaN,
      );
    losses.push(loss);
    each.push(numbers('two-nn'));
    cosines.push(numbers('mean-cosine'));
    overlaps.push(mean(found.layers.flatMap(({ overlap }) => overlap?.value ?? [])));
    for (const { overlap } of found.control?.layers ?? []) chances.push(overlap?.value ?? NaN);
  }
  return {
    losses,
    each,
    dimensions: meanByLayer(each),
    cosines: meanByLayer(cosines),
    overlap: mean(overlaps),
    chance: mean(chances.filter(Number.isFinite)),
  };
}

/** GRIDE of normal rows of 5, 10 and 20 dimensions; the rows lie in a plane off the origin, where angles are lengths. */
async function knownDimensions(n: number, random: Random, engine: Engine): Promise<number[]> {
  const found: number[] = [];
  for (const m of [5, 10, 20]) {
    const rows = new Float32Array(n * (m + 1));
    for (let i = 0; i < rows.length; i++) rows[i] = i % (m + 1) === m ? 100 : random.normal();
    found.push((await gride(matrix(rows, n, m + 1), {}, { engine })).value);
  }
  return found;
}

function layerOf(dimensions: readonly number[]): number {
  return dimensions.indexOf(Math.max(...dimensions));
}

/** After each block. */
function curveOf(y: readonly number[]) {
  const after = y.slice(1);
  return { x: after.map((_, block) => 1 + block), y: after };
}

function meanByLayer(each: readonly (readonly number[])[]): number[] {
  return each[0].map((_, layer) => mean(each.map((curve) => curve[layer])));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
